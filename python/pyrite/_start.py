"""Starts a server in this process and points the Spark client of this process at it."""

import _socket  # `socket` itself takes 3 ms to import, and the client does not need it
import atexit
import os
import sys
import threading

HOST = "127.0.0.1"
_CLIENT_SESSION = "pyspark.sql.session"


def start(settings):
    """A running server on a free port of this machine, stopped when the process ends."""
    return begin(settings).server()


def begin(settings):
    """Starts the server while this thread goes on; the first use of the client waits for it.

    What a program imports takes as long as the server's start: together they take half.
    """
    starting = Starting(settings)
    # Registered before any of the client's handlers, so that it runs after them.
    atexit.register(starting.stop)
    # With a token, the client insists on TLS to any other name than this.
    token = settings.get("token")
    os.environ["SPARK_REMOTE"] = (
        f"sc://localhost:{starting.port}/;token={token}" if token else f"sc://127.0.0.1:{starting.port}"
    )
    os.environ.pop("MASTER", None)
    _patch_client(starting)
    return starting


class Starting:
    """A server that starts on a thread of its own; its `port` is known from the beginning."""

    def __init__(self, settings):
        # Held until the server listens beside it: nobody else is given the port meanwhile.
        self._reserved = _socket.socket()
        self._reserved.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEPORT, 1)
        self._reserved.bind((HOST, 0))
        self.port = self._reserved.getsockname()[1]
        self._server = None
        self._cluster = None
        self._error = None
        self._thread = threading.Thread(target=self._start, args=(settings,), name="pyrite-start")
        self._thread.start()

    def server(self):
        """The server, once it serves; raises RuntimeError if it could not start."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._server

    def stop(self):
        self._thread.join()
        # The client's patched classes know this object to the end of the process: the server goes now.
        server, self._server = self._server, None
        if server is not None:
            server.stop()
        if self._cluster is not None:
            self._cluster.stop()

    def _start(self, settings):
        _grow_heap()
        try:
            from pyrite import _settings

            start_server = _native_module().start_server
            own, self._cluster = _settings.of_server(settings)
            # The way to it does not leave the machine: a certificate would protect nothing.
            private = {"host": HOST, "port": self.port, "port_reserved": True, "tls_certificate": "", "tls_key": ""}
            self._server = start_server(**{**own, **private})
            if self._cluster is not None:
                self._cluster.follow(self._server)
        except Exception as error:  # raised again in the thread that waits
            self._error = error
        finally:
            self._reserved.close()


def _grow_heap():
    """Grows the heap that glibc gives this thread by 16 MiB at once, not by a page at a time.

    The first block is mapped and, once freed, raises the size from which blocks are mapped
    (mallopt(3), M_MMAP_THRESHOLD); the second comes from the heap. Neither is touched.
    """
    bytes(16 << 20)
    bytes((16 << 20) - 4096)


def _native_module():
    """`pyrite._native`, linked lazily: of the functions that its libraries call, few are called here."""
    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        from pyrite import _native
    finally:
        sys.setdlopenflags(flags)
    return _native


def _patch_client(starting):
    """Makes the plain builder of an unchanged program work, whatever the client.

    PySpark's builder refuses a master beside SPARK_REMOTE; the Rust client's does not know
    SPARK_REMOTE. The builder is mended when its module is loaded, so that nothing of PySpark is
    imported before the program does; there the program waits for the server.
    """
    if _CLIENT_SESSION in sys.modules:
        _patch(sys.modules[_CLIENT_SESSION], starting)
    else:
        sys.meta_path.insert(0, _Finder(starting))


def _patch(module, starting):
    session = getattr(module, "SparkSession", None)
    if session is None:
        return
    builder = session.Builder
    if hasattr(builder, "_validate_startup_urls"):
        builder._validate_startup_urls = lambda self: None
        # This client connects from other modules too, all of which load this one.
        _wait(starting)
    else:
        builder.getOrCreate = _with_remote(builder.getOrCreate, starting)
        builder.create = _with_remote(builder.create, starting)


def _with_remote(make, starting):
    """`make`, on SPARK_REMOTE when the program names no server."""

    def make_with_remote(self):
        _wait(starting)
        try:
            return make(self)
        except ValueError as error:
            if ".remote(" not in str(error):
                raise
        return make(self.remote(os.environ["SPARK_REMOTE"]))

    return make_with_remote


def _wait(starting):
    try:
        starting.server()
    except RuntimeError as error:
        # Not the program's mistake: none of its handlers, and no traceback through its lines.
        raise SystemExit(f"pyrite: {error}") from None


class _Finder:
    """Finds PySpark's session module as the others would, and patches it once it has run."""

    def __init__(self, starting):
        self._starting = starting

    def find_spec(self, name, path=None, target=None):
        if name != _CLIENT_SESSION:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                _patch(module, self._starting)

            spec.loader.exec_module = exec_module
        return spec
