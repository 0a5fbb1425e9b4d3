"""Records what real Spark makes of the files of tests/sources/data.py into tests/sources/expected.jsonl (make record).

usage: .venv-spark/bin/python tools/record_sources.py
"""
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/sources")]

import source_cases as cases
import data


def main():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["TZ"] = "UTC"
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote("local[2]").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        data.make(Path(folder))
        for case in cases.CASES.values():
            result = cases.run(spark, folder, case)
            lines.append(json.dumps({"case": case.name} | result, ensure_ascii=False) + "\n")
            if "spark.sql.session.timeZone" in case.conf:
                spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.stop()
    (ROOT / "tests/sources/expected.jsonl").write_text("".join(lines))
    print(f"{len(lines)} cases")


if __name__ == "__main__":
    main()
