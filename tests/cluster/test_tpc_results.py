"""TPC-H and TPC-DS at SF1 on two workers: the rows and schemas that real Spark gave, as on one machine.

PYRITE_RESULTS_ON=flight or ray: on four workers, each with an exchange of its own; on a Ray of four nodes (make test-all).
"""
import os
from pathlib import Path

import expected
import pytest
import tpcds
import tpcds_results
import tpch as tpch_bench
from ray_cluster import PYTHON, RayNodes
from result_json import frame_json
from server import Server
from workers import Workers, session, wait_for_tasks

ROOT = Path(__file__).resolve().parents[2]
TPCDS = tpcds_results.read()


@pytest.fixture(scope="module")
def cluster():
    where = os.environ.get("PYRITE_RESULTS_ON", "local")
    if where == "flight":
        with Workers(4) as workers, Server("--cluster", workers.url) as server:
            yield server
    elif where == "ray":
        with RayNodes() as nodes:
            nodes.tell("add")
            nodes.tell("add")
            with Server("--cluster", f"ray://{nodes.address}", python=PYTHON, start_seconds=180) as server:
                yield server
    else:
        with Server("--cluster", "local[2]") as server:
            yield server


@pytest.fixture(scope="module")
def on_cluster(cluster, tpch):
    spark = session(cluster)
    tpch_bench.read_tables(spark, tpch)
    wait_for_tasks(spark, 4 if "PYRITE_RESULTS_ON" in os.environ else 2)
    yield spark
    spark.stop()


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_tpch(on_cluster, name):
    expected.check(name, frame_json(on_cluster.sql(tpch_bench.sql(name))), expected.read(name)["sql"])


@pytest.fixture(scope="module")
def tpcds_tables(on_cluster):
    folder = ROOT / ".data/tpcds-sf1"
    if not folder.is_dir():
        pytest.fail("no TPC-DS data: run tools/make_tpcds")
    tpcds.read_tables(on_cluster, folder)
    return folder


@pytest.mark.parametrize("name", tpcds.NAMES)
def test_tpcds(on_cluster, tpcds_tables, name):
    tpcds_results.check(frame_json(on_cluster.sql(tpcds.sql(name, tpcds_tables))), TPCDS[name])
