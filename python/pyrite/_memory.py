"""Amounts of memory, as 4GB, and the machine's."""

import os
import re

from pyrite._settings import UsageError

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B", re.IGNORECASE)
_FOR_QUERIES = 0.8  # of the machine's, when nothing is said
# The limits of the control group that this process is in, if any: of version 2 and 1.
_GROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def parse(text):
    """The bytes of "4GB"."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise UsageError(f"memory_limit: {text!r} is not an amount as 4GB")
    number, prefix, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** "_KMGT".index(prefix.upper() or "_"))


def machine():
    """The bytes that this process may have."""
    found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for path in _GROUP_LIMITS:
        try:
            with open(path) as file:
                found.append(int(file.read()))
        except (OSError, ValueError):  # none, or "max"
            pass
    return min(found)


def share(limit, count):
    """The memory limit of one of `count` processes that have `limit`, or the machine's, together."""
    whole = parse(limit) if limit else int(machine() * _FOR_QUERIES)
    return f"{whole // count}B"
