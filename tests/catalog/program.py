"""Runs the calls of cases.py and returns [[call, {"value": ...} or {"error": [class, condition, parameters]}], ...]."""
import cases


def outcome(spark, call):
    try:
        return {"value": repr(eval("spark.catalog." + call, {"spark": spark}))}
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        parameters = error.getMessageParameters() if hasattr(error, "getMessageParameters") else None
        return {"error": [type(error).__name__, condition, parameters]}


def main(spark):
    spark.sql("CREATE TEMP VIEW v AS SELECT 1 a, 'x' b, array(1) c, CAST(1.5 AS DECIMAL(5, 2)) d, CAST(NULL AS INT) e")
    spark.sql("CREATE GLOBAL TEMP VIEW g AS SELECT 1 a")
    return [[call, outcome(spark, call)] for call in cases.CALLS]
