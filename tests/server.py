"""A Pyrite server in a process of its own, for tests and benchmarks.

    with Server() as server:
        SparkSession.builder.remote(server.url)
"""
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each in an environment of its own: both install a package named pyspark.
CLIENTS = {"pyspark-client": ROOT / ".venv/bin/python", "pyspark-client-rust": ROOT / ".venv-rust/bin/python"}
# The second needs the C++ library loaded beside it: Python itself does not.
SANITIZERS = {"debug": ["libasan.so", "libstdc++.so"], "tsan": ["libtsan.so", "libstdc++.so"]}
URL = re.compile(r"sc://[\w.\-]+:\d+")


def environment():
    """This checkout's package first, whatever is installed.

    PYRITE_TEST_BUILD=debug or tsan: the package of that build, whose sanitizer must be loaded before all else.
    """
    build = os.environ.get("PYRITE_TEST_BUILD")
    if not build:
        return os.environ | {"PYTHONPATH": str(ROOT / "python"), "PYTHONUNBUFFERED": "1"}
    names = SANITIZERS[build]
    libraries = [subprocess.check_output(["g++", f"-print-file-name={name}"], text=True).strip() for name in names]
    options = {
        "ASAN_OPTIONS": "detect_leaks=0:detect_container_overflow=0:detect_odr_violation=0",
        "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
        "TSAN_OPTIONS": f"suppressions={ROOT / 'tests/tsan_suppressions.txt'}:ignore_noninstrumented_modules=1",
    }
    return os.environ | options | {"PYTHONPATH": str(ROOT / "build" / build / "python"), "PYTHONUNBUFFERED": "1",
                                   "LD_PRELOAD": " ".join(libraries)}


class Server:
    """`pyrite server` on a free port of the loopback interface, in a folder of its own. The `url` is what it printed."""

    def __init__(self, *arguments, python=sys.executable, start_seconds=30):
        self._log = tempfile.NamedTemporaryFile("w+", prefix="pyrite-server-", suffix=".log")
        command = [python, "-m", "pyrite", "server", "--port", "0", *arguments]
        self._folder = tempfile.TemporaryDirectory(prefix="pyrite-server-")  # spark-warehouse comes here
        self.process = subprocess.Popen(command, env=environment(), cwd=self._folder.name, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self._log, text=True)
        self.url = None
        self._ready = threading.Event()
        threading.Thread(target=self._read_output, daemon=True).start()
        if not self._ready.wait(start_seconds) or self.url is None:
            self.stop()
            raise RuntimeError(f"the server did not start: {self.errors()}")

    def _read_output(self):
        for line in self.process.stdout:
            if self.url is None and (found := URL.search(line)):
                self.url = found.group()
                self._ready.set()
        self._ready.set()

    @property
    def pid(self):
        return self.process.pid

    def alive(self):
        return self.process.poll() is None

    def errors(self):
        """The end of what the server wrote to stderr."""
        return Path(self._log.name).read_text()[-4000:]

    def stop(self):
        if self.alive():
            self.process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + 10
            while self.alive() and time.monotonic() < deadline:
                time.sleep(0.05)
            self.process.kill()
        self.process.wait()
        self._folder.cleanup()
        report = Path(self._log.name).read_text()
        if "Sanitizer:" in report:
            raise AssertionError(f"the server's sanitizer reports:\n{report[:20000]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
