"""Records the results of the TPC-DS queries at SF1 from real Spark into tests/tpcds/expected.jsonl, a line a query (make record).

usage: .venv-spark/bin/python tools/record_tpcds.py [QUERY]...     (default: q01 ... q99)
"""
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/tpcds"), str(ROOT / "bench")]

import tpcds
import tpcds_results
from spark_reference import run_program, spark_connect


def main(names):
    kept = tpcds_results.read()
    with spark_connect("8g") as url, tempfile.TemporaryDirectory() as folder:
        for name in names or tpcds.NAMES:
            results = Path(folder) / name
            run_program(url, ROOT / "tests/tpcds/program.py", ROOT / ".data/tpcds-sf1", results, name, python=ROOT / ".venv/bin/python")
            _, result = json.loads(results.read_text())
            if "error" in result:
                print(f"{name}: {result['error'][:300]}", flush=True)
                continue
            kept[name] = tpcds_results.shorten(result)
            print(f"{name}: {len(result['rows'])} rows", flush=True)
            tpcds_results.write(kept)


if __name__ == "__main__":
    main(sys.argv[1:])
