"""`pyrite doctor`: says what works here, and what to do about what does not."""

import os
import platform
import socket
import sys
import tempfile

GOOD, BAD = "ok", "!!"


class Report:
    def __init__(self):
        self.sound = True

    def line(self, good, subject, text):
        self.sound = self.sound and good
        print(f"{GOOD if good else BAD}  {subject:<10}{text}")


def run(overrides):
    """Prints what it finds; gives 0 when nothing is wrong."""
    from pyrite import _settings

    report = Report()
    report.line(True, "python", f"{platform.python_version()} at {sys.executable}")
    report.line(True, "machine", f"{platform.platform()}, {os.cpu_count()} cores, {_memory()}")
    settings = _check_settings(report, _settings, overrides)
    if _check_native(report) and settings is not None:
        _check_spill(report, settings)
        _check_port(report, settings)
        _check_engine(report, _settings.of_engine(settings))
        _check_client(report, settings)
    print("All is well." if report.sound else "See the lines with !! above.")
    return 0 if report.sound else 1


def _memory():
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / (1 << 30):.1f} GiB of memory"


def _check_settings(report, module, overrides):
    try:
        found = module.sources(overrides)
    except module.UsageError as error:
        report.line(False, "settings", str(error))
        return None
    for name, (value, said_by) in found.items():
        shown = "***" if name == "token" else value
        report.line(True, "settings", f"{name} = {shown}  ({said_by})")
    if not found:
        report.line(True, "settings", "all are the defaults")
    return {name: value for name, (value, _) in found.items()}


def _check_native(report):
    try:
        from pyrite import _native
    except ImportError as error:
        report.line(False, "pyrite", f"the native module does not load: {error}")
        return False
    report.line(True, "pyrite", f"{_native.__version__}")
    return True


def _check_spill(report, settings):
    folder = settings.get("spill_directory") or tempfile.gettempdir()
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        room = os.statvfs(folder)
    except OSError as error:
        report.line(False, "disk", f"nothing can be written to {folder}: {error.strerror}. Set --spill-dir")
        return
    report.line(True, "disk", f"{room.f_bavail * room.f_frsize / (1 << 30):.1f} GiB free in {folder}")


def _check_port(report, settings):
    host, port = settings.get("host", "127.0.0.1"), settings.get("port", 15002)
    try:
        with socket.create_server((host, port)) as listening:
            port = listening.getsockname()[1] if settings.get("port") == 0 else port
    except OSError as error:
        report.line(False, "port", f"{host}:{port} cannot be listened on: {error.strerror}. Set --port")
        return
    report.line(True, "port", f"{host}:{port} is free")


def _check_engine(report, settings):
    from pyrite._native import LocalSession

    try:
        shown = LocalSession(**settings).show("SELECT sum(id) AS total FROM range(1000000)")
    except RuntimeError as error:
        report.line(False, "engine", str(error))
        return
    report.line("499999500000" in shown, "engine", "runs queries")


def _check_client(report, settings):
    import importlib.metadata as metadata

    names = [name for name in ("pyspark-client", "pyspark-client-rust", "pyspark") if _version(metadata, name)]
    if not names:
        report.line(False, "client", "no Spark Connect client is installed. Try pip install pyspark-client")
        return
    said = ", ".join(f"{name} {_version(metadata, name)}" for name in names)
    from pyrite import _start

    server = _start.start(settings)
    try:
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.getOrCreate()
        rows = spark.range(3).count()
        spark.stop()
    except Exception as error:  # whatever a broken installation raises
        report.line(False, "client", f"{said}: {type(error).__name__}: {error}")
        return
    finally:
        server.stop()
    report.line(rows == 3, "client", f"{said}: reaches a server in this process")


def _version(metadata, name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
