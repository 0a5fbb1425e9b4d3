"""Worker processes for tests: on free ports of the loopback interface, one thread each.

    with Workers(3) as workers:
        with Server("--cluster", workers.url) as server: ...
        workers.kill(0)
"""
import re
import signal
import subprocess
import sys
import time

import tpch as tpch_bench
from server import environment


# Runs for minutes.
LONG = "SELECT count(*) FROM lineitem a JOIN lineitem b ON a.l_orderkey < b.l_orderkey + 3"


def worker_command(*arguments):
    return [sys.executable, "-m", "pyrite", "worker", "--threads", "1", *arguments, "--until-stdin-ends"]


def session(server):
    from pyspark.sql.connect.session import SparkSession

    return SparkSession.builder.remote(server.url).create()


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


class Workers:
    def __init__(self, count, *arguments):
        command = worker_command(*arguments)
        self._processes = [
            subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        self.addresses = [process.stdout.readline().split()[-1] for process in self._processes]

    @property
    def url(self):
        return "flight://" + ",".join(self.addresses)

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
