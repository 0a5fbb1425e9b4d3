"""Records the names of PySpark's API from the installed client into python/pyrite/data/spark_api.txt (make record).

A line is `Class.method`, with ` -> Class` when it gives an object of one of these classes; `Class.property is Class` (or `is value`);
or `functions.name = names of SQL functions`.

usage: .venv/bin/python tools/record_api.py
"""
import inspect
import re
from pathlib import Path

from pyspark.sql import (Catalog, Column, DataFrame, DataFrameNaFunctions, DataFrameReader, DataFrameStatFunctions, DataFrameWriter,
                         DataFrameWriterV2, GroupedData, Observation, SparkSession, UDFRegistration, Window, WindowSpec, functions)
from pyspark.sql import tvf
from pyspark.sql.conf import RuntimeConfig
from pyspark.sql.connect.functions import builtin
from pyspark.sql.datasource import DataSourceRegistration
from pyspark.sql.merge import MergeIntoWriter
from pyspark.sql.pandas.group_ops import PandasCogroupedOps
from pyspark.sql.streaming import DataStreamReader, DataStreamWriter, StreamingQuery, StreamingQueryManager
from pyspark.sql.udtf import UDTFRegistration

ROOT = Path(__file__).resolve().parent.parent
CLASSES = [Catalog, Column, DataFrame, DataFrameNaFunctions, DataFrameReader, DataFrameStatFunctions, DataFrameWriter, DataFrameWriterV2,
           DataSourceRegistration, DataStreamReader, DataStreamWriter, GroupedData, MergeIntoWriter, Observation, PandasCogroupedOps,
           RuntimeConfig, SparkSession, SparkSession.Builder, StreamingQuery, StreamingQueryManager, tvf.TableValuedFunction,
           UDFRegistration, UDTFRegistration, Window, WindowSpec]
NAMES = {cls.__name__ for cls in CLASSES}
# What the client's annotations leave out.
GIVEN = {"SparkSession.catalog": "Catalog", "SparkSession.conf": "RuntimeConfig", "SparkSession.streams": "StreamingQueryManager"}
# Their methods return the object itself.
FLUENT = {"DataFrameReader", "DataFrameWriter", "DataFrameWriterV2", "DataStreamReader", "DataStreamWriter", "Builder", "MergeIntoWriter"}
CALL = re.compile(r'(?:_invoke_\w+|UnresolvedFunction|CallFunction)\(\s*"([^"]+)"')


def result(cls, member):
    function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    try:
        said = str(inspect.signature(function).return_annotation)
    except (TypeError, ValueError):
        return None
    words = [word.removeprefix("Parent") for word in re.findall(r"\w+", said)]
    if "Self" in words or (cls.__name__ in FLUENT and cls.__name__ in words):
        return cls.__name__
    found = [word for word in words if word in NAMES and "None" not in words]
    return found[0] if found and "List" not in words and "list" not in words else None


def members(cls):
    for name, member in sorted(inspect.getmembers(cls)):
        if name.startswith("_"):
            continue
        static = inspect.getattr_static(cls, name)
        given = GIVEN.get(f"{cls.__name__}.{name}") or (
            type(member).__name__ if type(member).__name__ in NAMES else result(cls, static))
        if isinstance(static, property) or not callable(member):
            yield f"{cls.__name__}.{name} is {given or 'value'}"
        else:
            yield f"{cls.__name__}.{name}" + (f" -> {given}" if given else "")


def function_lines():
    for name, function in sorted(inspect.getmembers(functions)):
        if name.startswith("_") or not inspect.isfunction(function) or not function.__module__.startswith("pyspark.sql"):
            continue
        made = getattr(builtin, name, None)
        calls = sorted(set(CALL.findall(inspect.getsource(made)))) if made is not None else []
        yield f"functions.{name}" + (f" = {' '.join(calls)}" if calls else "")


def main():
    lines = [line for cls in CLASSES for line in members(cls)] + list(function_lines())
    (ROOT / "python/pyrite/data/spark_api.txt").write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} names")


if __name__ == "__main__":
    main()
