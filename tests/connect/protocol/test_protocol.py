"""What no client of Apache's sends, too: requests of every kind are answered and refused as recorded from real Spark."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module")
def answers(run_client):
    return run_client("pyspark-client", FOLDER / "program.py")


@pytest.mark.parametrize("index", [pytest.param(index, id=case) for index, (case, _) in enumerate(EXPECTED)])
def test_request(answers, index):
    case, expected = EXPECTED[index]
    if expected.get("error") == ["", ""]:  # an exception of Java's: any refusal will do
        assert "error" in answers[index][1]
    else:
        assert answers[index] == [case, expected]
