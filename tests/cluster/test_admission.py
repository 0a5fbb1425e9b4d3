"""Queries that come when the cluster runs as many as it may: they wait for their turn, or fail."""
import threading
import time

import pytest
import tpch as tpch_bench
from server import Server
from workers import LONG, session

SHORT = "SELECT l_returnflag, count(*) FROM lineitem GROUP BY 1"


def on_server(tpch, *arguments):
    server = Server("--cluster", "local[2]", "--cluster-queries", "1", *arguments)
    spark = session(server)
    tpch_bench.read_tables(spark, tpch)
    return server, spark


def begin_long(spark):
    def run():
        with pytest.raises(Exception, match="OPERATION_CANCELED"):
            spark.sql(LONG).collect()

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(2)
    return thread


def test_a_query_waits_for_its_turn(tpch):
    server, spark = on_server(tpch)
    with server:
        other = session(server)
        tpch_bench.read_tables(other, tpch)
        long = begin_long(other)
        done = []
        waiting = threading.Thread(target=lambda: done.append(spark.sql(SHORT).count()))
        waiting.start()
        time.sleep(3)
        assert not done
        other.interruptAll()
        waiting.join(60)
        long.join()
        assert done == [3]
        other.stop()
        spark.stop()


def test_a_query_that_waits_is_interrupted(tpch):
    server, spark = on_server(tpch)
    with server:
        long = begin_long(spark)
        threading.Timer(2, spark.interruptAll).start()
        with pytest.raises(Exception, match="OPERATION_CANCELED"):
            spark.sql(SHORT).collect()
        long.join()
        assert spark.sql(SHORT).count() == 3
        spark.stop()


def test_a_query_that_may_not_wait_fails(tpch):
    server, spark = on_server(tpch, "--cluster-queue-seconds", "1")
    with server:
        long = begin_long(spark)
        with pytest.raises(Exception, match="CLUSTER_BUSY.PYRITE.*--cluster-queries"):
            spark.sql(SHORT).collect()
        spark.interruptAll()
        long.join()
        assert spark.sql(SHORT).count() == 3
        spark.stop()


def test_local_workers_share_the_memory_limit():
    from pyrite import _memory

    assert _memory.share("1GB", 4) == "250000000B"
    assert _memory.share("1 GiB", 2) == f"{1 << 29}B"
    assert int(_memory.share(None, 2)[:-1]) < _memory.machine() / 2
    with pytest.raises(Exception, match="'much' is not an amount"):
        _memory.share("much", 2)
