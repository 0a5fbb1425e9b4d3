"""Records what real Spark makes of the expressions of tests/dataframe/cases.py into tests/dataframe/expected.json (make record).

usage: .venv-spark/bin/python tools/record_dataframe.py
"""
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import run_program, spark_connect


def main():
    with spark_connect() as url:
        found = run_program(url, ROOT / "tests/dataframe/program.py", python=ROOT / ".venv/bin/python")
    lines = [json.dumps(case, ensure_ascii=False, sort_keys=True) for case in found]
    (ROOT / "tests/dataframe/expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "expressions")


if __name__ == "__main__":
    main()
