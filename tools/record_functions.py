"""Records the names of Spark's built-in functions into python/pyrite/data/spark_functions.txt, one a line (make record).

usage: .venv-spark/bin/python tools/record_functions.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import spark_connect


def main():
    with spark_connect():
        from pyspark.sql import SparkSession

        rows = SparkSession.getActiveSession().sql("SHOW SYSTEM FUNCTIONS").collect()
    names = sorted(row[0] for row in rows)
    (ROOT / "python/pyrite/data/spark_functions.txt").write_text("\n".join(names) + "\n")
    print(f"{len(names)} functions")


if __name__ == "__main__":
    main()
