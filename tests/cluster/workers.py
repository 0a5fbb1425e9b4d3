"""Worker processes for tests: on free ports of the loopback interface, one thread and an exchange of its own each.

    with Workers(3) as workers:
        with Server("--cluster", workers.url) as server: ...
        workers.kill(0)
"""
import contextlib
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import expected
import tpch as tpch_bench
from result_json import frame_json
from server import Server, environment


# Runs for minutes.
LONG = "SELECT count(*) FROM lineitem a JOIN lineitem b ON a.l_orderkey < b.l_orderkey + 3"


def worker_command(*arguments):
    return [sys.executable, "-m", "pyrite", "worker", "--threads", "1", *arguments, "--until-stdin-ends"]


def session(server):
    from pyspark.sql.connect.session import SparkSession

    return SparkSession.builder.remote(server.url).create()


@contextlib.contextmanager
def tables_on(cluster, tpch, *arguments, **options):
    """A session with the TPC-H tables as views, on a server of its own that runs queries on that cluster (a URL)."""
    with Server("--cluster", cluster, *arguments, **options) as server:
        spark = session(server)
        tpch_bench.read_tables(spark, tpch)
        yield spark
        spark.stop()


def check(spark, name):
    """A TPC-H query has the rows and the schema that were recorded."""
    expected.check(name, frame_json(spark.sql(tpch_bench.sql(name))), expected.read(name)["sql"])


def tasks_of(spark):
    """Tasks of a scan that is split: one for each thread of the workers that are there; 0: it would run in the server."""
    plan = spark.sql("EXPLAIN " + tpch_bench.sql("q01")).collect()[0][0]
    found = re.search(r"^stage 0: (\d+) tasks?,", plan, re.MULTILINE)
    return int(found[1]) if found else 0


def wait_for_tasks(spark, count, seconds=60):
    end = time.monotonic() + seconds
    while (found := tasks_of(spark)) != count:
        assert time.monotonic() < end, f"{found} tasks instead of {count}"
        time.sleep(0.2)


def logged(log, name=None):
    """The events (None: all) in a server's --query-log: those whose line is whole, as one may be written meanwhile."""
    lines = [json.loads(line) for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")]
    return [line for line in lines if name in (None, line["event"])]


def processes(*words):
    """The pids of those with all of these arguments."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:  # it has just ended
            continue
        if set(words) <= set(arguments):
            found.append(int(path.parent.name))
    return found


class Workers:
    def __init__(self, count, *arguments, prefix=(), exchanges=None):
        """`prefix`: what their command is given to. `exchanges`: names of their exchanges; None: one that nobody shares."""
        self._exchanges = [name or f"test-{secrets.token_hex(8)}" for name in exchanges or [None] * count]
        self._processes = [
            subprocess.Popen([*prefix, *worker_command("--exchange", name, *arguments)], env=environment(),
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for name in self._exchanges
        ]
        self.addresses = [process.stdout.readline().split()[-1] for process in self._processes]

    @property
    def url(self):
        return "flight://" + ",".join(self.addresses)

    @property
    def pids(self):
        return [process.pid for process in self._processes]

    def kill(self, number):
        """At once, as when its machine is lost."""
        self._processes[number].kill()
        self._processes[number].wait()

    def signal(self, number, what):
        self._processes[number].send_signal(what)

    def freeze(self, number):
        """It goes on existing, with its connections, and does nothing: as when its network is cut."""
        self.signal(number, signal.SIGSTOP)

    def thaw(self, number):
        self.signal(number, signal.SIGCONT)

    def exchange(self, number):
        """The pid of its exchange; None: it has none."""
        found = processes("exchange", self._exchanges[number])
        return max(found, default=None)

    def signal_exchange(self, number, what):
        os.kill(self.exchange(number), what)

    def wait(self, number, seconds=60):
        """Its exit code."""
        return self._processes[number].wait(seconds)

    def alive(self):
        return [process.poll() is None for process in self._processes]

    def stop(self):
        for process in self._processes:
            process.stdin.close()
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
        for process in self._processes:
            process.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
