"""`pyrite workers`: what workers say of themselves."""
import re
import subprocess
import sys

from server import environment
from workers import Workers


def listed(*arguments):
    return subprocess.run([sys.executable, "-m", "pyrite", "workers", *arguments], env=environment(),
                          capture_output=True, text=True, timeout=60)


def test_each_worker_has_a_line():
    with Workers(2, "--memory-limit", "300MiB") as workers:
        done = listed("--cluster", workers.url)
        assert done.returncode == 0, done.stderr
        heading, *lines = done.stdout.splitlines()
        assert heading.split() == ["worker", "threads", "running", "waiting", "memory", "of", "outputs"]
        for address, line in zip(workers.addresses, lines, strict=True):
            assert re.fullmatch(rf"{address} +1 +0 +0 +\d+ MiB +300 MiB +0 MiB", line)
        workers.kill(1)
        done = listed("--cluster", workers.url)
        assert done.returncode == 1
        assert "is lost" in done.stdout.splitlines()[2]


def test_only_workers_that_run_by_themselves_are_listed():
    done = listed("--cluster", "local[2]")
    assert done.returncode == 2 and "flight://" in done.stderr
