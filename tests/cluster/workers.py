"""Worker processes for tests: on free ports of the loopback interface, one thread each.

    with Workers(3) as workers:
        with Server("--cluster", workers.url) as server: ...
        workers.kill(0)
"""
import subprocess
import sys

from server import environment


def session(server):
    from pyspark.sql.connect.session import SparkSession

    return SparkSession.builder.remote(server.url).create()


class Workers:
    def __init__(self, count, *arguments):
        command = [sys.executable, "-m", "pyrite", "worker", "--threads", "1", *arguments, "--until-stdin-ends"]
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

    def alive(self):
        return [process.poll() is None for process in self._processes]

    def stop(self):
        for process in self._processes:
            process.stdin.close()
        for process in self._processes:
            process.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
