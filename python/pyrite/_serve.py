"""`pyrite server`: serves until a signal comes."""

import os
import signal
import threading

STOP_SECONDS = 2  # that the server has for ending what runs


def run(settings):
    from pyrite import _settings
    from pyrite._native import start_server

    stop = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: only the wait below takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    own, cluster = _settings.of_server(settings)
    server = start_server(**{"port": 15002, **own})
    if cluster is not None:
        cluster.follow(server)
    host = settings.get("host", "127.0.0.1")
    print(f"Pyrite serves Spark Connect at sc://{host}:{server.port}", flush=True)
    signal.sigwait(stop)
    _stop(server, stop)
    if cluster is not None:
        cluster.stop()
    return 0


def _stop(server, signals):
    def end_at_once(*_):
        server.abandon()
        os._exit(1)

    for number in signals:  # a second one does not wait for what runs
        signal.signal(number, end_at_once)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
    stopping = threading.Thread(target=server.stop, daemon=True)
    stopping.start()
    stopping.join(STOP_SECONDS)
    if stopping.is_alive():
        end_at_once()
