"""Python table functions give the rows and schemas, or fail, as recorded from real Spark."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module")
def answers(run_client):
    return dict(run_client("pyspark-client", FOLDER / "program.py"))


def in_any_order(answer):
    return {**answer, "rows": sorted(map(repr, answer["rows"]))} if "rows" in answer else answer


@pytest.mark.parametrize("expression, expected", [pytest.param(*case, id=case[0]) for case in EXPECTED])
def test_expression(answers, expression, expected):
    assert in_any_order(answers[expression]) == in_any_order(expected)
