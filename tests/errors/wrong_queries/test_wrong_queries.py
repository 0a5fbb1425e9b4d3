"""A thousand wrong queries: condition, SQLSTATE and parameters are those that real Spark raised, and no message is DuckDB's."""
import json
import re
from pathlib import Path

import program
import pytest
import tables

CASES = [json.loads(line) for line in (Path(__file__).resolve().parent / "cases.jsonl").read_text().splitlines()]
# Wording of Spark's own parts, and what depends on its plans: not compared.
FREE = {"hint", "treeNode", "plan", "message", "reason", "alternative"}


@pytest.fixture(scope="module")
def session(spark):
    tables.create(spark)
    return spark


def comparable(parameters):
    return {name: re.sub(r"#\d+L?", "#", value) for name, value in parameters.items() if name not in FREE}


@pytest.mark.parametrize("sql, condition, state, parameters", [pytest.param(*case, id=case[0]) for case in CASES])
def test_wrong_query(session, sql, condition, state, parameters):
    raised = program.raised(session, sql)
    assert raised is not None, "the query runs"
    assert raised[:2] == [condition, state], raised[2]
    assert comparable(raised[2]) == comparable(parameters)
