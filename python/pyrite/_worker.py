"""`pyrite worker`: runs tasks of other nodes' queries until a signal comes.

After the first signal it takes no more tasks, ends those that run, and waits until no query reads
what they have made; a second one ends it at once. What they have made is kept by another process
of the machine (_exchange.py).
"""

import os
import signal
import sys
import threading

from pyrite._settings import UsageError

UNTIL_STDIN_ENDS = "--until-stdin-ends"  # for whoever starts workers of its own
LISTEN, EXCHANGE, EXCHANGE_PORT = "--listen", "--exchange", "--exchange-port"
DRAIN_SECONDS = 300
LOOK_SECONDS = 0.1


def run(own, settings):
    """`own`: what take_flags found; `settings`: those of the engine."""
    from pyrite import _exchange, _settings

    stop = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: only the wait below takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    host, port = address(own.get(LISTEN, "127.0.0.1:0"))
    tls = _settings.cluster_tls(settings)
    exchange = _exchange.Hold(own.get(EXCHANGE) or _exchange.own_name(), host, own.get(EXCHANGE_PORT, 0), settings)
    from pyrite._native import start_worker  # while the exchange starts

    worker = start_worker(host=host, port=port, token=settings.get("token", ""), **tls, **_settings.of_engine(settings))
    exchange.follow(worker)
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
    exchange.close(is_over=gone.is_set())
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
    own |= take_values(rest, LISTEN, EXCHANGE, EXCHANGE_PORT)
    if EXCHANGE_PORT in own:
        own[EXCHANGE_PORT] = whole(EXCHANGE_PORT, own[EXCHANGE_PORT])
    return own, rest


def take_values(arguments, *flags):
    """{flag: value} of those that are there; they are no longer in `arguments` then."""
    found = {}
    for flag in flags:
        if flag in arguments:
            at = arguments.index(flag)
            if at + 1 == len(arguments):
                raise UsageError(f"{flag} needs a value")
            found[flag] = arguments[at + 1]
            del arguments[at : at + 2]
    return found


def whole(flag, text):
    if not text.isdigit():
        raise UsageError(f"{flag}: {text!r} is not a number")
    return int(text)


def address(text):
    """("host", port) of "host:port"."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit():
        raise UsageError(f"{text!r} is not an address as 10.0.0.7:31000")
    return host, int(port)
