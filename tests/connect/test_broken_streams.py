"""Connections that break: the client comes back for the rest, the query waits for it."""
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from proxy import Proxy
from raw import ENDLESS, Raw


@pytest.mark.parametrize("size", [20_000, 1 << 20, 10 << 20])
def test_rows_are_whole_after_a_cut(server, size):
    with Proxy(server.url) as proxy:
        spark = SparkSession.builder.remote(proxy.url).create()
        spark.range(1).collect()
        proxy.cut_after(size)
        table = spark.sql("SELECT id, repeat('x', 100) AS text FROM range(300000)").toArrow()
        assert proxy.cuts == 1
        assert table.num_rows == 300000 and table.column("id").to_pylist() == list(range(300000))
        spark.stop()


def test_a_command_runs_once_after_a_cut(server, tmp_path):
    with Proxy(server.url) as proxy:
        spark = SparkSession.builder.remote(proxy.url).create()
        spark.range(1).collect()
        cutter = threading.Timer(0.3, proxy.cut)
        cutter.start()
        path = str(tmp_path / "rows")
        spark.sql("SELECT a.id FROM range(3000) a CROSS JOIN range(3000) b WHERE a.id * b.id % 1000 = 7").write.mode("append").parquet(path)
        cutter.join()
        count = spark.read.parquet(path).count()
        assert count == spark.sql("SELECT * FROM range(3000) a CROSS JOIN range(3000) b WHERE a.id * b.id % 1000 = 7").count() > 0
        spark.stop()


def test_a_running_query_waits_for_its_client(server):
    raw = Raw(server.url)
    operation_id = str(uuid.uuid4())
    stream = raw.execute(ENDLESS, operation_id)
    next(stream)
    stream.cancel()
    time.sleep(8)
    assert raw.states()[operation_id] == "RUNNING"
    again = raw.reattach(operation_id)
    assert next(again).HasField("schema")
    assert raw.interrupt() == [operation_id]
    raw.release_session()


def test_a_query_that_streams_waits_for_its_client(server):
    """More rows than the server holds: it stops making them until somebody reads."""
    raw = Raw(server.url, largest_response=256 << 20)
    operation_id = str(uuid.uuid4())
    stream = raw.execute("SELECT id, repeat('x', 1000) AS text FROM range(1000000)", operation_id)
    taken = [next(stream) for _ in range(2)]
    stream.cancel()
    time.sleep(8)
    assert raw.states()[operation_id] == "RUNNING"
    rows = sum(response.arrow_batch.row_count for response in taken)
    rows += sum(response.arrow_batch.row_count for response in raw.reattach(operation_id, taken[-1].response_id))
    assert rows == 1000000
    raw.release_session()


def test_a_killed_client_may_come_back(server):
    raw = Raw(server.url)
    command = [sys.executable, Path(__file__).with_name("endless_client.py"), server.url, raw.session_id, "True"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout.readline() == "started\n"
        while not raw.states():
            time.sleep(0.1)
        client.kill()
    time.sleep(6)
    (operation_id, state), = raw.states().items()
    assert state == "RUNNING"
    assert raw.interrupt() == [operation_id]
    raw.release_session()
