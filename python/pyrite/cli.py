"""The `pyrite` command."""

import sys

USAGE = """\
usage: pyrite run [OPTIONS] PROGRAM.py [ARGUMENTS]   run a PySpark program
       pyrite shell [OPTIONS]                        PySpark at a prompt
       pyrite sql [OPTIONS] [STATEMENTS | -f FILE]   run SQL; without any, at a prompt
       pyrite server [OPTIONS]                       serve Spark Connect clients
       pyrite worker [OPTIONS] [--listen HOST:PORT] [--exchange NAME] [--exchange-port PORT]
                                                     run tasks of other servers' queries; SIGTERM lets it end them
       pyrite workers --cluster CLUSTER [OPTIONS]    say which workers answer, and what they do
       pyrite submit [--address URL] [OPTIONS] PROGRAM.py [ARGUMENTS]
                                                     run a program on a Ray cluster, as a job of it
       pyrite check [--json] [--all] PATH...         say what of a program is as in Spark, and what is not
       pyrite doctor [OPTIONS]                       say what works here and what does not
       pyrite --version | --help

Options, each also a variable (--memory-limit is PYRITE_MEMORY_LIMIT) and a key of the settings
file (memory_limit = "4GB"):
"""


def _help():
    from pyrite._settings import SETTINGS

    width = max(map(len, SETTINGS)) + 2
    lines = [f"  --{name.replace('_', '-'):<{width}}{text}" for name, (_, text) in SETTINGS.items()]
    lines.append(f"  --{'config':<{width}}the settings file (~/.config/pyrite/settings.toml)")
    print(USAGE + "\n".join(lines))
    return 0


def _run(settings, arguments):
    from pyrite import _run, _settings, _start

    if not arguments:
        raise _settings.UsageError("run needs a program")
    starting = _start.begin(settings)
    code = _run.run(arguments[0], arguments[1:])
    starting.server()
    return code


def _shell(settings, arguments):
    from pyrite import _settings, _shell

    if arguments:
        raise _settings.UsageError(f"shell takes no {arguments[0]!r}: try pyrite run")
    return _shell.run(settings)


def _sql(settings, arguments):
    from pyrite import _sql

    return _sql.run(settings, arguments)


def _server(settings, arguments):
    from pyrite import _serve, _settings

    if arguments:
        raise _settings.UsageError(f"server takes no {arguments[0]!r}")
    return _serve.run(settings)


def _worker(arguments):
    from pyrite import _settings, _worker

    own, rest = _worker.take_flags(arguments)
    flags, rest = _settings.take_flags(rest)
    if rest:
        raise _settings.UsageError(f"worker takes no {rest[0]!r}")
    return _worker.run(own, _settings.resolve(flags))


def _exchange(arguments):
    """What a worker starts."""
    from pyrite import _exchange, _settings, _worker

    own = _worker.take_values(arguments, "--name", _worker.LISTEN)
    if arguments or len(own) < 2:
        raise _settings.UsageError("exchange takes --name NAME and --listen HOST:PORT")
    host, port = _worker.address(own[_worker.LISTEN])
    return _exchange.run(own["--name"], host, port, _settings.resolve())


def _ray(arguments):
    """What a server on Ray starts."""
    from pyrite import _ray_driver, _settings

    if arguments:
        raise _settings.UsageError(f"ray takes no {arguments[0]!r}")
    return _ray_driver.run()


def _submit(arguments):
    from pyrite import _settings, _submit

    own, rest = _submit.take_flags(arguments)
    flags, rest = _settings.take_flags(rest)
    if not rest:
        raise _settings.UsageError("submit needs a program")
    return _submit.run(own, flags, rest)


def _workers(settings, arguments):
    from pyrite import _settings, _workers

    if arguments:
        raise _settings.UsageError(f"workers takes no {arguments[0]!r}")
    return _workers.run(settings)


def _doctor(overrides, arguments):
    from pyrite import _doctor

    return _doctor.run(overrides)


COMMANDS = {"run": _run, "shell": _shell, "sql": _sql, "server": _server, "workers": _workers}


def main(arguments=None):
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        return _help()
    if arguments[0] == "--version":
        from pyrite._native import __version__

        print(f"pyrite {__version__}")
        return 0
    if arguments[0] == "check":
        from pyrite import _check

        return _check.run(arguments[1:])
    from pyrite import _settings

    try:
        if arguments[0] == "worker":
            return _worker(arguments[1:])
        if arguments[0] == "exchange":
            return _exchange(arguments[1:])
        if arguments[0] == "ray":
            return _ray(arguments[1:])
        if arguments[0] == "submit":
            return _submit(arguments[1:])
        flags, rest = _settings.take_flags(arguments[1:])
        if arguments[0] == "doctor":
            return _doctor(flags, rest)
        command = COMMANDS.get(arguments[0])
        if command is None:
            raise _settings.UsageError(f"unknown command {arguments[0]!r}")
        return command(_settings.resolve(flags), rest)
    except _settings.UsageError as error:
        print(f"pyrite: {error} (see pyrite --help)", file=sys.stderr)
        return 2
    except RuntimeError as error:  # the server or the engine does not start
        print(f"pyrite: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
