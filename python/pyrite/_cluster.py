"""Where queries run: the setting `cluster`.

(empty)                    in the server's process
local[4]                   on four workers of this machine, processes of one thread each
flight://a:1,b:2           on workers that run already (`pyrite worker`)
flight+file://path         on those that a file names, one a line, which may change
flight+dns://name:31000    on all addresses of a name, which may change
ray, ray://auto            on actors of Ray (_ray.py)

A cluster has `of_server`, the settings of start_server that it makes; `follow`, called once the
server runs; and `stop`, called once it does not.
"""

import re
import socket
import subprocess
import sys

from pyrite import _exchange, _memory
from pyrite._settings import CLUSTER_TLS, UsageError, cluster_tls
from pyrite._worker import address

_LOCAL = re.compile(r"local\[([1-9]\d*)\]")
_RAY = re.compile(r"ray(://.+)?")


def make(settings):
    text = settings["cluster"]
    cluster_tls(settings)
    if local := _LOCAL.fullmatch(text):
        return LocalCluster(int(local[1]), settings)
    if _RAY.fullmatch(text):
        from pyrite._ray import RayCluster

        return RayCluster(text, settings)
    return FlightCluster(text, settings)


class FlightCluster:
    """Workers that others start."""

    def __init__(self, text, settings):
        host = settings.get("cluster_host") or _own_host(text)
        self.of_server = {"workers": text, "cluster_host": host, "cluster_token": settings.get("token", "")}

    def follow(self, server):
        pass

    def stop(self):
        pass


def _own_host(text):
    """The address of this machine that faces the workers: where the way to the first one begins."""
    try:
        host, port = address(_first_worker(text))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((host, port))
            return way.getsockname()[0]
    except OSError as error:
        raise UsageError(f"cluster: {text}: {error}. With --cluster-host it can be reached later") from None


def _first_worker(text):
    scheme, separator, place = text.partition("://")
    if not separator or scheme not in ("flight", "flight+file", "flight+dns"):
        raise UsageError(f"cluster: {text!r} is none of local[4], ray, ray://auto, flight://host:port,..., "
                         "flight+file://path, flight+dns://name:port")
    if scheme != "flight+file":
        return place.split(",")[0]
    with open(place) as file:
        lines = [line.strip() for line in file]
    for line in lines:
        if line and not line.startswith("#"):
            return line
    raise UsageError(f"cluster: {place} names no worker yet. Say --cluster-host, where workers reach this server")


class LocalCluster:
    """Workers of this machine, that begin and end with the server, and share its memory limit.

    What they say to each other does not leave the machine: TLS would protect nothing.
    """

    def __init__(self, count, settings):
        self._processes = []
        workers = self._start(count, settings)
        self.of_server = {"workers": "flight://" + ",".join(workers), "cluster_token": settings.get("token", "")}
        self.of_server |= dict.fromkeys(CLUSTER_TLS, "")

    def _start(self, count, settings):
        command = [sys.executable, "-m", "pyrite", "worker", "--threads", "1"]
        command += ["--memory-limit", _memory.share(settings.get("memory_limit"), count)]
        command += ["--cluster-tls-certificate=", "--cluster-tls-key=", "--cluster-tls-authority="]
        for name in ("spill_directory", "token"):
            if settings.get(name):
                command += ["--" + name.replace("_", "-"), settings[name]]
        command += ["--exchange", _exchange.own_name(), "--until-stdin-ends"]
        for _ in range(count):
            self._processes.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0))
        lines = [process.stdout.readline() for process in self._processes]
        if not all(lines):
            self.stop()
            raise RuntimeError("a worker of this machine does not start")
        return [line.split()[-1] for line in lines]

    def follow(self, server):
        pass

    def stop(self):
        for process in self._processes:
            process.stdin.close()
        for process in self._processes:
            process.wait()
