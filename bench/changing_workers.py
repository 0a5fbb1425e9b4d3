"""Worker processes that come and go, for bench/soak.py: a list of them in a file, which `flight+file://` reads.

    with ChangingWorkers(4, until=time.time() + 60) as workers:
        Server("--cluster", workers.url)
        ...
        workers.left_behind()
"""
import random
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from server import environment
from workers import worker_command

EVERY = 15  # seconds between two changes
DRAIN_SECONDS = 120


class ChangingWorkers:
    """Between half of `count` and `count` workers. Until then one is lost, drained or added every few seconds."""

    def __init__(self, count, until):
        self._count = count
        self._until = until
        self._folder = tempfile.TemporaryDirectory(prefix="pyrite-workers-")
        self._list = Path(self._folder.name) / "workers"
        self._spill = Path(self._folder.name) / "spill"
        self._spill.mkdir()
        self._running = {}  # address -> process
        self._leaving = []
        self._problems = []
        self._counts = dict.fromkeys(["lost", "drained", "added"], 0)
        self._thread = threading.Thread(target=self._change, daemon=True)

    @property
    def url(self):
        return f"flight+file://{self._list}"

    def _add(self):
        command = worker_command("--spill-directory", str(self._spill), "--drain-seconds", str(DRAIN_SECONDS))
        process = subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if line := process.stdout.readline():
            self._running[line.split()[-1]] = process
            self._counts["added"] += 1
        else:
            self._problems.append(f"a worker did not start: {process.wait()}")

    def _write_list(self):
        part = self._list.with_suffix(".part")
        part.write_text("".join(f"{address}\n" for address in self._running))
        part.rename(self._list)

    def _remove(self, how):
        address = random.choice(list(self._running))
        process = self._running.pop(address)
        if how == "lost":  # it stays in the list until the next change, as with a machine that has just died
            process.kill()
        else:
            self._write_list()
            process.send_signal(signal.SIGTERM)
            self._leaving.append(process)
        self._counts[how] += 1

    def _change(self):
        while time.time() + EVERY < self._until:
            time.sleep(EVERY)
            may_remove = len(self._running) > (self._count + 1) // 2
            may_add = len(self._running) < self._count
            how = random.choice(["lost", "drained"] * may_remove + ["added"] * 2 * may_add)
            if how == "added":
                self._add()
                self._write_list()
            else:
                self._write_list()
                self._remove(how)
            self._problems += [f"a worker ended by itself: {process.returncode}" for process in self._running.values()
                               if process.poll() is not None]

    def left_behind(self):
        """Ends all workers; what was wrong with them, and the files that they have left."""
        self._thread.join()
        self._add()  # the next one on a machine removes what those have left that were lost
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in [*self._running.values(), *self._leaving]:
            if code := process.wait(DRAIN_SECONDS + 30):
                self._problems.append(f"a worker that was drained ended with {code}")
        left = [file for file in self._spill.rglob("*") if file.is_file()]
        print("soak: workers:", ", ".join(f"{count} {what}" for what, count in self._counts.items()))
        return self._problems + ([f"{len(left)} files left behind, the first: {left[0]}"] if left else [])

    def __enter__(self):
        for _ in range(self._count):
            self._add()
        self._write_list()
        self._thread.start()
        return self

    def __exit__(self, *_):
        for process in self._running.values():
            process.stdin.close()
        self._folder.cleanup()
