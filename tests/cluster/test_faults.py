"""Workers that are not there, die, or have tasks that fail: the query goes on, or ends as on one machine.

PYRITE_KILLS=20 kills a worker so many times in each of the 22 TPC-H queries.
"""
import os
import random
import threading
import time

import pytest
import tpch as tpch_bench
from pyspark.errors import ArithmeticException
from server import Server
from workers import check, tables_on

KILLS = int(os.environ.get("PYRITE_KILLS", 0))
NAMES = tpch_bench.NAMES if KILLS else ["q01", "q09", "q18", "q21"]


@pytest.fixture
def spark(workers, tpch):
    with tables_on(workers.url, tpch) as made:
        yield made


@pytest.mark.parametrize("kill", range(KILLS or 1))
@pytest.mark.parametrize("name", NAMES)
def test_a_lost_worker_costs_its_tasks(spark, workers, name, kill):
    started = time.monotonic()
    check(spark, name)
    seconds = time.monotonic() - started
    delay = random.Random(f"{name} {kill}").uniform(0, seconds)
    killer = threading.Timer(delay, workers.kill, [1])
    killer.start()
    check(spark, name)
    killer.join()
    assert workers.alive() == [True, False, True]
    check(spark, name)


def test_queries_run_here_when_no_worker_is_left(spark, workers):
    for number in range(3):
        workers.kill(number)
    check(spark, "q06")
    check(spark, "q06")


def test_an_error_of_a_task_is_the_querys(on_cluster):
    with pytest.raises(ArithmeticException) as raised:
        on_cluster.sql("SELECT sum(l_orderkey / (l_linenumber - l_linenumber)) FROM lineitem").collect()
    assert raised.value.getCondition() == "DIVIDE_BY_ZERO"


def test_a_query_is_interrupted(on_cluster):
    started = time.monotonic()
    threading.Timer(0.5, on_cluster.interruptAll).start()
    with pytest.raises(Exception, match="OPERATION_CANCELED"):
        on_cluster.sql("SELECT count(*) FROM lineitem a JOIN lineitem b ON a.l_orderkey < b.l_orderkey + 3").collect()
    assert time.monotonic() - started < 60
    check(on_cluster, "q06")


def test_a_worker_of_another_address_is_refused():
    with pytest.raises(RuntimeError, match="flight://"):
        Server("--cluster", "nowhere")
