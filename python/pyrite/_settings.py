"""The server's settings: each is a flag, a PYRITE_ variable and a key of the settings file.

A flag is heard before a variable, a variable before the file. Only `os` is imported here, and
nowhere more than is needed: `pyrite run` starts in milliseconds.
"""

import os


class OneOf:
    """A kind of setting: one of some words."""

    def __init__(self, *words):
        self.words = words

    def __call__(self, text):
        if text not in self.words:
            raise ValueError
        return text

    def __str__(self):
        return " or ".join(self.words)


# Name, as start_server takes it: (kind, what it is).
SETTINGS = {
    "host": (str, "address to listen on (127.0.0.1); others only with a token"),
    "port": (int, "port to listen on (15002; 0: a free one)"),
    "token": (str, "what clients must bear: sc://host:port/;token=..."),
    "tls_certificate": (str, "PEM file of the server's certificate"),
    "tls_key": (str, "PEM file of its key"),
    "session_timeout": (int, "seconds after which an idle session is closed (3600)"),
    "detached_timeout": (int, "seconds for which a query waits for its client (300)"),
    "cluster": (str, "where queries run: local[4], flight://host:port,..., ray, ... (in this process)"),
    "cluster_workers": (int, "workers that Ray is asked for (one for each CPU of its cluster)"),
    "cluster_host": (str, "address at which workers reach this server (the one that faces them)"),
    "cluster_least_rows": (int, "rows below which a scan is not cut among workers (50000)"),
    "cluster_fallback": (OneOf("run", "fail"), "queries when no worker answers: run in this process, or fail (run)"),
    "cluster_queries": (int, "queries that run on the workers at once; others wait (0: any number)"),
    "cluster_queue_seconds": (int, "seconds that a query waits for its turn at most; then it fails (3600)"),
    "cluster_speculation": (float, "a task that takes so many times as long as half of its stage is tried elsewhere too (3; 0: never)"),
    "cluster_speculation_seconds": (float, "but not before so many seconds (5)"),
    "cluster_tls_certificate": (str, "PEM file of this node's certificate, for TLS between the nodes of a cluster"),
    "cluster_tls_key": (str, "PEM file of its key"),
    "cluster_tls_authority": (str, "PEM file of who has signed the certificates of all nodes"),
    "drain_seconds": (int, "seconds that a worker has for what it runs and keeps, once it is to end (300)"),
    "query_log": (str, "file for a JSON line for each event of a query on the cluster (none)"),
    "query_pictures": (str, "folder for a page with the stages and tasks of each query on the cluster (none)"),
    "threads": (int, "threads that run queries (all cores)"),
    "memory_limit": (str, "memory for queries, as 4GB (80 % of the machine's)"),
    "spill_directory": (str, "folder for what does not fit (the system's temporary one)"),
}
# Those that are not start_server's.
_CLUSTER_SETTINGS = ("cluster", "cluster_workers", "drain_seconds")
# TLS between nodes: all of these, or none.
CLUSTER_TLS = ("cluster_tls_certificate", "cluster_tls_key", "cluster_tls_authority")
# Those that an engine without a server takes.
ENGINE_SETTINGS = ("threads", "memory_limit", "spill_directory")
FLAGS = {"--" + name.replace("_", "-"): name for name in SETTINGS}
FLAGS["--spill-dir"] = "spill_directory"
CONFIG = "config"  # the settings file, as a flag and a variable
FLAGS["--config"] = CONFIG


class UsageError(Exception):
    """A flag, variable or file that cannot be understood."""


def convert(name, value, said_as):
    kind = SETTINGS[name][0] if name != CONFIG else str
    try:
        return kind(value)
    except (TypeError, ValueError):
        what = kind if isinstance(kind, OneOf) else "a number"
        raise UsageError(f"{said_as}: {value!r} is not {what}") from None


def default_file():
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(base, "pyrite", "settings.toml")


def _from_file(path, must_exist):
    if not must_exist and not os.path.exists(path):
        return {}
    import tomllib

    try:
        with open(path, "rb") as file:
            said = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    for name in said:
        if name not in SETTINGS:
            raise UsageError(f"{path}: unknown setting {name!r}")
    return {name: convert(name, value, f"{path}: {name}") for name, value in said.items()}


def sources(overrides=None):
    """Name -> (value, where it was said), for what is not left at its default."""
    overrides = dict(overrides or {})
    named_file = overrides.pop(CONFIG, None) or os.environ.get("PYRITE_CONFIG")
    path = named_file or default_file()
    found = {name: (value, path) for name, value in _from_file(path, bool(named_file)).items()}
    for name in SETTINGS:
        variable = "PYRITE_" + name.upper()
        if variable in os.environ:
            found[name] = (convert(name, os.environ[variable], variable), variable)
    for name, value in overrides.items():
        if name not in SETTINGS:
            raise UsageError(f"unknown setting {name!r}")
        found[name] = (value, "--" + name.replace("_", "-"))
    return found


def resolve(overrides=None):
    """The settings in force: `overrides`, the PYRITE_ variables, the file."""
    return {name: value for name, (value, _) in sources(overrides).items()}


def of_server(settings):
    """As start_server takes them, and the cluster of pyrite._cluster; None without one."""
    own = {name: value for name, value in settings.items() if name not in _CLUSTER_SETTINGS}
    if not settings.get("cluster"):
        return own, None
    from pyrite import _cluster

    cluster = _cluster.make(settings)
    return own | cluster.of_server, cluster


def cluster_tls(settings):
    """What start_worker takes of it."""
    said = {name: settings[name] for name in CLUSTER_TLS if settings.get(name)}
    if said and len(said) < len(CLUSTER_TLS):
        flags = ["--" + name.replace("_", "-") for name in CLUSTER_TLS]
        raise UsageError(f"{', '.join(flags[:-1])} and {flags[-1]} go together")
    return said


def of_engine(settings):
    return {name: value for name, value in settings.items() if name in ENGINE_SETTINGS}


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
