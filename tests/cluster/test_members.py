"""Workers that come and go while queries run: named by a file, and told by the program that has the server."""
import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import tpch as tpch_bench
from server import Server, environment
from workers import check, session, tables_on, tasks_of, wait_for_tasks

FOLDER = Path(__file__).resolve().parent


class Steady:
    """Queries one after the other on a thread of their own, until the block ends; raises what one of them did."""

    def __init__(self, spark, names):
        self.done = 0
        self._spark, self._names = spark, names
        self._ends = threading.Event()
        self._error = None
        self._thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            while not self._ends.is_set():
                check(self._spark, self._names[self.done % len(self._names)])
                self.done += 1
        except Exception as error:
            self._error = error

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join()
        if self._error is not None:
            raise self._error

    def wait(self, count):
        """Until so many more queries have begun and ended."""
        wanted = self.done + count
        while self.done < wanted and self._error is None:
            time.sleep(0.05)


@pytest.fixture
def listed(workers, tpch, tmp_path):
    """A server whose workers a file names, the first one now."""
    path = tmp_path / "workers"

    def name(*numbers):
        path.write_text("# of the test\n" + "".join(workers.addresses[number] + "\n" for number in numbers))

    name(0)
    with tables_on(f"flight+file://{path}", tpch) as spark:
        yield SimpleNamespace(spark=spark, name=name)


def test_workers_join_and_leave(listed, workers):
    with Steady(listed.spark, ["q01", "q09", "q18", "q21"]) as queries:
        queries.wait(1)
        listed.name(0, 1, 2)
        wait_for_tasks(listed.spark, 3)
        queries.wait(2)
        listed.name(1, 2)
        wait_for_tasks(listed.spark, 2)
        queries.wait(2)
        workers.kill(1)
        queries.wait(2)
        assert tasks_of(listed.spark) == 1
        listed.name(0, 2)
        wait_for_tasks(listed.spark, 2)
        queries.wait(2)
    assert workers.alive() == [True, False, True]


def test_a_query_goes_on_with_workers_that_have_come_since(listed, workers):
    check(listed.spark, "q09")
    started = time.monotonic()
    check(listed.spark, "q09")
    half = (time.monotonic() - started) / 2
    threading.Timer(half, workers.kill, [0]).start()
    threading.Timer(half + 1, listed.name, [1, 2]).start()
    check(listed.spark, "q09")
    assert not workers.alive()[0]
    wait_for_tasks(listed.spark, 2)


def test_a_query_ends_here_when_none_comes(listed, workers):
    started = time.monotonic()
    check(listed.spark, "q09")
    threading.Timer((time.monotonic() - started) / 3, workers.kill, [0]).start()
    check(listed.spark, "q09")
    assert not workers.alive()[0]


def test_workers_are_told_to_the_server(workers, tpch):
    program = subprocess.Popen([sys.executable, FOLDER / "pushed_server.py"], env=environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        spark = session(SimpleNamespace(url=program.stdout.readline().strip()))
        tpch_bench.read_tables(spark, tpch)
        for numbers in ([], [0], [0, 1, 2], [2]):
            program.stdin.write(json.dumps([workers.addresses[number] for number in numbers]) + "\n")
            program.stdin.flush()
            assert program.stdout.readline() == "told\n"
            assert tasks_of(spark) == len(numbers)
            check(spark, "q06")
        program.stdin.write(json.dumps(["nowhere"]) + "\n")
        program.stdin.flush()
        assert "CLUSTER_ADDRESS.PYRITE" in program.stdout.readline()
        spark.stop()
    finally:
        program.stdin.close()
        program.wait(30)


@pytest.mark.parametrize("cluster, message", [
    ("nowhere", "flight+dns://name:port"),
    ("flight+dns://nowhere.invalid:31000", "--cluster-host"),
    ("flight+file:///nowhere/workers", "/nowhere/workers"),
    ("flight://127.0.0.1", "is not an address"),
])
def test_clusters_that_cannot_be(cluster, message):
    with pytest.raises(RuntimeError, match=re.escape(message)):
        Server("--cluster", cluster)
