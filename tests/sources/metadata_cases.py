"""Cases of the hidden column `_metadata` of files."""
from functools import partial

FIELDS = ["_metadata.file_path", "_metadata.file_name", "_metadata.file_block_start",
          "_metadata.file_block_length = _metadata.file_size", "_metadata.file_size > 0",
          "_metadata.file_modification_time > TIMESTAMP'2024-01-01 00:00:00'", "typeof(_metadata)"]

QUERIES = {
    "field": "SELECT v, _metadata.file_name FROM parquet.`{root}/two`",
    "in capitals": "SELECT v, _METADATA.FILE_NAME FROM parquet.`{root}/two`",
    "with a star": "SELECT *, _metadata.file_name FROM parquet.`{root}/two`",
    "not of a star": "SELECT * FROM parquet.`{root}/glob` WHERE _metadata.file_name = 'a1.parquet'",
    "its own star": "SELECT _metadata.* EXCEPT (file_size, file_block_length, file_modification_time) FROM parquet.`{root}/glob`",
    "of an alias": "SELECT t._metadata.file_name FROM parquet.`{root}/glob` t",
    "of an alias, bare": "SELECT _metadata.file_name FROM parquet.`{root}/glob` t",
    "star of an alias": "SELECT t.* FROM parquet.`{root}/glob` t WHERE _metadata.row_index = 0",
    "through a subquery": "SELECT _metadata.file_name FROM (SELECT v FROM parquet.`{root}/glob`)",
    "through a subquery with a name": "SELECT _metadata.file_name FROM (SELECT v FROM parquet.`{root}/glob`) s",
    "through a CTE": "WITH t AS (SELECT * FROM parquet.`{root}/glob`) SELECT _metadata.file_name FROM t",
    "join": "SELECT a._metadata.file_name x, b._metadata.file_name y FROM parquet.`{root}/glob` a JOIN parquet.`{root}/glob` b ON "
            "a.v = b.v",
    "join condition": "SELECT a.v FROM parquet.`{root}/glob` a JOIN parquet.`{root}/glob` b ON "
                      "a._metadata.file_name = b._metadata.file_name",
    "join, bare": "SELECT _metadata.file_name FROM parquet.`{root}/glob` a JOIN parquet.`{root}/glob` b ON a.v = b.v",
    "join using": "SELECT a._metadata.file_name FROM parquet.`{root}/glob` a JOIN parquet.`{root}/glob` b USING (v)",
    "grouped": "SELECT _metadata.file_name, count(*) FROM parquet.`{root}/two` GROUP BY _metadata.file_name",
    "above a group": "SELECT _metadata.file_name FROM (SELECT count(*) FROM parquet.`{root}/two`)",
    "ordered": "SELECT v FROM parquet.`{root}/glob` ORDER BY _metadata.file_name LIMIT 2",
    "distinct": "SELECT DISTINCT _metadata.file_name FROM parquet.`{root}/two`",
    "filtered by a file's size": "SELECT count(*) FROM parquet.`{root}/glob` WHERE _metadata.file_size > 1000000",
    "unknown field": "SELECT _metadata.nope FROM parquet.`{root}/glob`",
    "row_index of CSV": "SELECT _metadata.row_index FROM csv.`{root}/csv/dates.csv`",
    "rows numbered by file": "SELECT _metadata.file_name, _metadata.row_index, a FROM parquet.`{root}/merge_order`",
    "of rows": "SELECT _metadata FROM range(1)",
    "of a subquery's outer query": "SELECT v, (SELECT max(file_name) FROM (SELECT _metadata.file_name)) m FROM parquet.`{root}/glob`",
    "union": "SELECT _metadata.file_name FROM parquet.`{root}/glob` UNION ALL SELECT _metadata.file_name FROM csv.`{root}/csv/dates.csv`",
    "CSV filtered": "SELECT count(*) FROM csv.`{root}/csv` WHERE _metadata.file_name = 'dates.csv'",
    "not nullable": "SELECT _metadata.file_name IS NULL FROM parquet.`{root}/glob`",
    "its name": "SELECT _metadata.file_name, upper(_metadata.file_name) FROM parquet.`{root}/glob`",
    "input_file_name": "SELECT input_file_name(), v FROM parquet.`{root}/glob`",
    "input_file_name of CSV": "SELECT DISTINCT input_file_name() FROM csv.`{root}/csv/dates.csv`",
    "input_file_name of odd names": "SELECT input_file_name() FROM parquet.`{root}/with space`",
    "input_file_name of rows": "SELECT input_file_name() FROM range(1)",
    "input_file_name, grouped": "SELECT input_file_name(), count(*) FROM parquet.`{root}/two` GROUP BY 1",
    "input_file_name, filtered": "SELECT v FROM parquet.`{root}/two` WHERE input_file_name() LIKE '%b=x%'",
    "input_file_name above a subquery": "SELECT input_file_name() FROM (SELECT v + 1 FROM parquet.`{root}/glob`) s",
    "input_file_name above a join": "SELECT input_file_name() FROM parquet.`{root}/glob` a JOIN parquet.`{root}/glob` b USING (v)",
    "input_file_name above a union": "SELECT input_file_name() FROM (SELECT v FROM parquet.`{root}/glob` UNION ALL "
                                     "SELECT v FROM parquet.`{root}/mixed`)",
    "input_file_block_start": "SELECT input_file_block_start(), input_file_block_length() > 0 FROM parquet.`{root}/glob`",
    "input_file_block_start of rows": "SELECT input_file_block_start(), input_file_block_length() FROM range(1)",
}


def glob(spark, root):
    return spark.read.parquet(f"{root}/glob")


PROGRAMS = {
    "whole": lambda spark, root: glob(spark, root).select("_metadata.*").select("file_name", "row_index"),
    "by metadataColumn": lambda spark, root: (lambda f: f.select(f.metadataColumn("_metadata").file_name))(glob(spark, root)),
    "metadataColumn that is none": lambda spark, root: (lambda f: f.select(f.metadataColumn("v")))(glob(spark, root)),
    "by the frame": lambda spark, root: (lambda f: f.select(f["_metadata.file_name"]))(glob(spark, root)),
    "select, then select": lambda spark, root: glob(spark, root).select("v").select("_metadata.file_name"),
    "select, then filter": lambda spark, root: glob(spark, root).select("v").where("_metadata.file_name = 'a1.parquet'"),
    "filter, then select": lambda spark, root: glob(spark, root).where("v > 0").select("v", "_metadata.file_name"),
    "selectExpr": lambda spark, root: glob(spark, root).selectExpr("*", "_metadata.file_name f"),
    "two withColumns": lambda spark, root: with_columns(glob(spark, root)),
    "limit and sort": lambda spark, root: glob(spark, root).orderBy("v").limit(10).select("_metadata.row_index"),
    "union": lambda spark, root: glob(spark, root).union(glob(spark, root)).select("_metadata.file_name"),
    "alias": lambda spark, root: glob(spark, root).alias("t").select("t._metadata.file_name"),
    "view": lambda spark, root: glob(spark, root).createOrReplaceTempView("metadata_view") or
    spark.sql("SELECT _metadata.file_name FROM metadata_view"),
    "user schema": lambda spark, root: spark.read.schema("v int").parquet(f"{root}/glob").select("v", "_metadata.file_name"),
    "partitions inside": lambda spark, root: spark.read.parquet(f"{root}/overlap").select("*", "_metadata.row_index"),
}


def with_columns(frame):
    from pyspark.sql import functions as F

    frame = frame.withColumn("f", F.col("_metadata.file_name")).withColumn("g", F.upper("f"))
    return frame.withColumn("i", F.col("_metadata.row_index")).drop("v")


def cases(Case):
    for folder, format in (("glob", "parquet"), ("two", "parquet"), ("with space", "parquet"), ("percent%20", "parquet"),
                           ("p_escaped", "parquet"), ("p_unicode", "parquet"), ("csv/dates.csv", "csv"), ("json/plain.json", "json"),
                           ("text", "text"), ("flat/notes.txt", "binaryFile")):
        yield Case(f"metadata of {format} {folder}", [folder], format=format, select=FIELDS)
    for name, query in QUERIES.items():
        yield Case(f"metadata, {name}", [], program=partial(run_query, query))
    for name, program in PROGRAMS.items():
        yield Case(f"metadata of a frame, {name}", [], program=program)


def run_query(query, spark, root):
    return spark.sql(query.replace("{root}", root))
