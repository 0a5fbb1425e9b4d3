"""The server's settings: each is a flag of the command line and a PYRITE_ variable.

Only `os` is imported here, and nowhere more than is needed: `pyrite run` starts in milliseconds.
"""

import os

# Name, as start_server takes it: (kind, what it is).
SETTINGS = {
    "host": (str, "address to listen on (127.0.0.1)"),
    "port": (int, "port to listen on (15002; 0: a free one)"),
    "threads": (int, "threads that run queries (all cores)"),
    "memory_limit": (str, "memory for queries, as 4GB (80 % of the machine's)"),
    "spill_directory": (str, "folder for what does not fit (a temporary one)"),
}
FLAGS = {"--" + name.replace("_", "-"): name for name in SETTINGS}
FLAGS["--spill-dir"] = "spill_directory"


class UsageError(Exception):
    """A flag or variable that cannot be understood."""


def convert(name, value, said_as):
    kind = SETTINGS[name][0]
    try:
        return kind(value)
    except ValueError:
        raise UsageError(f"{said_as}: {value!r} is not a number") from None


def from_environment(overrides=None):
    """What the PYRITE_ variables say, and over it `overrides`."""
    settings = {}
    for name in SETTINGS:
        variable = "PYRITE_" + name.upper()
        if variable in os.environ:
            settings[name] = convert(name, os.environ[variable], variable)
    settings.update(overrides or {})
    unknown = set(settings) - set(SETTINGS)
    if unknown:
        raise UsageError(f"unknown setting {sorted(unknown)[0]!r}")
    return settings


def take_flags(arguments):
    """The settings that lead `arguments`, and the arguments behind them."""
    settings = {}
    rest = list(arguments)
    while rest and rest[0].startswith("--") and rest[0] != "--":
        flag, equals, value = rest.pop(0).partition("=")
        name = FLAGS.get(flag)
        if name is None:
            raise UsageError(f"unknown option {flag}")
        if not equals:
            if not rest:
                raise UsageError(f"{flag} needs a value")
            value = rest.pop(0)
        settings[name] = convert(name, value, flag)
    return settings, rest
