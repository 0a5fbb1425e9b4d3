"""Records what real Spark makes of the expressions of tests/streaming/stream_cases.py into tests/streaming/expected.json (make record).

usage: .venv-spark/bin/python tools/record_streaming.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import record_program

if __name__ == "__main__":
    print(record_program("streaming"), "expressions")
