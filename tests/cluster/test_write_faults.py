"""A worker, the server or the query killed in mid-write: the data are right, the old or the new, and nothing is left behind.

PYRITE_KILLS=10 kills a worker so many times.
"""
import contextlib
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
import tpch as tpch_bench
from server import Server
from workers import session, tables_on

KILLS = int(os.environ.get("PYRITE_KILLS", 0)) or 2
WRITES = [("parquet", []), ("csv", []), ("parquet", ["l_shipmode"]), ("json", ["l_returnflag"])]
SUMS = ["count(*)", "sum(l_orderkey * l_linenumber)", "sum(l_extendedprice)", "count(DISTINCT l_shipmode)"]


@pytest.fixture(scope="module")
def expected(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    return tuple(spark.table("lineitem").where("l_linenumber < 4").selectExpr(*SUMS).first())


@pytest.fixture
def cluster(workers, tpch):
    with tables_on(workers.url, tpch) as spark:
        yield spark


def write(spark, path, format, partitions):
    rows = spark.table("lineitem").where("l_linenumber < 4")
    rows.write.mode("overwrite").partitionBy(*partitions).format(format).save(path)


def read(spark, path, format):
    schema = spark.table("lineitem").schema
    return tuple(spark.read.schema(schema).format(format).load(path).selectExpr(*SUMS).first())


def left_over(folder):
    return list(Path(folder).rglob(".pyrite*"))


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_lost_worker_costs_its_tasks(cluster, workers, spark, expected, tmp_path, kill):
    format, partitions = WRITES[kill % len(WRITES)]
    path = str(tmp_path / "t")
    started = time.monotonic()
    write(cluster, path, format, partitions)
    seconds = time.monotonic() - started
    killer = threading.Timer(random.Random(kill).uniform(0, seconds), workers.kill, [1])
    killer.start()
    write(cluster, path, format, partitions)
    killer.join()
    assert workers.alive() == [True, False, True]
    assert read(spark, path, format) == expected
    assert left_over(tmp_path) == []


def begin_write(spark, path, format, fails=True):
    """The write on a thread of its own, once its first files are there."""
    def run():
        # Whatever the client makes of it.
        with pytest.raises(Exception) if fails else contextlib.nullcontext():  # noqa: B017
            write(spark, path, format, [])

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not any(file.stat().st_size for file in Path(path).parent.rglob(".pyrite*/tasks/*/rows")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return thread


def test_a_server_killed_in_mid_write_leaves_the_old_data(workers, spark, tpch, tmp_path):
    path = str(tmp_path / "t")
    with Server("--cluster", workers.url) as server:
        dying = session(server)
        dying.client.set_retry_policies([])  # or it tries the dead server for minutes
        tpch_bench.read_tables(dying, tpch)
        dying.range(10).write.parquet(path)
        thread = begin_write(dying, path, "parquet")
        os.kill(server.pid, signal.SIGKILL)
        server.process.wait()
        thread.join()
    assert sorted(row.id for row in spark.read.parquet(path).collect()) == list(range(10))
    with Server("--cluster", workers.url) as server:
        next_one = session(server)
        tpch_bench.read_tables(next_one, tpch)
        write(next_one, path, "parquet", [])
        next_one.stop()
    assert left_over(tmp_path) == []


def test_a_write_ends_here_when_no_worker_is_left(cluster, workers, spark, expected, tmp_path):
    path = str(tmp_path / "t")
    thread = begin_write(cluster, path, "parquet", fails=False)
    for number in range(3):
        workers.kill(number)
    thread.join()
    assert read(spark, path, "parquet") == expected
    assert left_over(tmp_path) == []


def test_an_interrupted_write_leaves_the_old_data(cluster, spark, tmp_path):
    path = str(tmp_path / "t")
    cluster.range(10).write.parquet(path)
    thread = begin_write(cluster, path, "parquet")
    cluster.interruptAll()
    thread.join()
    assert sorted(row.id for row in spark.read.parquet(path).collect()) == list(range(10))
    time.sleep(2)  # a task that still ran has noticed
    assert left_over(tmp_path) == []
