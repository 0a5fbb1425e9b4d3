"""toPandas, toArrow, toLocalIterator and createDataFrame give what they give with real Spark, for every type and every form of data."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module")
def answers(run_client):
    return dict(run_client("pyspark-client", FOLDER / "program.py"))


@pytest.mark.parametrize("name, expected", [pytest.param(*case, id=case[0]) for case in EXPECTED])
def test_case(answers, name, expected):
    assert answers[name] == expected
