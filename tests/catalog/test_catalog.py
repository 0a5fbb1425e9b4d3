"""spark.catalog on temporary views answers and refuses as recorded from real Spark."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
KNOWN = dict(line.split(" # ") for line in (FOLDER / "known_differences.txt").read_text().splitlines() if line)


@pytest.fixture(scope="module")
def answers(run_client):
    return run_client("pyspark-client", FOLDER / "program.py")


def case(index):
    call = EXPECTED[index][0]
    marks = [pytest.mark.xfail(reason=KNOWN[call], strict=True)] if call in KNOWN else []
    return pytest.param(index, id=f"{index}-{call}", marks=marks)


@pytest.mark.parametrize("index", [case(i) for i in range(len(EXPECTED))])
def test_call(answers, index):
    assert answers[index] == EXPECTED[index]
