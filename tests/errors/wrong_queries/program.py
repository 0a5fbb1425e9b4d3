"""Runs queries, given in a file of JSON lines, and writes what each raised as JSON lines into another."""
import json
from pathlib import Path

import tables


def raised(spark, sql):
    """[condition, SQLSTATE, parameters], or None where the query runs."""
    try:
        spark.sql(sql).collect()
        return None
    except Exception as error:  # whatever it is, it is the result
        if not hasattr(error, "getCondition"):
            return [type(error).__name__, None, {"message": str(error)}]
        return [error.getCondition(), error.getSqlState(), error.getMessageParameters() or {}]


def main(spark, queries, results):
    tables.create(spark)
    with Path(results).open("w") as out:
        for line in Path(queries).read_text().splitlines():
            print(json.dumps(raised(spark, json.loads(line))), file=out, flush=True)
