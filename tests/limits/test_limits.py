"""Plans far larger than usual give the right result, or a clear condition; the server lives on either way."""
import re
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent / "program.py"

EXPECTED = {
    "chained_with_column": [2000, 2001, 2002],
    "chained_new_columns": [2001, 2000],
    "chained_columns_of_columns": [401, 400],
    "chained_renames": [["c1999"], 2],
    "chained_drops": [[0, 999], [1, 999]],
    "chained_filters": 700,
    "chained_joins": [[0, 0, 1], [1, 1, 2], [2, 2, 3]],
    "many_unions_by_name": [[44850, 599]],
    "many_columns": [1000, 500500],
    "many_columns_sql": [1000, 500500],
    "long_in_list": 5000,
    "long_in_list_sql": 5000,
    "many_unions": 44850,
    "many_unions_sql": 44850,
    "nested_parentheses": 1,
    "nested_sums": 1000,
    "nested_not": True,
    "nested_subqueries": 1,
}

# The conditions that may refuse a plan for its size. Anything else, an internal error above all, is a failure.
REFUSALS = {"FAILED_TO_PARSE_TOO_COMPLEX", "UNSUPPORTED_FEATURE.PYRITE"}


def condition(result):
    """The Rust client gives it in the message alone."""
    return result["condition"] or re.match(r"\[([\w.]*)\]", result["message"])[1]


@pytest.mark.parametrize("client", ["pyspark-client", "pyspark-client-rust"])
@pytest.mark.parametrize("name", EXPECTED)
def test_limit(run_client, server, client, name):
    result = run_client(client, PROGRAM, name, timeout=120)
    assert result["alive"] and server.alive()
    if "value" in result:
        assert result["value"] == EXPECTED[name]
    else:
        assert condition(result) in REFUSALS, result
