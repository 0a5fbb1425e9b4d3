"""Records what real Spark makes of the SQL in tests/functions/<family>/<name>.test (make record), or in the FILEs. Those of a folder
`statements` change their session: each case has one of its own.

usage: .venv-spark/bin/python tools/record_function_cases.py [FILE...]
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/functions")]

from function_cases import all_files, read_cases, run_case, write_cases
from spark_reference import spark_connect


def main():
    paths = [Path(name) for name in sys.argv[1:]] or all_files()
    with spark_connect():
        from pyspark.sql import SparkSession

        spark = SparkSession.getActiveSession()
        spark.conf.set("spark.sql.shuffle.partitions", "1")
        spark.conf.set("spark.sql.timeType.enabled", "true")  # off in Spark 4.2, on in Pyrite
        for path in paths:
            own = path.parent.name == "statements"
            write_cases(path, [(ansi, sql, run_case(spark.newSession() if own else spark, ansi, sql)) for ansi, sql, _ in read_cases(path)])
    print(f"{len(paths)} files")


if __name__ == "__main__":
    main()
