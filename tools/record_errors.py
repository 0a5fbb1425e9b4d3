"""Records what real Spark raises for the cases of tests/errors/cases.py into tests/errors/expected.json (make record).

usage: .venv-spark/bin/python tools/record_errors.py
"""
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from spark_reference import run_program, spark_connect


CLIENTS = {"pyspark-client": ".venv", "pyspark-client-rust": ".venv-rust"}


def main():
    with spark_connect() as url:
        found = {client: run_program(url, ROOT / "tests/errors/program.py", python=ROOT / folder / "bin/python")
                 for client, folder in CLIENTS.items()}
    text = []
    for client, results in found.items():
        lines = []
        for name, result in results.items():
            result.pop("message", None)  # the wording is not part of what is compared
            lines.append(f"    {json.dumps(name)}: {json.dumps(result, ensure_ascii=False, sort_keys=True)}")
            if result["class"] is None:
                print(f"{name}: Spark accepts this")
        text.append(f"  {json.dumps(client)}: {{\n" + ",\n".join(lines) + "\n  }")
    (ROOT / "tests/errors/expected.json").write_text("{\n" + ",\n".join(text) + "\n}\n")
    print({client: len(results) for client, results in found.items()})


if __name__ == "__main__":
    main()
