"""Records the expected results of the TPC-H queries from real Spark into tests/tpch/expected (make record).

usage: .venv-spark/bin/python tools/record_tpch.py [QUERY]...     (default: q01 ... q22)
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/tpch")]

import expected
from spark_reference import run_program, spark_connect


def record(url, name):
    forms = {}
    for form in ("sql", "dataframe"):
        forms[form] = run_program(url, ROOT / "tests/tpch/program.py", ROOT / ".data/tpch-sf1", form, name)[name]
        if "error" in forms[form]:
            sys.exit(f"{name} {form}: {forms[form]['error']}")
    expected.write(name, forms)
    same = forms["sql"]["schema"] == forms["dataframe"]["schema"]
    print(f"{name}: {len(forms['sql']['rows'])} rows" + ("" if same else ", schemas differ between the forms"), flush=True)


def main(names):
    with spark_connect() as url:
        for name in names or sorted(expected.SORTED_BY):
            record(url, name)


if __name__ == "__main__":
    main(sys.argv[1:])
