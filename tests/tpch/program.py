"""Runs TPC-H queries in one form through the client and returns {name: result}, a result as in tests/result_json.py."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import tpch
from result_json import frame_json


def main(spark, folder, form, *names):
    tables = tpch.read_tables(spark, folder)
    results = {}
    for name in names or tpch.NAMES:
        try:
            if form == "sql":
                frame = spark.sql(tpch.sql(name))
            else:
                from tpch.dataframe import QUERIES

                frame = QUERIES[name](tables)
            results[name] = frame_json(frame)
        except Exception as error:  # one query's failure must not hide the others' results
            results[name] = {"error": f"{type(error).__name__}: {error}"}
    return results
