"""`--cluster ray`: workers are actors, that Ray places, starts again, and adds nodes for.

ray               the Ray of RAY_ADDRESS or of this machine; without one, a Ray of the server's own
ray://auto        the first two only
ray://host:port   the Ray whose head listens there; this machine is one of its nodes

Ray carries the workers' addresses to the server, and nothing of a query: tasks and rows go between
the nodes themselves, over Arrow Flight.
"""

import atexit
import logging
import os
import secrets
import socket
import sys
import threading
import time

from pyrite import _ray_resources
from pyrite._ray_worker import PyriteWorker
from pyrite._settings import UsageError, cluster_tls

START_SECONDS = 120  # for the first worker: a node for it may have to be added
LOOK_SECONDS = 0.5
LATE_SECONDS = 5  # after which a worker that does not answer is not given tasks


class RayCluster:
    """The actors, and the thread that keeps their number and tells the server where they are.

    The thread is there from beginning to end: a Ray of the server's own ends with the thread that
    has started it.
    """

    def __init__(self, text, settings):
        self._settings = settings
        # A Ray node is seldom on the loopback interface alone: its workers need a token.
        self._token = settings.get("token") or secrets.token_urlsafe(32)
        self._addresses = {}  # actor -> where it is; None: it is not anywhere now
        self._asked = {}  # call -> its actor, since when
        self._start_after = 0  # others have just ended as they started
        self._known = []  # addresses, for other threads
        self._server = None
        self._error = None
        self._ready, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(text,), name="pyrite-ray", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            raise self._error
        atexit.register(self.stop)  # before Ray's own end, which its import has registered
        self.of_server = {"workers": "pushed", "cluster_host": self._host, "cluster_token": self._token}

    def follow(self, server):
        self._server = server
        server.set_workers(self._known)

    def stop(self):
        self._stopping.set()
        self._thread.join()

    def _run(self, text):
        is_own = False
        try:
            self._ray, is_own = _connect(text)
            self._host = self._settings.get("cluster_host") or self._ray.util.get_node_ip_address()
            self._wait_for_workers()
        except BaseException as error:  # raised again in the thread that waits
            self._error = error
        self._ready.set()
        if self._error is None:
            self._watch()
        for actor in self._addresses:
            self._ray.kill(actor)
        if is_own:
            self._ray.shutdown()

    def _wait_for_workers(self):
        """For all of them, or for some when the nodes for the others take their time."""
        end = time.monotonic() + START_SECONDS
        enough = time.monotonic() + START_SECONDS / 4
        while True:
            self._keep_number()
            self._look(must_start=True)
            there = len(self._known)
            if there and (there == len(self._addresses) or time.monotonic() > enough):
                return
            if time.monotonic() > end:
                raise RuntimeError(f"Ray has started no worker in {START_SECONDS} seconds: "
                                   f"{_ray_resources.shortage(self._ray, self._settings)}")
            time.sleep(LOOK_SECONDS)

    def _watch(self):
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self._keep_number()
                self._look()
            except Exception as error:  # the head is away: what is known stays, until it is back
                print(f"pyrite: ray: {error}", file=sys.stderr, flush=True)
                self._stopping.wait(LATE_SECONDS)
            if self._server is not None:
                self._server.set_workers(self._known)

    def _keep_number(self):
        wanted = self._settings.get("cluster_workers") or max(1, _ray_resources.cpus(self._ray))
        while len(self._addresses) < wanted and time.monotonic() > self._start_after:
            self._addresses[self._start()] = None
        away_first = sorted(self._addresses, key=lambda actor: self._addresses[actor] is not None)
        for actor in away_first[: len(self._addresses) - wanted]:
            self._ray.kill(actor)
            del self._addresses[actor]

    def _start(self):
        memory, limit = _ray_resources.memory(self._ray, self._settings)
        settings = {"token": self._token, "threads": 1, "memory_limit": limit, **cluster_tls(self._settings)}
        if self._settings.get("spill_directory"):
            settings["spill_directory"] = self._settings["spill_directory"]
        made = self._ray.remote(PyriteWorker).options(
            num_cpus=1, memory=memory, max_restarts=-1, scheduling_strategy="SPREAD")
        return made.remote(settings)

    def _look(self, must_start=False):
        """Asks the actors where they are; one call each is under way."""
        asked = {actor for actor, _ in self._asked.values()}
        for actor in self._addresses:
            if actor not in asked:
                self._asked[actor.address.remote()] = actor, time.monotonic()
        ready, late = self._ray.wait(list(self._asked), num_returns=len(self._asked), timeout=LOOK_SECONDS)
        for call in ready:
            actor, _ = self._asked.pop(call)
            if actor in self._addresses:
                self._answer(actor, call, must_start)
        for call in late:
            actor, since = self._asked[call]
            if actor not in self._addresses:
                del self._asked[call]
            elif time.monotonic() - since > LATE_SECONDS:
                self._addresses[actor] = None
        self._known = sorted(address for address in self._addresses.values() if address)

    def _answer(self, actor, call, must_start):
        errors = self._ray.exceptions
        try:
            self._addresses[actor] = self._ray.get(call)
        except errors.ActorUnavailableError:  # Ray starts it again
            self._addresses[actor] = None
        except errors.ActorDiedError as error:  # for good: it could not start, or somebody ended it
            del self._addresses[actor]
            if must_start:
                raise RuntimeError(f"a worker on Ray does not start: {error}") from None
            print(f"pyrite: ray: {error}", file=sys.stderr, flush=True)
            self._start_after = time.monotonic() + LATE_SECONDS


def _connect(text):
    """Ray, and whether this process has just connected to it."""
    try:
        import ray
    except ImportError:
        raise UsageError("cluster: ray is not installed here. pip install 'pyrite[ray]'") from None
    if ray.is_initialized():  # by the program
        return ray, False
    address = text.partition("://")[2] or None
    try:
        _check_head(address or "auto")
        ray.init(address=address, namespace="pyrite", log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        raise RuntimeError(f"no Ray cluster answers to {text}: {error}") from None
    return ray, True


def _check_head(address):
    """Ray itself tries for minutes."""
    if address == "auto":
        address = os.environ.get("RAY_ADDRESS", "")
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=5).close()
