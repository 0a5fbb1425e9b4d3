"""`pyrite ray`, which a server on Ray starts: the driver of the actors that are its workers.

The first line of its input is {"address": ..., "settings": {...}}; it ends, and its actors with it, when
its input does. It says {"host": ..., "workers": ["host:port", ...]} once there are workers and whenever
they are others, or {"error": ...} before it ends.
"""

import json
import logging
import os
import socket
import sys
import threading
import time

from pyrite import _ray_resources
from pyrite._ray_worker import PyriteWorker
from pyrite._settings import cluster_tls

START_SECONDS = 120  # for the first worker: a node for it may have to be added
LOOK_SECONDS = 0.5
LATE_SECONDS = 5  # after which a worker that does not answer is not given tasks


def run():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Ray itself prints
    asked = json.loads(sys.stdin.readline())
    stopping = threading.Event()
    threading.Thread(target=_wait_for_end, args=(stopping,), daemon=True).start()

    def say(answer):
        print(json.dumps(answer), file=answers, flush=True)

    try:
        settings = asked["settings"]
        ray = _connect(asked["address"], settings["cluster"])
        actors = _Actors(ray, settings)
        host = settings.get("cluster_host") or ray.util.get_node_ip_address()
        try:
            _wait_for_workers(actors, stopping)
            _watch(actors, stopping, lambda workers: say({"host": host, "workers": workers}))
        finally:
            actors.end()
            ray.shutdown()
    except BrokenPipeError:  # the server is gone
        return 1
    except RuntimeError as error:
        say({"error": str(error)})
        return 1
    return 0


def _wait_for_end(stopping):
    while os.read(0, 4096):  # not through sys.stdin, whose lock would outlive the main thread
        pass
    stopping.set()


def _wait_for_workers(actors, stopping):
    """For all of them, or for some when the nodes for the others take their time."""
    end = time.monotonic() + START_SECONDS
    enough = time.monotonic() + START_SECONDS / 4
    while not stopping.is_set():
        actors.keep_number()
        actors.look(must_start=True)
        there = len(actors.addresses())
        if there and (actors.are_all_there() or time.monotonic() > enough):
            return
        if time.monotonic() > end:
            raise RuntimeError(f"Ray has started no worker in {START_SECONDS} seconds: {actors.shortage()}")
        stopping.wait(LOOK_SECONDS)


def _watch(actors, stopping, say):
    said = None
    while not stopping.is_set():
        addresses = actors.addresses()
        if addresses != said:
            say(addresses)
            said = addresses
        stopping.wait(LOOK_SECONDS)
        try:
            actors.keep_number()
            actors.look()
        except Exception as error:  # the head is away: what is known stays, until it is back
            print(f"pyrite: ray: {error}", file=sys.stderr, flush=True)
            stopping.wait(LATE_SECONDS)


class _Actors:
    """Those that run, or are to."""

    def __init__(self, ray, settings):
        self._ray = ray
        self._settings = settings
        self._addresses = {}  # actor -> where it is; None: it is not anywhere now
        self._asked = {}  # call -> its actor, since when
        self._start_after = 0  # others have just ended as they started

    def addresses(self):
        return sorted(address for address in self._addresses.values() if address)

    def are_all_there(self):
        return all(self._addresses.values())

    def shortage(self):
        return _ray_resources.shortage(self._ray, self._settings)

    def keep_number(self):
        wanted = self._settings.get("cluster_workers") or max(1, _ray_resources.cpus(self._ray))
        while len(self._addresses) < wanted and time.monotonic() > self._start_after:
            self._addresses[self._start()] = None
        away_first = sorted(self._addresses, key=lambda actor: self._addresses[actor] is not None)
        for actor in away_first[: len(self._addresses) - wanted]:
            self._ray.kill(actor)
            del self._addresses[actor]

    def look(self, must_start=False):
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

    def end(self):
        for actor in self._addresses:
            self._ray.kill(actor)

    def _start(self):
        memory, limit = _ray_resources.memory(self._ray, self._settings)
        settings = {"token": self._settings["token"], "threads": 1, "memory_limit": limit, **cluster_tls(self._settings)}
        if self._settings.get("spill_directory"):
            settings["spill_directory"] = self._settings["spill_directory"]
        made = self._ray.remote(PyriteWorker).options(
            num_cpus=1, memory=memory, max_restarts=-1, scheduling_strategy="SPREAD")
        return made.remote(settings)

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


def _connect(address, said_as):
    import ray

    try:
        _check_head(address or "auto")
        ray.init(address=address, namespace="pyrite", log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        raise RuntimeError(f"no Ray cluster answers to {said_as}: {error}") from None
    return ray


def _check_head(address):
    """Ray itself tries for minutes."""
    if address == "auto":
        address = os.environ.get("RAY_ADDRESS", "")
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=5).close()
