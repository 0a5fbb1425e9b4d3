"""Streams give the rows, or are refused, as recorded from real Spark."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module")
def answers(run_client):
    return dict(run_client("pyspark-client", FOLDER / "program.py"))


@pytest.mark.parametrize("expression, expected", [pytest.param(*found, id=found[0]) for found in EXPECTED])
def test_expression(answers, expression, expected):
    assert answers[expression] == expected
