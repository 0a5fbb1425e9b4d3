"""cluster      a server whose queries run on two worker processes of one thread each
on_cluster   a session on it, with the TPC-H tables as views
workers      three worker processes of one thread each, for one test
log          where a server may write its log of queries
"""
import sys
from pathlib import Path

import pytest
from server import Server

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests/tpch"), str(ROOT / "tests/tpcds")]

from workers import Workers, session  # noqa: E402


@pytest.fixture(scope="module")
def cluster():
    with Server("--cluster", "local[2]") as running:
        yield running


@pytest.fixture(scope="module")
def on_cluster(cluster, tpch):
    import tpch as bench

    spark = session(cluster)
    bench.read_tables(spark, tpch)
    yield spark
    spark.stop()


@pytest.fixture
def workers():
    with Workers(3) as running:
        yield running


@pytest.fixture
def log(tmp_path):
    return tmp_path / "queries.log"
