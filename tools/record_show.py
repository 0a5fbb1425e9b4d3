"""Records how real Spark's show() prints the rows of tests/session/show.test (make record).

usage: .venv-spark/bin/python tools/record_show.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/session")]

from show_cases import PATH, read_inputs, unescaped
from spark_reference import spark_connect


def shown(spark, text):
    options, names, *rows = text.split("\n")
    count, truncate, vertical = options.split()
    schema = ", ".join(f"`{name}` STRING" for name in map(unescaped, names.split("\t")))
    frame = spark.createDataFrame([tuple(map(unescaped, row.split("\t"))) for row in rows], schema)
    return frame._jdf.showString(int(count), int(truncate), vertical == "true")


def main():
    with spark_connect():
        from pyspark.sql import SparkSession

        spark = SparkSession.getActiveSession()
        PATH.write_text("".join(f"{text}\n--\n{shown(spark, text)}\n==\n" for text in read_inputs()))


if __name__ == "__main__":
    main()
