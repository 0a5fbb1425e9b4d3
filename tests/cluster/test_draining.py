"""Workers that are to end: they take no more tasks, end what they run, and keep what they have made."""
import signal
import threading
import time

import pytest
from workers import LONG, Workers, check, logged, tables_on, wait_for_tasks


@pytest.fixture
def workers():
    with Workers(2) as running:
        yield running


@pytest.fixture
def spark(workers, tpch, log):
    with tables_on(workers.url, tpch, "--query-log", str(log)) as made:
        yield made


@pytest.mark.parametrize("name", ["q09", "q18", "q21"])
def test_nothing_fails_when_a_worker_drains(spark, workers, log, name):
    started = time.monotonic()
    check(spark, name)
    threading.Timer((time.monotonic() - started) / 2, workers.signal, [1, signal.SIGTERM]).start()
    check(spark, name)
    wait_for_tasks(spark, 1)
    assert workers.wait(1) == 0
    assert {task.get("error", "WORKER_DRAINING.PYRITE") for task in logged(log, "task")} == {"WORKER_DRAINING.PYRITE"}
    assert {query["attempts"] for query in logged(log, "query ends")} == {1}
    check(spark, name)


def test_an_idle_worker_ends_at_once(workers):
    started = time.monotonic()
    workers.signal(0, signal.SIGTERM)
    assert workers.wait(0) == 0
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("limit, signals", [("300", 2), ("1", 1)])
def test_it_does_not_wait_for_ever(tpch, limit, signals):
    """A second signal ends it, and so does its time limit."""
    with Workers(1, "--drain-seconds", limit) as workers, tables_on(workers.url, tpch) as spark:
        ended = []
        query = threading.Thread(target=lambda: ended.append(error_of(spark)))
        query.start()
        time.sleep(3)
        for _ in range(signals):
            workers.signal(0, signal.SIGTERM)
            time.sleep(0.5)
        assert workers.wait(0, seconds=5) == 0
        assert not ended
        spark.interruptAll()
        query.join(60)
        assert "OPERATION_CANCELED" in ended[0]


def error_of(spark):
    try:
        return str(spark.sql(LONG).collect())
    except Exception as error:
        return str(error)
