"""What is as in Spark, what differs and what is missing: the names of Spark's API (data/spark_api.txt, data/spark_functions.txt), the
function registry of the native module, and what stands out against both (data/differences.toml)."""

import os
import tomllib

from pyrite._check.report import DIFFERS, MISSING, SAME

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


class Tables:
    def __init__(self):
        from pyrite import _native

        with open(os.path.join(DATA, "differences.toml"), "rb") as file:
            self.differences = tomllib.load(file)
        with open(os.path.join(DATA, "spark_functions.txt"), encoding="utf-8") as file:
            self.spark_functions = {name.lower() for name in file.read().split()}
        self._registry = {}
        for row in _native.functions():
            for name in [row["name"], *row["aliases"].split()]:
                self._registry[name.lower()] = row["unsupported"]
        self._registry.update(dict.fromkeys(self.differences["syntax"]["names"]))
        self.results = {}  # "DataFrame.join" -> the class of what it gives, or None
        self.properties = set()
        self._calls = {}  # "functions.abs" -> names of SQL functions
        with open(os.path.join(DATA, "spark_api.txt"), encoding="utf-8") as file:
            for line in file:
                self._read_line(line.strip())
        self.classes = {name.partition(".")[0] for name in self.results} - {"functions"}

    def _read_line(self, line):
        name, sign, rest = line.partition(" ")
        sign, _, rest = rest.partition(" ")
        self.results[name] = rest if sign in ("->", "is") and rest != "value" else None
        if sign == "is":
            self.properties.add(name)
        if sign == "=":
            self._calls[name] = rest.split()

    def function(self, name):
        """(status, reason) of a SQL function; None when Spark has none of that name."""
        lower = name.lower()
        if lower in self.differences["functions"]:
            return DIFFERS, self.differences["functions"][lower]
        if lower in self._registry:
            reason = self._registry[lower]
            return (SAME, "") if reason is None else (MISSING, reason)
        return (MISSING, "") if lower in self.spark_functions else None

    def member(self, name):
        """(status, reason) of a "Class.member" or "functions.name"; None when Spark has none of that name."""
        for status in (MISSING, DIFFERS):
            listed = self.differences[status]
            cls = name.partition(".")[0]
            if name in listed or cls + ".*" in listed:
                return status, listed.get(name) or listed[cls + ".*"]
        if name not in self.results:
            return None
        found = [self.function(call) for call in self._calls.get(name, [])]
        refused = [status for status in found if status is not None and status[0] == MISSING]
        if refused and len(refused) == len(found):
            return MISSING, refused[0][1] or "this function"
        differing = [status for status in found if status is not None and status[0] == DIFFERS]
        return differing[0] if differing else (SAME, "")

    def named(self, table, name):
        """(status, reason) of a module or a format that is listed; None for others."""
        listed = self.differences[table]
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            if ".".join(parts[:length]) in listed:
                return MISSING, listed[".".join(parts[:length])]
        return None

    def members_of_any(self):
        """Names of methods that are missing -> "Class.member", for objects whose class is not known."""
        return {name.partition(".")[2]: name for name in self.differences[MISSING] if not name.endswith("*")}
