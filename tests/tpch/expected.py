"""The expected TPC-H results: tests/tpch/expected/qNN.json, written by tools/record_tpch.py from real Spark.

Results longer than KEPT rows keep their first rows, the count, and a checksum of all rows sorted.
"""
import hashlib
import json
import math
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "expected"
KEPT = 200

# The columns of each ORDER BY: the rows' order beyond them is open.
SORTED_BY = {
    "q01": ["l_returnflag", "l_linestatus"], "q02": ["s_acctbal", "n_name", "s_name", "p_partkey"],
    "q03": ["revenue", "o_orderdate"], "q04": ["o_orderpriority"], "q05": ["revenue"], "q06": [],
    "q07": ["supp_nation", "cust_nation", "l_year"], "q08": ["o_year"], "q09": ["nation", "o_year"],
    "q10": ["revenue"], "q11": ["value"], "q12": ["l_shipmode"], "q13": ["custdist", "c_count"], "q14": [],
    "q15": ["s_suppkey"], "q16": ["supplier_cnt", "p_brand", "p_type", "p_size"], "q17": [],
    "q18": ["o_totalprice", "o_orderdate"], "q19": [], "q20": ["s_name"], "q21": ["numwait", "s_name"],
    "q22": ["cntrycode"],
}  # fmt: skip


def lines(rows):
    return sorted(json.dumps(row) for row in rows)


def checksum(rows):
    return hashlib.sha256("\n".join(lines(rows)).encode()).hexdigest()


def shorten(result):
    rows = result["rows"]
    short = {"schema": result["schema"], "count": len(rows), "rows": rows[:KEPT]}
    if len(rows) > KEPT:
        short["checksum"] = checksum(rows)
    return short


def write(name, forms):
    """One row a line: a change of the expected results is then readable."""
    FOLDER.mkdir(exist_ok=True)
    parts = []
    for form, result in forms.items():
        short = shorten(result)
        fields = [f'  "schema": {json.dumps(short["schema"])}', f'  "count": {short["count"]}']
        if "checksum" in short:
            fields.append(f'  "checksum": "{short["checksum"]}"')
        rows = ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in short["rows"])
        fields.append(f'  "rows": [\n{rows}\n  ]')
        parts.append(f' "{form}": {{\n' + ",\n".join(fields) + "\n }")
    (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def close(actual, wanted):
    if isinstance(wanted, float) and isinstance(actual, float):
        return math.isclose(actual, wanted, rel_tol=1e-9)
    if isinstance(wanted, list) and isinstance(actual, list):
        return len(actual) == len(wanted) and all(map(close, actual, wanted))
    return type(actual) is type(wanted) and actual == wanted


def check(name, actual, wanted):
    """Asserts that a result is the expected one, in schema, in rows and in the order that the query asks for."""
    assert "error" not in actual, actual["error"]
    assert actual["schema"] == wanted["schema"]
    assert len(actual["rows"]) == wanted["count"]
    if "checksum" in wanted:
        assert checksum(actual["rows"]) == wanted["checksum"]
    else:
        for got, want in zip(sorted(actual["rows"], key=repr), sorted(wanted["rows"], key=repr)):
            assert close(got, want)
    keys = [[field[0] for field in wanted["schema"]].index(column) for column in SORTED_BY[name]]
    for got, want in zip(actual["rows"], wanted["rows"]):
        assert close([got[k] for k in keys], [want[k] for k in keys]), "the rows are not in the query's order"
