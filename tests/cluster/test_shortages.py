"""Disks that are full, memory that does not suffice, clients that go away: the query ends as it should, and the cluster lives on."""
import subprocess
import sys
import time

import pytest
from server import ROOT, Server
from workers import Workers, check, logged, tables_on, wait_for_tasks

# A gigabyte goes from stage to stage: more than stays in memory.
LARGE = """SELECT count(*), sum(length(c)) FROM (SELECT DISTINCT
concat(l_orderkey, ' ', l_linenumber, l_comment, repeat(l_shipmode, 40)) AS c FROM lineitem)"""
# Lists do not go to the disk.
HUNGRY = "SELECT size(collect_list(concat(l_comment, l_shipinstruct, l_shipmode, l_orderkey))) FROM lineitem"
# Its scans end soon, its join takes minutes.
SLOW = """SELECT count(*) FROM lineitem a JOIN lineitem b
ON a.l_suppkey = b.l_suppkey AND a.l_comment < b.l_comment AND a.l_partkey + b.l_orderkey < 0"""
PROGRAM = """
def main(spark, folder, query):
    spark.read.parquet(folder + "/lineitem.parquet").createOrReplaceTempView("lineitem")
    spark.sql(query).collect()
"""


def kept(workers):
    """Bytes that the workers' exchanges hold for queries."""
    from pyrite._native import describe_workers

    return [worker["output_bytes"] for worker in describe_workers(workers=workers.url)]


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def ends_with(workers, tpch, query, condition):
    """The query ends so; what it had is given up, and another one runs."""
    with tables_on(workers.url, tpch) as spark:
        wait_for_tasks(spark, len(workers.addresses))
        with pytest.raises(Exception, match=condition):
            spark.sql(query).collect()
        wait_until(lambda: not any(kept(workers)))
        assert all(workers.alive())
        check(spark, "q09")


def small_disk(folder):
    """What has a command see a disk of four megabytes there."""
    return ["unshare", "--map-root-user", "--mount", "sh", "-c",
            f'mount -t tmpfs -o size=4m none "{folder}" && exec "$@"', "sh"]


def test_a_full_disk_is_the_querys_error(tpch, tmp_path):
    if subprocess.run([*small_disk(tmp_path), "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount")
    with Workers(2, "--spill-directory", str(tmp_path), prefix=small_disk(tmp_path)) as workers:
        ends_with(workers, tpch, LARGE, "SPILL_DIRECTORY.PYRITE")


def test_what_does_not_fit_goes_to_the_disk(tpch, tmp_path):
    log = tmp_path / "queries.log"
    options = ["--spill-directory", str(tmp_path)]
    with Workers(2, *options) as workers, tables_on(workers.url, tpch, "--query-log", str(log)) as spark:
        wait_for_tasks(spark, 2)
        assert spark.sql(LARGE).first()[0] == 6001215
        wait_until(lambda: not any(kept(workers)))
        assert any(event.get("file_bytes") for event in logged(log))
    assert not list(tmp_path.rglob("stage-*"))


def test_a_task_without_memory_is_the_querys_error(tpch):
    with Workers(2, "--memory-limit", "150MB") as workers:
        ends_with(workers, tpch, HUNGRY, "UNABLE_TO_ACQUIRE_MEMORY")


def test_what_a_gone_clients_query_has_made_is_given_up(tpch, tmp_path):
    log = tmp_path / "queries.log"
    program = tmp_path / "slow_client.py"
    program.write_text(PROGRAM)
    with Workers(2) as workers:
        options = ["--detached-timeout", "2", "--query-log", str(log)]
        with Server("--cluster", workers.url, *options) as server:
            client = subprocess.Popen([sys.executable, ROOT / "tests/client_program.py", server.url, program, tpch, SLOW])
            wait_until(lambda: all(kept(workers)), 60)
            client.kill()
            client.wait()
            wait_until(lambda: not any(kept(workers)))
            assert logged(log)[-1]["error"] == "OPERATION_CANCELED"
