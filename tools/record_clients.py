"""Records what real Spark answers to tests/clients/program.py into expected.json beside it (make record).

usage: .venv-spark/bin/python tools/record_clients.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import record_program

if __name__ == "__main__":
    print(record_program("clients"), "cases")
