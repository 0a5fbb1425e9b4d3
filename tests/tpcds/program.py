"""Runs TPC-DS queries through the client and writes a line of JSON for each: [name, result], a result as in tests/result_json.py."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import tpcds
from result_json import frame_json


def run(spark, folder, name):
    try:
        return frame_json(spark.sql(tpcds.sql(name, folder)))
    except Exception as error:  # one query's failure must not hide the others' results
        return {"error": f"{type(error).__name__}: {error}"}


def main(spark, folder, results, *names):
    tpcds.read_tables(spark, folder)
    with Path(results).open("w") as out:
        for name in names or tpcds.NAMES:
            print(json.dumps([name, run(spark, folder, name)], ensure_ascii=False), file=out, flush=True)
