"""Records what columns real Spark makes of the expressions in tests/plan/names/<subject>.test (make record).

usage: .venv-spark/bin/python tools/record_names.py [FILE...]
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/plan")]

from name_cases import all_files, create_tables, read_cases, run_case
from spark_reference import spark_connect


def main():
    with spark_connect():
        from pyspark.sql import SparkSession

        spark = SparkSession.getActiveSession()
        create_tables(spark)
        for path in [Path(name) for name in sys.argv[1:]] or all_files():
            path.write_text("".join(f"{expression} => {run_case(spark, expression)}\n" for expression, _ in read_cases(path)))


if __name__ == "__main__":
    main()
