"""Runs the expressions of cases.py and returns [[expression, {"schema", "rows"} or {"error": [class, condition]}], ...]."""
import cases
from pyspark.sql import functions as F
from result_json import frame_json


def outcome(expression, names):
    try:
        return frame_json(eval(expression, names))
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        return {"error": [type(error).__name__, condition]}


def main(spark):
    names = {"df": spark.createDataFrame(cases.ROWS, cases.SCHEMA), "spark": spark, "F": F}
    return [[expression, outcome(expression, names)] for expression in cases.EXPRESSIONS]
