"""Runs the expressions of cases.py and returns [[expression, {"schema", "rows"} or {"error": [class, condition]}], ...]."""
import cases
from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql import types as T
from result_json import frame_json


def outcome(expression, names):
    try:
        return frame_json(eval(expression, names))
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        return {"error": [type(error).__name__, condition]}


def main(spark):
    names = {"spark": spark, "F": F, "T": T, "W": Window}
    names["df"] = spark.createDataFrame(cases.ROWS, cases.SCHEMA)
    names["other"] = spark.createDataFrame(cases.OTHER_ROWS, cases.OTHER_SCHEMA)
    names["nested"] = spark.createDataFrame(cases.NESTED_ROWS, cases.NESTED_SCHEMA)
    return [[expression, outcome(expression, names)] for expression in cases.EXPRESSIONS]
