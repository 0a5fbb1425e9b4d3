"""`pyrite worker`: runs tasks of other nodes' queries until a signal comes."""

import os
import signal
import sys
import threading

from pyrite._settings import UsageError

UNTIL_STDIN_ENDS = "--until-stdin-ends"  # for whoever starts workers of its own



def run(own, settings):
    """`own`: what take_flags found; `settings`: those of the engine."""
    from pyrite import _settings
    from pyrite._native import start_worker

    stop = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: only the wait below takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    host, port = address(own.get("--listen", "127.0.0.1:0"))
    token = settings.get("token", "")
    worker = start_worker(host=host, port=port, token=token, **_settings.of_engine(settings))
    print(f"Pyrite worker at {worker.address}", flush=True)
    if UNTIL_STDIN_ENDS in own:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    signal.sigwait(stop)
    worker.stop()
    return 0


def _end_with_stdin():
    """Whoever started this worker is gone when its end of the pipe closes."""
    sys.stdin.buffer.read()
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
