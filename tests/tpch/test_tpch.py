"""All 22 TPC-H queries at SF1, as SQL and as DataFrame programs, through both clients: rows and schemas are Spark's."""
from pathlib import Path

import expected
import pytest

PROGRAM = Path(__file__).resolve().parent / "program.py"


@pytest.fixture(scope="module", params=["pyspark-client", "pyspark-client-rust"])
def client(request):
    return request.param


@pytest.fixture(scope="module", params=["sql", "dataframe"])
def form(request):
    return request.param


@pytest.fixture(scope="module")
def results(run_client, tpch, client, form):
    return run_client(client, PROGRAM, tpch, form)


@pytest.mark.parametrize("name", sorted(expected.SORTED_BY))
def test_query(results, form, name):
    expected.check(name, results[name], expected.read(name)[form])
