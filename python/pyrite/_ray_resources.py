"""What a worker takes of a Ray cluster: one CPU, and its share of a node's memory."""

from pyrite import _memory

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
        return int(_memory.parse(limit) / _FOR_QUERIES), limit
    shares = [node["memory"] / int(node["CPU"]) for node in _nodes(ray)]
    share = int(min(shares, default=2 << 30) * _ROUNDING)
    return share, f"{int(share * _FOR_QUERIES)}B"


def shortage(ray, settings):
    asked, _ = memory(ray, settings)
    free = ray.available_resources()
    return (f"each needs 1 CPU and {asked >> 20} MiB, the cluster has {free.get('CPU', 0):g} CPUs and "
            f"{int(free.get('memory', 0)) >> 20} MiB free. See `ray status`, --memory-limit and --cluster-workers")
