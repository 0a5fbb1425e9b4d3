"""Starts a server in this process and points the Spark client of this process at it."""

import atexit
import os
import sys

_CLIENT_SESSION = "pyspark.sql.session"


def start(settings):
    """A running server on a free port of this machine, stopped when the process ends."""
    from pyrite._native import start_server

    # The way to it does not leave the machine: a certificate would protect nothing.
    private = {"host": "127.0.0.1", "port": 0, "tls_certificate": "", "tls_key": ""}
    server = start_server(**{**settings, **private})
    # Registered before any of the client's handlers, so that it runs after them.
    atexit.register(server.stop)
    # With a token, the client insists on TLS to any other name than this.
    token = settings.get("token")
    os.environ["SPARK_REMOTE"] = (
        f"sc://localhost:{server.port}/;token={token}" if token else f"sc://127.0.0.1:{server.port}"
    )
    os.environ.pop("MASTER", None)
    _patch_client()
    return server


def _patch_client():
    """Makes the plain builder of an unchanged program work, whatever the client.

    PySpark's builder refuses a master beside SPARK_REMOTE; the Rust client's does not know
    SPARK_REMOTE. The builder is mended when its module is loaded, so that nothing of PySpark is
    imported before the program does.
    """
    if _CLIENT_SESSION in sys.modules:
        _patch(sys.modules[_CLIENT_SESSION])
    else:
        sys.meta_path.insert(0, _Finder())


def _patch(module):
    session = getattr(module, "SparkSession", None)
    if session is None:
        return
    builder = session.Builder
    if hasattr(builder, "_validate_startup_urls"):
        builder._validate_startup_urls = lambda self: None
    else:
        builder.getOrCreate = _with_remote(builder.getOrCreate)
        builder.create = _with_remote(builder.create)


def _with_remote(make):
    """`make`, on SPARK_REMOTE when the program names no server."""

    def make_with_remote(self):
        try:
            return make(self)
        except ValueError as error:
            if ".remote(" not in str(error):
                raise
        return make(self.remote(os.environ["SPARK_REMOTE"]))

    return make_with_remote


class _Finder:
    """Finds PySpark's session module as the others would, and patches it once it has run."""

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
                _patch(module)

            spec.loader.exec_module = exec_module
        return spec
