"""df.write.parquet: modes, partitions, refusals, and a server killed in mid-write."""
import os
import signal
import threading
import time

import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from server import Server


def rows(spark, path, **options):
    return sorted(map(tuple, spark.read.options(**options).parquet(str(path)).collect()), key=str)


def folders(path):
    return sorted({os.path.relpath(folder, path) for folder, _, files in os.walk(path) if any(
        name.endswith(".parquet") for name in files)})


@pytest.fixture
def three(spark):
    return spark.createDataFrame([(1, "a", 10), (2, "b", 20), (3, None, 30)], "id int, p string, v long")


def test_modes(three, spark, tmp_path):
    path = str(tmp_path / "t")
    three.write.parquet(path)
    with pytest.raises(PySparkException) as raised:
        three.write.parquet(path)
    assert raised.value.getCondition() == "PATH_ALREADY_EXISTS"
    for mode, count in [("ignore", 3), ("append", 6), ("overwrite", 3)]:
        three.write.mode(mode).parquet(path)
        assert len(rows(spark, path)) == count


def test_partition_folders_are_spelled_as_by_spark(spark, tmp_path):
    path = tmp_path / "t"
    spark.sql("SELECT 1 a, 'x/y=z %é' p UNION ALL SELECT 2, '' UNION ALL SELECT 3, NULL") \
        .write.partitionBy("P").parquet(str(path))
    assert folders(path) == ["P=__HIVE_DEFAULT_PARTITION__", "P=x%2Fy%3Dz %25é"]
    assert rows(spark, path) == [(1, "x/y=z %é"), (2, None), (3, None)]


@pytest.mark.parametrize("by", ["configuration", "option"])
def test_dynamic_overwrite_replaces_the_partitions_written(three, spark, tmp_path, by):
    path = str(tmp_path / "t")
    three.write.partitionBy("p").parquet(path)
    write = spark.sql("SELECT 9 id, 'a' p, 90L v").write.mode("overwrite").partitionBy("p")
    if by == "option":
        write.option("partitionOverwriteMode", "dynamic").parquet(path)
    else:
        spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
        try:
            write.parquet(path)
        finally:
            spark.conf.unset("spark.sql.sources.partitionOverwriteMode")
    assert rows(spark, path) == [(2, 20, "b"), (3, 30, None), (9, 90, "a")]


@pytest.mark.parametrize("query, partitions, condition", [
    ("SELECT 1 a, 2 A", [], "COLUMN_ALREADY_EXISTS"),
    ("SELECT 1 a, 2 b", ["b", "B"], "COLUMN_ALREADY_EXISTS"),
    ("SELECT 1 a", ["z"], "_LEGACY_ERROR_TEMP_1155"),
    ("SELECT 1 a", ["a"], "ALL_PARTITION_COLUMNS_NOT_ALLOWED"),
    ("SELECT 1 a, array(1) b", ["b"], "INVALID_PARTITION_COLUMN_DATA_TYPE"),
])
def test_refusals(spark, tmp_path, query, partitions, condition):
    with pytest.raises(PySparkException) as raised:
        spark.sql(query).write.partitionBy(*partitions).parquet(str(tmp_path / "t"))
    assert raised.value.getCondition() == condition
    assert not (tmp_path / "t").exists()


def file_sizes(spark, path):
    """The number of records in each file, by folder."""
    from pyspark.sql import functions as F

    found = {}
    for folder, _, names in os.walk(path):
        for name in names:
            if name.endswith(".parquet"):
                count = spark.read.parquet(os.path.join(folder, name)).agg(F.count("*")).first()[0]
                found.setdefault(os.path.relpath(folder, path), []).append(count)
    return {folder: sorted(counts) for folder, counts in found.items()}


def test_records_per_file(spark, tmp_path):
    rows_25 = spark.range(0, 25, 1, 1).selectExpr("id", "id % 2 p")
    rows_25.write.option("maxRecordsPerFile", 10).parquet(str(tmp_path / "whole"))
    assert file_sizes(spark, tmp_path / "whole") == {".": [5, 10, 10]}
    assert spark.read.parquet(str(tmp_path / "whole")).columns == ["id", "p"]
    rows_25.write.option("maxRecordsPerFile", 10).partitionBy("p").parquet(str(tmp_path / "parts"))
    assert file_sizes(spark, tmp_path / "parts") == {"p=0": [3, 10], "p=1": [2, 10]}
    for no_limit in (0, -1):
        rows_25.write.option("maxRecordsPerFile", no_limit).parquet(str(tmp_path / f"all{no_limit}"))
        assert file_sizes(spark, tmp_path / f"all{no_limit}") == {".": [25]}
    spark.range(0, 0, 1, 1).write.option("maxRecordsPerFile", 10).parquet(str(tmp_path / "none"))
    assert file_sizes(spark, tmp_path / "none") == {".": [0]}
    spark.conf.set("spark.sql.files.maxRecordsPerFile", "20")
    try:
        rows_25.write.parquet(str(tmp_path / "configured"))
    finally:
        spark.conf.unset("spark.sql.files.maxRecordsPerFile")
    assert file_sizes(spark, tmp_path / "configured") == {".": [5, 20]}


def test_records_per_file_that_is_no_number(spark, tmp_path):
    with pytest.raises(PySparkException) as raised:
        spark.range(1).write.option("maxRecordsPerFile", "x").parquet(str(tmp_path / "t"))
    assert type(raised.value).__name__ == "NumberFormatException"


@pytest.mark.parametrize("sorts, condition", [([], "_LEGACY_ERROR_TEMP_1312"), (["id"], "_LEGACY_ERROR_TEMP_1313")])
def test_buckets_are_tables_only(spark, tmp_path, sorts, condition):
    write = spark.range(1).write.bucketBy(2, "id")
    with pytest.raises(PySparkException) as raised:
        (write.sortBy(*sorts) if sorts else write).parquet(str(tmp_path / "t"))
    assert (raised.value.getCondition(), type(raised.value).__name__) == (condition, "AnalysisException")


def test_clusters_leave_plain_files(spark, tmp_path):
    spark.range(3).write.clusterBy("id").parquet(str(tmp_path / "t"))
    assert len(rows(spark, tmp_path / "t")) == 3


def test_columns_that_some_files_lack_are_null(spark, tmp_path):
    path = str(tmp_path / "t")
    spark.sql("SELECT 1 a, named_struct('x', 1) s").write.parquet(path)
    spark.sql("SELECT 2 a, named_struct('x', 2, 'y', 3) s, 5 c").write.mode("append").parquet(path)
    assert len(rows(spark, path)) == 2
    assert sorted(spark.read.option("mergeSchema", True).parquet(path).select("a", "c").collect()) == [(1, None), (2, 5)]
    read = spark.read.schema("a int, s struct<x:int,y:int,z:string>, c int, d double").parquet(path)
    assert sorted(map(tuple, read.selectExpr("a", "s.x", "s.y", "s.z", "c", "d").collect())) == [
        (1, 1, None, None, None, None), (2, 2, 3, None, 5, None)]
    spark.conf.set("spark.sql.parquet.mergeSchema", "true")
    try:
        assert set(spark.read.parquet(path).columns) == {"a", "s", "c"}
    finally:
        spark.conf.unset("spark.sql.parquet.mergeSchema")


def test_partitions_that_a_filter_drops_are_not_read(spark, tmp_path):
    path = str(tmp_path / "t")
    spark.range(10).selectExpr("id", "id % 3 p").write.partitionBy("p").csv(path)
    (tmp_path / "t/p=2/broken.csv.gz").write_text("no gzip")  # whoever reads it fails
    read = spark.read.schema("id long, p int").csv(path)
    assert read.where("p < 2 and id > 3").count() == 4
    assert read.where("p = 1").selectExpr("sum(id)").first() == (12,)


@pytest.mark.parametrize("format", ["parquet", "orc", "csv"])
def test_each_row_of_many_partitions_has_its_own(spark, tmp_path, format):
    path = str(tmp_path / "t")
    spark.range(100).selectExpr("id", "id % 20 AS p").write.partitionBy("p").format(format).save(path)
    read = spark.read.schema("id long, p int").format(format).load(path)
    assert read.selectExpr("count(*)", "sum(CAST(id % 20 = p AS INT))").first() == (100, 100)


def test_types_that_parquet_lacks_read_back(spark, tmp_path):
    path = str(tmp_path / "t")
    spark.sql("SELECT NULL a, INTERVAL '1-2' YEAR TO MONTH b, INTERVAL '1' DAY c, 1 d").write.parquet(path)
    read = spark.read.parquet(path)
    assert read.schema.simpleString() == "struct<a:void,b:interval year to month,c:interval day,d:int>"
    assert read.selectExpr("a", "CAST(b AS STRING)", "CAST(c AS STRING)", "d").first() == (
        None, "INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '1' DAY", 1)


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_a_path_may_be_read_while_it_is_overwritten(spark, tmp_path, format):
    path = str(tmp_path / "t")
    spark.range(3).write.format(format).save(path)
    for _ in range(2):
        spark.read.schema("id long").format(format).load(path).write.mode("overwrite").format(format).save(path)
    assert spark.read.format(format).load(path).count() == 3


def session_without_retries(server):
    """Others try a server that is gone for minutes, also when the tests end."""
    spark = SparkSession.builder.remote(server.url).create()
    spark.client.set_retry_policies([])
    return spark


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_a_server_killed_in_mid_write_leaves_the_old_data(tmp_path, mode):
    path = str(tmp_path / "t")
    with Server() as server:
        spark = session_without_retries(server)
        spark.range(10).write.parquet(path)
        big = spark.range(200_000_000).selectExpr("id", "cast(id as string) s")
        write = threading.Thread(target=lambda: pytest.raises(
            Exception, big.write.mode(mode).parquet, path), daemon=True)
        write.start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and sum(
                os.path.getsize(os.path.join(folder, name))
                for folder, _, names in os.walk(tmp_path) for name in names) < 1_000_000:
            time.sleep(0.05)
        os.kill(server.pid, signal.SIGKILL)
        server.process.wait()
        write.join()
    with Server() as server:
        spark = session_without_retries(server)
        assert sorted(row.id for row in spark.read.parquet(path).collect()) == list(range(10))
        spark.range(3).write.mode("overwrite").parquet(path)
        assert spark.read.parquet(path).count() == 3
    left = [name for _, inside, names in os.walk(tmp_path) for name in inside + names if "staging" in name]
    assert left == []


def parts(path):
    """Its files in their order."""
    return sorted(name for name in os.listdir(path) if name.startswith("part-"))


@pytest.mark.parametrize("count, rows", [(4, 1000), (13, 100_000), (250, 1000)])
def test_repartition_says_how_many_files_there_are(spark, tmp_path, count, rows):
    path = tmp_path / "t"
    spark.range(rows).repartition(count).write.parquet(str(path))
    sizes = [spark.read.parquet(str(path / part)).count() for part in parts(path)]
    assert len(sizes) == count and sum(sizes) == rows
    assert max(sizes) - min(sizes) <= 2
    assert spark.read.parquet(str(path)).selectExpr("sum(id)", "count(DISTINCT id)").first() == (rows * (rows - 1) // 2, rows)


def test_fewer_rows_than_files(spark, tmp_path):
    spark.range(3).repartition(8).write.json(str(tmp_path / "t"))
    assert len(parts(tmp_path / "t")) in (2, 3)  # on a cluster each task begins with the first file
    assert spark.read.json(str(tmp_path / "t")).count() == 3


def test_files_of_ranges_are_in_their_order(spark, tmp_path):
    from pyspark.sql import functions as F

    path = tmp_path / "t"
    spark.range(1000).repartitionByRange(12, F.desc("id")).write.csv(str(path))
    found = [sorted(map(int, (path / part).read_text().split())) for part in parts(path)]
    assert len(found) == 12
    assert [number for part in reversed(found) for number in part] == list(range(1000))


def test_files_of_a_table(spark, tmp_path):
    path = str(tmp_path / "t")
    spark.sql(f"CREATE TABLE files_of_a_table USING parquet LOCATION '{path}' AS SELECT /*+ REPARTITION(3) */ * FROM range(9)")
    try:
        assert len(parts(path)) == 3
        spark.sql("INSERT INTO files_of_a_table SELECT /*+ REPARTITION(2) */ * FROM range(9)")
        assert len(parts(path)) == 5
    finally:
        spark.sql("DROP TABLE files_of_a_table")


def test_files_in_folders(spark, tmp_path):
    spark.range(1000).selectExpr("id", "id % 4 p").repartition(3).write.partitionBy("p").parquet(str(tmp_path / "turns"))
    assert {folder: len(counts) for folder, counts in file_sizes(spark, tmp_path / "turns").items()} == {f"p={p}": 3 for p in range(4)}
    spark.range(1000).selectExpr("id", "id % 4 p").repartition("p").write.partitionBy("p").parquet(str(tmp_path / "folders"))
    assert file_sizes(spark, tmp_path / "folders") == {f"p={p}": [250] for p in range(4)}


def test_files_of_one_size_keep_the_order(spark, tmp_path):
    path = tmp_path / "t"
    spark.range(1000).orderBy("id").write.option("maxRecordsPerFile", 60).csv(str(path))
    assert [int((path / part).read_text().split()[0]) for part in parts(path)] == list(range(0, 1000, 60))


@pytest.mark.parametrize("partitions", [[], ["p"]], ids=str)
def test_rows_are_sorted_in_each_file(spark, tmp_path, partitions):
    import pyarrow.parquet as pq

    rows = spark.range(2_000_000).selectExpr("id % 1000003 * 7 % 1000003 AS k", "CAST(id % 2 AS INT) AS p")
    rows.repartition(3, "k").sortWithinPartitions("k").write.partitionBy(*partitions).parquet(str(tmp_path / "local"))
    rows.orderBy("p", "k").write.partitionBy(*partitions).parquet(str(tmp_path / "whole"))
    files = list(tmp_path.rglob("*.parquet"))
    assert len(files) == (8 if partitions else 4)
    for file in files:
        read = pq.ParquetFile(file).read()
        order = [("p", "ascending"), ("k", "ascending")] if file.parent.name == "whole" else [("k", "ascending")]
        assert read["k"].equals(read.sort_by(order)["k"])
