"""The expected TPC-DS results: tests/tpcds/expected.jsonl, a line a query, written by tools/record_tpcds.py from real Spark.

Results longer than KEPT rows keep a few rows for the reader, the count, and a checksum of all rows sorted.
"""
import hashlib
import json
import math
from pathlib import Path

PATH = Path(__file__).resolve().parent / "expected.jsonl"
KEPT, SHOWN = 300, 10


def checksum(rows):
    return hashlib.sha256("\n".join(sorted(json.dumps(row) for row in rows)).encode()).hexdigest()


def shorten(result):
    rows = result["rows"]
    if len(rows) <= KEPT:
        return result
    return {"schema": result["schema"], "count": len(rows), "checksum": checksum(rows), "rows": rows[:SHOWN]}


def read():
    """{query: result}"""
    return dict(json.loads(line) for line in PATH.read_text().splitlines()) if PATH.exists() else {}


def write(results):
    lines = (json.dumps([name, results[name]], ensure_ascii=False, separators=(",", ":")) for name in sorted(results))
    PATH.write_text("".join(line + "\n" for line in lines))


def close(actual, wanted):
    if isinstance(wanted, float) and isinstance(actual, float):
        return math.isclose(actual, wanted, rel_tol=1e-9)
    if isinstance(wanted, list) and isinstance(actual, list):
        return len(actual) == len(wanted) and all(map(close, actual, wanted))
    return type(actual) is type(wanted) and actual == wanted


def check(actual, wanted):
    """Asserts that a result is the expected one. The order is not compared: most of the queries leave ties open."""
    assert actual["schema"] == wanted["schema"]
    assert len(actual["rows"]) == wanted.get("count", len(wanted["rows"]))
    if "checksum" in wanted:
        assert checksum(actual["rows"]) == wanted["checksum"]
        return
    for got, want in zip(sorted(actual["rows"], key=repr), sorted(wanted["rows"], key=repr)):
        assert close(got, want)
