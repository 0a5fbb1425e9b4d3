"""A Ray that ends while the server on it goes on."""
import contextlib

from ray_cluster import PYTHON, RayNodes
from workers import check, tables_on, wait_for_tasks


def test_the_server_outlives_its_ray_and_finds_the_next_one(tpch, monkeypatch):
    monkeypatch.setenv("RAY_gcs_rpc_server_reconnect_timeout_s", "3")  # instead of 60
    with contextlib.ExitStack() as server:
        with RayNodes() as nodes:
            spark = server.enter_context(tables_on(f"ray://{nodes.address}", tpch, python=PYTHON, start_seconds=180))
            wait_for_tasks(spark, 2)
            check(spark, "q09")
        check(spark, "q09")
        wait_for_tasks(spark, 0)
        with RayNodes(port=int(nodes.address.rpartition(":")[2])):
            wait_for_tasks(spark, 2, seconds=120)
            check(spark, "q09")
            server.close()
