"""`--cluster ray`: workers are actors, that Ray places, starts again, and adds nodes for.

ray               the Ray of RAY_ADDRESS or of this machine; without one, a Ray of the server's own
ray://auto        the first two only
ray://host:port   the Ray whose head listens there; this machine is one of its nodes

Ray carries the workers' addresses to the server, and nothing of a query: tasks and rows go between
the nodes themselves, over Arrow Flight. Its library is in a process beside the server (_ray_driver.py),
which it ends when the head of its cluster is gone.
"""

import importlib.util
import json
import secrets
import subprocess
import sys
import threading

from pyrite._settings import UsageError

PAUSE_SECONDS = 5  # before a driver that has ended is started again


class RayCluster:
    """The driver of the actors, and the thread that hears from it where they are, and starts it again."""

    def __init__(self, text, settings):
        if importlib.util.find_spec("ray") is None:
            raise UsageError("cluster: ray is not installed here. pip install 'pyrite[ray]'")
        # A Ray node is seldom on the loopback interface alone: its workers need a token.
        token = settings.get("token") or secrets.token_urlsafe(32)
        self._text = text
        self._settings = {**settings, "token": token}
        self._known = []  # addresses
        self._server = None
        self._lock = threading.Lock()  # of the two above
        self._stopping = threading.Event()
        self._driver = self._start()
        first = self._read()
        if "error" in first:
            self._driver.wait()
            raise RuntimeError(first["error"])
        self._known = first["workers"]
        self._thread = threading.Thread(target=self._run, name="pyrite-ray", daemon=True)
        self._thread.start()
        self.of_server = {"workers": "pushed", "cluster_host": first["host"], "cluster_token": token}

    def follow(self, server):
        with self._lock:
            self._server = server
            server.set_workers(self._known)

    def stop(self):
        self._stopping.set()
        self._driver.stdin.close()
        self._thread.join()

    def _start(self):
        command = [sys.executable, "-m", "pyrite", "ray"]
        driver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0)
        try:
            # Not as arguments, which all users see.
            print(json.dumps({"address": _address(self._text), "settings": self._settings}), file=driver.stdin, flush=True)
        except BrokenPipeError:  # it has ended already
            pass
        return driver

    def _read(self):
        line = self._driver.stdout.readline()
        return json.loads(line) if line else {"error": "the driver of the workers has ended"}

    def _run(self):
        """What is known stays while no driver is there: the workers may be there still, and are asked themselves."""
        said = None
        while not self._stopping.is_set():
            answer = self._read()
            if "workers" in answer:
                self._tell(answer["workers"])
                said = None
                continue
            self._driver.wait()
            if self._stopping.is_set():
                return
            if answer != said:
                print(f"pyrite: ray: {answer['error']}; it is tried again", file=sys.stderr, flush=True)
                said = answer
            self._stopping.wait(PAUSE_SECONDS)
            self._driver = self._start()
        self._driver.stdin.close()
        self._driver.wait()

    def _tell(self, workers):
        with self._lock:
            self._known = workers
            if self._server is not None:
                self._server.set_workers(workers)


def _address(text):
    """As ray.init takes it; None: any Ray, or a new one."""
    ray = sys.modules.get("ray")
    if ray is not None and ray.is_initialized():  # by the program
        return ray.get_runtime_context().gcs_address
    return text.partition("://")[2] or None
