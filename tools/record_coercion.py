"""Records the matrix of Spark's casts into tests/functions/coercion.tsv (make record).

usage: .venv-spark/bin/python tools/record_coercion.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/functions")]

from coercion_cases import MODES, OPERATIONS, TYPES, sql
from spark_reference import spark_connect


def outcome(spark, text):
    from pyspark.errors import PySparkException

    try:
        return spark.sql(text).schema.fields[0].dataType.simpleString()
    except PySparkException as error:
        return "!" + (error.getCondition() or type(error).__name__)


def main():
    lines = []
    with spark_connect():
        from pyspark.sql import SparkSession

        spark = SparkSession.getActiveSession()
        for mode in MODES:
            spark.conf.set("spark.sql.ansi.enabled", mode == "ansi")
            for operation in OPERATIONS:
                lines.append([mode, operation])
                lines.append(["", *TYPES])
                lines += [[left, *(outcome(spark, sql(operation, left, right)) for right in TYPES)] for left in TYPES]
                print(mode, operation, flush=True)
    (ROOT / "tests/functions/coercion.tsv").write_text("".join("\t".join(line) + "\n" for line in lines))


if __name__ == "__main__":
    main()
