"""What Spark refuses is refused with the same class, condition, SQLSTATE, parameters and place in the text, by both clients."""
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module", params=["pyspark-client", "pyspark-client-rust"])
def client(request):
    return request.param


@pytest.fixture(scope="module")
def raised(run_client, client):
    return run_client(client, FOLDER / "program.py")


@pytest.mark.parametrize("name", EXPECTED["pyspark-client"])
def test_error(raised, client, name):
    actual = dict(raised[name])
    message = actual.pop("message", "")
    assert actual == EXPECTED[client][name], message
    if actual["class"]:
        assert message.strip()
