"""Records what real Spark makes of the files of tests/sources/data.py into tests/sources/expected.jsonl, and what it writes into
tests/sources/expected_writes.jsonl (make record).

usage: .venv-spark/bin/python tools/record_sources.py [WORD]     only cases whose names have the word, and new ones
"""
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/sources")]

import source_cases
import write_cases
import data


def record(spark, expected, cases, word, run):
    known = {json.loads(line)["case"]: line for line in expected.read_text().splitlines()} if expected.exists() else {}
    lines = []
    for name, case in cases.items():
        if word and word not in name and name in known:
            lines.append(known[name] + "\n")
            continue
        lines.append(json.dumps({"case": name} | run(case), ensure_ascii=False) + "\n")
        if "spark.sql.session.timeZone" in case.conf:
            spark.conf.set("spark.sql.session.timeZone", "UTC")
    expected.write_text("".join(lines))
    print(f"{expected.name}: {len(lines)} cases")


def run_write(spark, case):
    with tempfile.TemporaryDirectory() as folder:
        return write_cases.run(spark, Path(folder), case)


def main():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["TZ"] = "UTC"
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote("local[2]").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as folder:
        data.make(Path(folder))
        record(spark, ROOT / "tests/sources/expected.jsonl", source_cases.CASES, word,
               lambda case: source_cases.run(spark, folder, case))
    record(spark, ROOT / "tests/sources/expected_writes.jsonl", write_cases.CASES, word, lambda case: run_write(spark, case))
    spark.stop()


if __name__ == "__main__":
    main()
