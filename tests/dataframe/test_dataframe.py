"""Methods of DataFrame give the rows and schemas, or refuse, as recorded from real Spark."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
KNOWN = dict(line.split(" # ") for line in (FOLDER / "known_differences.txt").read_text().splitlines() if line)


@pytest.fixture(scope="module")
def answers(run_client):
    return dict(run_client("pyspark-client", FOLDER / "program.py"))


def case(expression, expected):
    marks = [pytest.mark.xfail(reason=KNOWN[expression], strict=True)] if expression in KNOWN else []
    return pytest.param(expression, expected, id=expression, marks=marks)


@pytest.mark.parametrize("expression, expected", [case(*found) for found in EXPECTED])
def test_expression(answers, expression, expected):
    assert answers[expression] == expected
