"""Records what real Spark makes of tests/table_functions/cases.py into expected.json beside it (make record).

usage: .venv-spark/bin/python tools/record_table_functions.py
"""
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import record_program

if __name__ == "__main__":
    os.environ["PYSPARK_PYTHON"] = str(ROOT / ".venv/bin/python")  # pandas and pyarrow of the same versions
    print(record_program("table_functions"), "expressions")
