"""What workers have made outlives them: each node's exchange keeps it, until no query needs it."""
import secrets
import signal
import socket
import subprocess
import threading
import time

import pytest
from server import environment
from workers import Workers, check, logged, processes, tables_on, wait_for_tasks, worker_command

# Its last stage before the result runs for seconds.
SLOW_END = """
SELECT count(*), sum(a.l_quantity * b.l_tax) FROM lineitem a JOIN lineitem b
ON a.l_partkey = b.l_partkey AND a.l_suppkey = b.l_suppkey AND a.l_comment < b.l_comment"""


@pytest.fixture
def spark(workers, tpch, log):
    with tables_on(workers.url, tpch, "--query-log", str(log), "--cluster-speculation", "0") as made:
        wait_for_tasks(made, 3)
        yield made


class Running:
    """A query on a thread of its own."""

    def __init__(self, spark, query):
        self.error = None
        self.rows = None
        self._thread = threading.Thread(target=self._run, args=(spark, query))
        self._thread.start()

    def _run(self, spark, query):
        try:
            self.rows = [tuple(row) for row in spark.sql(query).collect()]
        except Exception as error:
            self.error = error

    def result(self):
        self._thread.join(120)
        if self.error is not None:
            raise self.error
        return self.rows


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def end_of_scans(log, queries):
    """Once that many queries have begun, and all tasks of the last one have ended that read files; others run."""
    def has_come():
        begun = [event["query"] for event in logged(log, "query begins")]
        done = [task for task in logged(log, "task") if task["query"] == begun[-1]]
        return len(begun) == queries and len({(task["stage"], task["task"]) for task in done}) >= 6
    wait_until(has_come)


def made_again(log):
    """The tasks of the last query that were begun more than once."""
    query = logged(log, "query begins")[-1]["query"]
    return {(task["stage"], task["task"]) for task in logged(log, "task") if task["query"] == query and task["attempt"]}


def test_a_dead_workers_finished_tasks_are_not_run_again(spark, workers, log):
    wanted = Running(spark, SLOW_END).result()
    query = Running(spark, SLOW_END)
    end_of_scans(log, queries=2)
    time.sleep(0.3)
    workers.kill(1)
    assert query.result() == wanted
    assert {stage for stage, _ in made_again(log)} == {2}  # what it ran at that time
    assert logged(log, "query ends")[-1]["attempts"] == 1
    assert len(logged(log, "worker lost")) == 1 and not logged(log, "exchange lost")


def test_a_lost_exchange_costs_what_it_had(spark, workers, log):
    wanted = Running(spark, SLOW_END).result()
    query = Running(spark, SLOW_END)
    end_of_scans(log, queries=2)
    lost = workers.exchange(1)
    workers.signal_exchange(1, signal.SIGKILL)
    assert query.result() == wanted
    assert workers.alive() == [True] * 3
    assert not logged(log, "worker lost")
    wait_until(lambda: workers.exchange(1) not in (None, lost))
    check(spark, "q09")
    assert not made_again(log)


def test_lost_draws_begin_the_query_anew(spark, workers, log):
    """Drawn again, rows would go elsewhere than those that others have read."""
    salted = SLOW_END.replace("lineitem a", "(SELECT *, rand() AS drawn FROM lineitem) a").replace(
        "SELECT count(*)", "SELECT count(*), count(DISTINCT drawn) > 1000")
    query = Running(spark, salted)
    end_of_scans(log, queries=1)
    workers.signal_exchange(1, signal.SIGKILL)
    count, is_drawn, total = query.result()[0]
    assert is_drawn
    assert [(count, total)] == Running(spark, SLOW_END).result()
    assert logged(log, "query ends")[0]["attempts"] == 2


def test_one_that_does_not_answer_is_lost(spark, workers, log):
    wanted = Running(spark, SLOW_END).result()
    query = Running(spark, SLOW_END)
    end_of_scans(log, queries=2)
    workers.signal_exchange(1, signal.SIGSTOP)
    try:
        assert query.result() == wanted
        check(spark, "q09")  # its worker keeps what it makes
    finally:
        workers.signal_exchange(1, signal.SIGCONT)
    check(spark, "q09")


def test_it_ends_with_its_worker(workers):
    pid = workers.exchange(0)
    assert pid is not None
    workers.kill(0)
    wait_until(lambda: workers.exchange(0) is None, 5)


def test_it_stays_for_the_queries_that_read_it(spark, workers, log):
    query = Running(spark, SLOW_END)
    end_of_scans(log, queries=1)
    for number in range(2):
        workers.kill(number)
    time.sleep(2)
    assert None not in [workers.exchange(number) for number in range(3)]
    spark.interruptAll()
    with pytest.raises(Exception, match="OPERATION_CANCELED"):
        query.result()
    wait_until(lambda: [workers.exchange(number) for number in range(2)] == [None, None], 10)


def test_workers_that_are_told_so_share_one(tpch):
    name = f"test-{secrets.token_hex(8)}"
    with Workers(2, exchanges=[name] * 2) as workers:
        assert len(processes("exchange", name)) == 1
        with tables_on(workers.url, tpch) as spark:
            check(spark, "q09")
        workers.kill(0)
        assert workers.exchange(1) is not None
    wait_until(lambda: not processes("exchange", name), 5)


def test_one_that_cannot_start_is_told():
    with socket.create_server(("127.0.0.1", 0), reuse_port=False) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(worker_command("--exchange-port", port), env=environment(), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "the exchange does not start: [SERVER_CANNOT_LISTEN.PYRITE]" in done.stderr and port in done.stderr
