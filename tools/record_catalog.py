"""Records what real Spark answers to the calls of tests/catalog/cases.py into tests/catalog/expected.json (make record).

usage: .venv-spark/bin/python tools/record_catalog.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import record_program

if __name__ == "__main__":
    print(record_program("catalog"), "calls")
