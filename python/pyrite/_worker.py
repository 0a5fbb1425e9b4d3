"""`pyrite worker`: runs tasks of other nodes' queries until a signal comes.

After the first signal it takes no more tasks, ends those that run, and keeps what they have made
for the queries that read it; a second one ends it at once.
"""

import os
import signal
import sys
import threading

from pyrite._settings import UsageError

UNTIL_STDIN_ENDS = "--until-stdin-ends"  # for whoever starts workers of its own
DRAIN_SECONDS = 300
LOOK_SECONDS = 0.1



def run(own, settings):
    """`own`: what take_flags found; `settings`: those of the engine."""
    from pyrite import _settings
    from pyrite._native import start_worker

    stop = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: only the wait below takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    host, port = address(own.get("--listen", "127.0.0.1:0"))
    token = settings.get("token", "")
    worker = start_worker(host=host, port=port, token=token, **_settings.cluster_tls(settings),
                          **_settings.of_engine(settings))
    print(f"Pyrite worker at {worker.address}", flush=True)
    gone = threading.Event()
    if UNTIL_STDIN_ENDS in own:
        threading.Thread(target=_end_with_stdin, args=(gone,), daemon=True).start()
    signal.sigwait(stop)
    draining = threading.Thread(target=worker.drain, args=(settings.get("drain_seconds", DRAIN_SECONDS),))
    if not gone.is_set():
        print("Pyrite worker takes no more tasks", file=sys.stderr, flush=True)
        draining.start()
    # Until nobody needs the worker, its time is up, or another signal comes.
    while draining.is_alive() and signal.sigtimedwait(stop, LOOK_SECONDS) is None:
        pass
    worker.stop()
    return 0


def _end_with_stdin(gone):
    """Whoever started this worker is gone when its end of the pipe closes."""
    while os.read(sys.stdin.fileno(), 4096):  # not through sys.stdin, whose lock would outlive the main thread
        pass
    gone.set()
    os.kill(os.getpid(), signal.SIGTERM)  # to the process: this thread has the signal blocked


def take_flags(arguments):
    """The flags that only a worker has, and the arguments without them."""
    own, rest = {}, list(arguments)
    if UNTIL_STDIN_ENDS in rest:
        rest.remove(UNTIL_STDIN_ENDS)
        own[UNTIL_STDIN_ENDS] = True
    if "--listen" in rest:
        at = rest.index("--listen")
        if at + 1 == len(rest):
            raise UsageError("--listen needs a value")
        own["--listen"] = rest[at + 1]
        del rest[at : at + 2]
    return own, rest


def address(text):
    """("host", port) of "host:port"."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit():
        raise UsageError(f"{text!r} is not an address as 10.0.0.7:31000")
    return host, int(port)
