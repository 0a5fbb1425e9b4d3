"""Cases of tests/plan/names/<subject>.test, a line each: an expression over the table t, then what real Spark 4.2 makes of it.

    a + 1 => ["(a + 1)", "int", true]          (the column's name, type, nullability; of each column where it makes several)
    sum(xs) => error CONDITION
"""
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def create_tables(spark):
    for line in (FOLDER / "tables.txt").read_text().splitlines():
        name, schema = line.split(": ", 1)
        spark.createDataFrame([], schema).createOrReplaceTempView(name)


def read_cases(path):
    """[(expression, what is expected)]"""
    return [tuple((line + " => ").split(" => ")[:2]) for line in path.read_text().splitlines()]


def run_case(spark, expression):
    from pyspark.errors import PySparkException
    from result_json import schema_json

    try:
        return ", ".join(json.dumps(column) for column in schema_json(spark.sql(f"SELECT {expression} FROM t").schema))
    except PySparkException as error:
        return f"error {error.getCondition() or type(error).__name__}"


def all_files():
    return sorted(FOLDER.glob("names/*.test"))
