"""What a worker takes of a Ray cluster: one CPU, and its share of a node's memory."""

import re

from pyrite._settings import UsageError

_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B", re.IGNORECASE)
# Of an actor's memory; the rest is for the process beside its queries.
_FOR_QUERIES = 0.8
_ROUNDING = 0.99  # the shares of a node are a little less than the whole of it


def _nodes(ray):
    """The resources of the nodes that can have workers."""
    resources = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    return [node for node in resources if node.get("CPU", 0) >= 1 and node.get("memory")]


def cpus(ray):
    return sum(int(node["CPU"]) for node in _nodes(ray))


def memory(ray, settings):
    """The bytes that an actor is given, and the memory limit of its queries."""
    if limit := settings.get("memory_limit"):
        return int(_bytes(limit) / _FOR_QUERIES), limit
    shares = [node["memory"] / int(node["CPU"]) for node in _nodes(ray)]
    share = int(min(shares, default=2 << 30) * _ROUNDING)
    return share, f"{int(share * _FOR_QUERIES)}B"


def shortage(ray, settings):
    asked, _ = memory(ray, settings)
    free = ray.available_resources()
    return (f"each needs 1 CPU and {asked >> 20} MiB, the cluster has {free.get('CPU', 0):g} CPUs and "
            f"{int(free.get('memory', 0)) >> 20} MiB free. See `ray status`, --memory-limit and --cluster-workers")


def _bytes(text):
    found = _MEMORY.fullmatch(text.strip())
    if not found:
        raise UsageError(f"memory_limit: {text!r} is not an amount as 4GB")
    number, prefix, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** "_KMGT".index(prefix.upper() or "_"))
