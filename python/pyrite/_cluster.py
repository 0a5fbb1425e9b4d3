"""Where queries run: the setting `cluster`.

(empty)            in the server's process
local[4]           on four workers of this machine, processes of one thread each
flight://a:1,b:2   on workers that run already (`pyrite worker`)
"""

import re
import subprocess
import sys

from pyrite._settings import UsageError
from pyrite._worker import address

_FLIGHT = "flight://"
_LOCAL = re.compile(r"local\[(\d+)\]")


class Cluster:
    """The workers of a server, and those among them that it has started itself."""

    def __init__(self, text, settings):
        self._processes = []
        local = _LOCAL.fullmatch(text)
        if local and int(local[1]) > 0:
            self.workers = self._start(int(local[1]), settings)
        elif text.startswith(_FLIGHT):
            self.workers = [part.strip() for part in text[len(_FLIGHT):].split(",") if part.strip()]
            for worker in self.workers:
                address(worker)
        else:
            raise UsageError(f"cluster: {text!r} is none of local[4] and flight://host:port,host:port")

    def _start(self, count, settings):
        command = [sys.executable, "-m", "pyrite", "worker", "--threads", "1"]
        for name in ("memory_limit", "spill_directory", "token"):
            if settings.get(name):
                command += ["--" + name.replace("_", "-"), settings[name]]
        command.append("--until-stdin-ends")
        for _ in range(count):
            self._processes.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        lines = [process.stdout.readline() for process in self._processes]
        if not all(lines):
            self.stop()
            raise RuntimeError("a worker of this machine does not start")
        return [line.split()[-1] for line in lines]

    def stop(self):
        for process in self._processes:
            process.stdin.close()
        for process in self._processes:
            process.wait()


def take(settings):
    """The settings as start_server takes them, and the cluster; None without one."""
    settings = dict(settings)
    text = settings.pop("cluster", "")
    if not text:
        return settings, None
    cluster = Cluster(text, settings)
    return settings | {"workers": ",".join(cluster.workers)}, cluster
