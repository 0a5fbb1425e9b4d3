"""Programs that Spark refuses. Each case is a function of a session; CASES lists them by name.

Views they use: people(id int, name string, age int, born date, tags array<string>, point struct<x int, y int>).
"""
import tempfile

from pyspark.sql import functions as F

SCRATCH = tempfile.mkdtemp()

PEOPLE = """
SELECT * FROM VALUES
  (1, 'Ann', 30, DATE '1990-01-01', array('a', 'b'), named_struct('x', 1, 'y', 2)),
  (2, 'Bob', CAST(NULL AS INT), DATE '2000-02-29', array('c'), named_struct('x', 3, 'y', 4))
AS people(id, name, age, born, tags, point)
"""

SQL = {
    # names
    "unknown_column": "SELECT nme FROM people",
    "unknown_column_no_suggestion": "SELECT x",
    "unknown_qualified_column": "SELECT p.nme FROM people p",
    "unknown_column_in_where": "SELECT id FROM people WHERE agee > 3",
    "unknown_column_in_order": "SELECT id FROM people ORDER BY nmae",
    "unknown_table": "SELECT * FROM nobody",
    "unknown_table_in_join": "SELECT * FROM people JOIN persons ON people.id = persons.id",
    "unknown_function": "SELECT frobnicate(id) FROM people",
    "unknown_field": "SELECT point.z FROM people",
    "ambiguous_column": "SELECT id FROM people a JOIN people b ON a.id = b.id",
    "star_of_unknown": "SELECT q.* FROM people",
    # types
    "type_error_add": "SELECT born + true FROM people",
    "type_error_array_plus": "SELECT tags + 1 FROM people",
    "where_not_boolean": "SELECT id FROM people WHERE id",
    "and_not_boolean": "SELECT id AND true FROM people",
    "case_different_types": "SELECT CASE WHEN id = 1 THEN tags ELSE 1 END FROM people",
    "function_argument_type": "SELECT array_contains(name, 'A') FROM people",
    "wrong_argument_count": "SELECT substring(name) FROM people",
    "sum_of_string_array": "SELECT sum(tags) FROM people",
    "compare_incompatible": "SELECT tags = 1 FROM people",
    "union_column_count": "SELECT id, name FROM people UNION SELECT id FROM people",
    "union_types": "SELECT tags FROM people UNION SELECT id FROM people",
    "cast_forbidden": "SELECT CAST(tags AS INT) FROM people",
    # places
    "aggregate_in_where": "SELECT id FROM people WHERE sum(id) > 1",
    "not_grouped": "SELECT name, sum(id) FROM people GROUP BY age",
    "not_grouped_no_group": "SELECT name, sum(id) FROM people",
    "nested_aggregate": "SELECT sum(max(id)) FROM people",
    "group_by_ordinal": "SELECT name FROM people GROUP BY 3",
    "order_by_ordinal": "SELECT name FROM people ORDER BY 3",
    "window_without_order": "SELECT row_number() OVER () FROM people",
    "window_in_where": "SELECT id FROM people WHERE row_number() OVER (ORDER BY id) = 1",
    "scalar_subquery_columns": "SELECT (SELECT id, name FROM people)",
    "limit_negative": "SELECT id FROM people LIMIT -1",
    "limit_not_foldable": "SELECT id FROM people LIMIT id",
    # running
    "division_by_zero": "SELECT id / 0 FROM people",
    "integral_division_by_zero": "SELECT id div 0 FROM people",
    "remainder_by_zero": "SELECT id % 0 FROM people",
    "bad_cast_int": "SELECT CAST(name AS INT) FROM people",
    "bad_cast_date": "SELECT CAST(name AS DATE) FROM people",
    "bad_cast_double": "SELECT CAST('1.2.3' AS DOUBLE)",
    "bad_cast_boolean": "SELECT CAST('maybe' AS BOOLEAN)",
    "cast_overflow": "SELECT CAST(id * 1000 AS TINYINT) FROM people",
    "int_overflow": "SELECT id + 2147483647 FROM people",
    "bigint_overflow": "SELECT id * 9223372036854775807 FROM people",
    "decimal_overflow": "SELECT CAST(id * 100.5 AS DECIMAL(3, 2)) FROM people",
    "array_index": "SELECT tags[5] FROM people",
    "element_at_zero": "SELECT element_at(tags, 0) FROM people",
    "scalar_subquery_rows": "SELECT (SELECT id FROM people)",
    "raise_error": "SELECT raise_error('mine') FROM people",
    # text
    "syntax_error": "SELECT FROM WHERE",
    "syntax_error_keyword": "SELEC 1",
    "syntax_error_end": "SELECT (1 + 2",
    "syntax_error_lines": "SELECT id,\n  name,\nFROM people\nWHERE id = = 1",
    "unclosed_string": "SELECT 'abc",
    "empty_statement": "",
    "bad_date_literal": "SELECT DATE '2020-13-01'",
    "bad_type_name": "SELECT CAST(1 AS INTT)",
    "integer_literal_range": "SELECT 300Y",
    # files
    "missing_file": "SELECT * FROM parquet.`/no/such/file.parquet`",
    "unknown_format": "SELECT * FROM sparquet.`/tmp/x`",
}


def frames(spark):
    """name -> a function that runs the program."""
    people = spark.table("people")
    return {
        "df_unknown_column": lambda: people.select("nme").collect(),
        "df_unknown_column_filter": lambda: people.filter(F.col("agee") > 1).collect(),
        "df_type_error": lambda: people.select(F.col("tags") + 1).collect(),
        "df_where_not_boolean": lambda: people.where(F.col("id")).collect(),
        "df_division_by_zero": lambda: people.select(F.col("id") / 0).collect(),
        "df_bad_cast": lambda: people.select(F.col("name").cast("int")).collect(),
        "df_unknown_function": lambda: people.select(F.call_function("frobnicate", "id")).collect(),
        "df_ambiguous": lambda: people.alias("a").join(people.alias("b"), "id", "left").select("name").collect(),
        "df_missing_file": lambda: spark.read.parquet("/no/such/file.parquet").collect(),
        "df_unknown_format": lambda: spark.read.format("sparquet").load("/tmp").collect(),
        "df_unknown_table": lambda: spark.table("nobody").collect(),
        "df_not_grouped": lambda: people.groupBy("age").agg(F.col("name")).collect(),
        "df_union_columns": lambda: people.select("id").union(people.select("id", "name")).collect(),
        "df_expr_syntax": lambda: people.selectExpr("id +").collect(),
        "df_unknown_conf": lambda: spark.conf.get("spark.no.such.conf"),
        "df_static_conf": lambda: spark.conf.set("spark.sql.warehouse.dir", "/tmp"),
        "df_write_exists": lambda: write_twice(people),
        "df_bad_schema_text": lambda: spark.read.schema("a intt").parquet("/tmp").collect(),
        "df_drop_view": lambda: spark.sql("DROP VIEW nobody").collect(),
    }


def write_twice(people):
    for _ in range(2):
        people.select("id").write.parquet(f"{SCRATCH}/out")


def names(spark):
    return [*SQL, *frames(spark)]


def run(spark, name):
    if name in SQL:
        spark.sql(SQL[name]).collect()
    else:
        frames(spark)[name]()
