"""Workers that vanish and close no connection: stopped processes, and a network that swallows what is sent."""
import threading
import time

import pytest
from exchange_detour import Detour
from silent_proxy import Proxy
from workers import Workers, check, tables_on, tasks_of, wait_for_tasks

NOTICED = 12  # seconds; docs/cluster.md says ten


@pytest.fixture
def spark(workers, tpch):
    with tables_on(workers.url, tpch, "--cluster-speculation", "0") as made:
        yield made


def test_one_that_vanishes_is_noticed_without_a_query(spark, workers):
    wait_for_tasks(spark, 3)
    workers.freeze(1)
    wait_for_tasks(spark, 2, seconds=NOTICED)
    check(spark, "q03")
    workers.thaw(1)
    wait_for_tasks(spark, 3)
    check(spark, "q03")


@pytest.mark.parametrize("name", ["q09", "q21"])
def test_a_query_goes_on_without_one_that_vanishes(spark, workers, name):
    started = time.monotonic()
    check(spark, name)
    alone = time.monotonic() - started
    threading.Timer(alone / 2, workers.freeze, [1]).start()
    started = time.monotonic()
    check(spark, name)
    assert time.monotonic() - started < NOTICED * 2 + alone * 4  # for what it ran, and for what it had made
    workers.thaw(1)
    wait_for_tasks(spark, 3)
    check(spark, name)


def kept(workers):
    """Bytes that workers hold for queries."""
    from pyrite._native import describe_workers

    return [worker["output_bytes"] for worker in describe_workers(workers=workers.url)]


def test_one_that_comes_back_gives_up_what_is_over(spark, workers):
    """It hears nothing of the end of the queries whose tasks it has had."""
    started = time.monotonic()
    check(spark, "q21")
    freezing = threading.Timer((time.monotonic() - started) / 2, workers.freeze, [1])
    freezing.start()
    check(spark, "q21")
    freezing.join()
    workers.thaw(1)
    end = time.monotonic() + 15
    while any(kept(workers)):
        assert time.monotonic() < end, kept(workers)
        time.sleep(0.2)


def test_a_network_between_nodes_that_swallows_everything(tpch):
    """The worker itself is reached, what it has finished is not."""
    with Detour() as detour, Workers(3, exchanges=[detour.name, None, None]) as workers:
        with tables_on(workers.url, tpch, "--cluster-speculation", "0") as spark:
            wait_for_tasks(spark, 3)
            started = time.monotonic()
            check(spark, "q09")
            alone = time.monotonic() - started
            threading.Timer(alone / 2, detour.proxy.swallow).start()
            started = time.monotonic()
            check(spark, "q09")
            assert time.monotonic() - started < NOTICED * 2 + alone * 4
            check(spark, "q21")


def test_a_network_that_swallows_everything(workers, tpch):
    with Proxy(workers.addresses[0]) as proxy:
        url = "flight://" + ",".join([proxy.address, *workers.addresses[1:]])
        with tables_on(url, tpch, "--cluster-speculation", "0") as spark:
            check(spark, "q09")
            threading.Timer(0.3, proxy.swallow).start()
            check(spark, "q09")
            wait_for_tasks(spark, 2, seconds=NOTICED)
            assert tasks_of(spark) == 2
            check(spark, "q09")
