"""The `pyrite` command."""

import sys

USAGE = """\
usage: pyrite run [OPTIONS] PROGRAM.py [ARGUMENTS]   run a PySpark program
       pyrite server [OPTIONS]                       serve Spark Connect clients
       pyrite sql [OPTIONS] STATEMENTS               run SQL and print its rows
       pyrite --version | --help

Options, each also as a variable (--memory-limit is PYRITE_MEMORY_LIMIT):
"""


def _help():
    from pyrite._settings import SETTINGS

    lines = [f"  --{name.replace('_', '-'):<18}{text}" for name, (_, text) in SETTINGS.items()]
    print(USAGE + "\n".join(lines))
    return 0


def _run(settings, arguments):
    from pyrite import _run, _settings, _start

    if not arguments:
        raise _settings.UsageError("run needs a program")
    _start.start(settings)
    return _run.run(arguments[0], arguments[1:])


STOP_SECONDS = 2  # that the server has for ending what runs


def _server(settings, arguments):
    import os
    import signal
    import threading

    from pyrite._native import start_server

    stop = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: only the wait below takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    server = start_server(**{"port": 15002, **settings})
    host = settings.get("host", "127.0.0.1")
    print(f"Pyrite serves Spark Connect at sc://{host}:{server.port}", flush=True)
    signal.sigwait(stop)
    for number in stop:  # a second one ends the process at once
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, stop)
    stopping = threading.Thread(target=server.stop, daemon=True)
    stopping.start()
    stopping.join(STOP_SECONDS)
    if stopping.is_alive():
        os._exit(1)
    return 0


def _sql(settings, arguments):
    from pyrite import _settings
    from pyrite._native import LocalSession
    from pyrite._statements import split

    if not arguments:
        raise _settings.UsageError("sql needs a statement")
    engine = {name: value for name, value in settings.items() if name not in ("host", "port")}
    session = LocalSession(**engine)
    for statement in split(" ".join(arguments)):
        try:
            shown = session.show(statement)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
        if shown:
            print(shown)
    return 0


COMMANDS = {"run": _run, "server": _server, "sql": _sql}


def main(arguments=None):
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        return _help()
    if arguments[0] == "--version":
        from pyrite._native import __version__

        print(f"pyrite {__version__}")
        return 0
    from pyrite import _settings

    command = COMMANDS.get(arguments[0])
    try:
        if command is None:
            raise _settings.UsageError(f"unknown command {arguments[0]!r}")
        settings, rest = _settings.take_flags(arguments[1:])
        return command(_settings.from_environment(settings), rest)
    except _settings.UsageError as error:
        print(f"pyrite: {error} (see pyrite --help)", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
