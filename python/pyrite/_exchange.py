"""The exchange: a process of each node that keeps what the node's workers have made, for whoever reads it.

A worker that dies takes no finished output with it. The first worker of a name starts the exchange of that name, others
of the same machine find it: by a socket that has no file, and that each of them holds a connection to. It ends when no
worker does so any more and no query needs what it keeps.
"""

import os
import resource
import secrets
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

from pyrite._settings import CLUSTER_TLS, cluster_tls

START_SECONDS = 30
LOOK_SECONDS = 0.5  # for queries that are over, once no worker is left
TURN_SECONDS = 0.02  # until it is looked again whether another worker has started it
PAUSE_SECONDS = 1  # before an exchange that could not start is tried again
OVER = b"x"  # what a worker says that knows that nobody reads any more
_SETTINGS = ("token", "spill_directory", *CLUSTER_TLS)


def own_name():
    """Of an exchange that nobody shares."""
    return secrets.token_hex(8)


def _socket_name(name):
    # Processes of other namespaces and users could not open what is kept.
    namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    return f"\0pyrite-exchange-{os.geteuid()}-{namespace}-{name}"


def _is_own(connection):
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return user == os.geteuid()


class Hold:
    """A worker's connection to its node's exchange, made again with a new one when that is lost."""

    def __init__(self, name, host, port, settings):
        """Begins at once, on a thread of its own."""
        self._name = name
        self._command = [sys.executable, "-m", "pyrite", "exchange", "--name", name, "--listen", f"{host}:{port}"]
        self._environment = _environment(settings)
        self._connection = None
        self._worker = None
        self._address = ""
        self._error = None
        self._closed = False
        self._lock = threading.Lock()
        self._first = threading.Event()
        threading.Thread(target=self._run, name="pyrite-exchange", daemon=True).start()

    def follow(self, worker):
        """Tells the worker where the exchange is, now and whenever that changes."""
        self._first.wait()
        if self._error is not None:
            raise self._error
        with self._lock:
            self._worker = worker
            worker.set_exchange(self._address)

    def close(self, is_over=False):
        """`is_over`: nobody reads any more what this machine's workers have made."""
        with self._lock:
            self._closed, self._worker = True, None
            if self._connection is not None:
                _let_go(self._connection, OVER if is_over else b"")

    def _run(self):
        while not self._closed:
            try:
                connection, address = self._connect()
            except (OSError, RuntimeError) as error:
                if not self._first.is_set():
                    self._error = RuntimeError(f"the exchange does not start: {error}")
                    self._first.set()
                    return
                print(f"pyrite: the exchange does not start again: {error}", file=sys.stderr, flush=True)
                time.sleep(PAUSE_SECONDS)
                continue
            self._tell(connection, address)
            self._first.set()
            _wait_for_end(connection)
            self._tell(None, "")

    def _tell(self, connection, address):
        with self._lock:
            self._connection, self._address = connection, address
            if self._worker is not None:
                self._worker.set_exchange(address)
            if self._closed and connection is not None:
                _let_go(connection, b"")

    def _connect(self):
        """The connection, and the address that the exchange says."""
        end = time.monotonic() + START_SECONDS
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(_socket_name(self._name))
                if not _is_own(connection):
                    raise RuntimeError("its name is taken by another user")
                connection.settimeout(START_SECONDS)
                with connection.makefile() as lines:
                    said = lines.readline().strip()
                connection.settimeout(None)
            except ConnectionError:  # there is none, or it ends
                said = ""
            if said.startswith("!"):
                raise RuntimeError(said[1:])
            if said:
                return connection, said
            connection.close()
            if time.monotonic() > end:
                raise RuntimeError(f"it has not answered for {START_SECONDS} seconds")
            self._start()

    def _start(self):
        with socket.socket(socket.AF_UNIX) as turn:
            try:
                turn.bind(_socket_name(self._name) + "-turn")
            except OSError:  # another worker starts it
                time.sleep(TURN_SECONDS)
                return
            subprocess.run(self._command, env=self._environment, stdin=subprocess.DEVNULL, check=False)


def _environment(settings):
    """The worker's settings as variables: a token has no place among arguments, which all users see."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    variables = {"PYRITE_" + name.upper(): settings.get(name) or "" for name in _SETTINGS}
    return os.environ | variables | {"PYTHONPATH": path}


def _let_go(connection, last_words):
    try:
        connection.sendall(last_words)
        connection.shutdown(socket.SHUT_RDWR)  # another thread may wait in it
    except OSError:  # it is gone
        pass
    connection.close()


def _wait_for_end(connection):
    try:
        while connection.recv(1):
            pass
    except OSError:  # closed by this process
        pass


def run(name, host, port, settings):
    """`pyrite exchange`: returns at once, and leaves the exchange behind as a process of its own."""
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.bind(_socket_name(name))
    except OSError:  # another worker has just started it
        return 0
    listening.listen(128)
    if os.fork():
        return 0
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # whoever reads the worker's output need not wait for this process
        os.dup2(nowhere, stream)
    _serve(listening, host, port, settings)
    return 0


def _serve(listening, host, port, settings):
    from pyrite._native import start_exchange

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each output is an open file
    workers = _Workers(listening)
    try:
        exchange = start_exchange(host=host, port=port, token=settings.get("token", ""), **cluster_tls(settings),
                                  spill_directory=settings.get("spill_directory", ""))
    except RuntimeError as error:
        workers.greet(f"!{error}", START_SECONDS)
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A service that is stopped has all of its processes told so: this one is needed while workers drain.
    signal.signal(signal.SIGTERM, lambda *_: workers.end())
    workers.greet(exchange.address, START_SECONDS)
    while workers or (exchange.outputs and not workers.are_over):
        exchange.set_workers(len(workers))
        workers.look(LOOK_SECONDS)
    listening.close()
    exchange.stop()


class _Workers:
    """The connections that workers hold, each told the same line at its beginning."""

    def __init__(self, listening):
        self.are_over = False
        self._listening = listening
        self._line = b""
        self._held = []

    def __len__(self):
        return len(self._held)

    def greet(self, line, seconds):
        """Until the first of them is there; it has that time."""
        self._line = f"{line}\n".encode()
        end = time.monotonic() + seconds
        while not self._held and time.monotonic() < end:
            self.look(LOOK_SECONDS)

    def look(self, seconds):
        for ready in select.select([self._listening, *self._held], [], [], seconds)[0]:
            if ready is self._listening:
                self._accept()
            else:
                self._read(ready)

    def end(self):
        """What is kept is of no use any more once no worker is there."""
        self.are_over = True

    def _accept(self):
        connection, _ = self._listening.accept()
        try:
            if not _is_own(connection):
                raise OSError
            connection.sendall(self._line)
        except OSError:
            connection.close()
            return
        self._held.append(connection)

    def _read(self, connection):
        try:
            said = connection.recv(1)
        except OSError:
            said = b""
        if said == OVER:
            self.are_over = True
        if not said:
            connection.close()
            self._held.remove(connection)
