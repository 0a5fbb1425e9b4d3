"""Runs the cases of cases.py and returns {name: what was raised}."""
import cases


def context_json(context):
    kind = getattr(context.contextType(), "name", str(context.contextType()))
    if kind.upper() == "SQL":
        return {"type": "SQL", "object": [context.objectType(), context.objectName()],
                "start": context.startIndex(), "stop": context.stopIndex(), "fragment": context.fragment()}
    return {"type": "DataFrame", "fragment": context.fragment()}


def error_json(error):
    if not hasattr(error, "getCondition"):
        return {"class": type(error).__name__, "message": str(error)}
    parameters = error.getMessageParameters() or {}
    return {
        "class": type(error).__name__,
        "condition": error.getCondition(),
        "sqlState": error.getSqlState(),
        "parameters": {key: value.replace(cases.SCRATCH, "SCRATCH") for key, value in parameters.items()},
        "context": [context_json(c) for c in error.getQueryContext() or []],
        "message": str(error),
    }


def main(spark, *names):
    spark.sql(cases.PEOPLE).createOrReplaceTempView("people")
    found = {}
    for name in names or cases.names(spark):
        try:
            cases.run(spark, name)
            found[name] = {"class": None}
        except Exception as error:  # whatever it is, it is the result
            found[name] = error_json(error)
    return found
