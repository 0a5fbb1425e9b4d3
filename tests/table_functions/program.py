"""Runs the expressions of cases.py and returns [[expression, {"schema", "rows"} or {"error": [class, condition, last line]}], ...].

The functions are defined here: cloudpickle sends those of a program by value.
"""
import datetime
import decimal

import cases
import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.functions import AnalyzeArgument, AnalyzeResult, OrderingColumn, PartitioningColumn, SelectedColumn, SkipRestOfInputTableException
from pyspark.sql.types import IntegerType, Row, StringType, StructType
from result_json import frame_json


class Pair:
    def eval(self, a, b):
        yield a, b
        yield b, a


class Count:
    def __init__(self):
        self.count = self.sum = 0

    def eval(self, row):
        self.count += 1
        self.sum += row["v"] or 0

    def terminate(self):
        yield self.count, self.sum


class GroupCount(Count):
    def eval(self, row):
        super().eval(row)
        self.key = row["g"]

    def terminate(self):
        yield self.key, self.count, self.sum


class Values:
    """Every value of its table argument in the order in which the rows come."""

    def __init__(self):
        self.values = []

    def eval(self, row, column="v"):
        self.values.append(str(row[column]))

    def terminate(self):
        yield (",".join(self.values),)


class FirstTwo:
    def __init__(self):
        self.seen = 0

    def eval(self, row):
        self.seen += 1
        yield row["g"], row["v"]
        if self.seen == 2:
            raise SkipRestOfInputTableException("enough")

    def terminate(self):
        yield -1, self.seen


class Upto:
    def eval(self, n):
        for i in range(n or 0):
            yield (i,)


class UptoAndLast(Upto):
    def eval(self, n):
        self.last = n
        yield from super().eval(n)

    def terminate(self):
        yield (self.last,)


class Nothing:
    def eval(self, *args):
        pass


class NullRow:
    def eval(self):
        yield None
        yield (1, "x")


class Types:
    def eval(self, *args):
        yield (", ".join(f"{type(value).__name__} {value!r}" for value in args),)


class NestedOut:
    def eval(self):
        yield [1, None], {"a": 1}, Row(x=1, y="p"), decimal.Decimal("1.5"), datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2), b"\x01", 2.5, True
        yield None, None, None, None, None, None, None, None, None


NESTED_OUT = "a array<int>, m map<string, int>, s struct<x: int, y: string>, n decimal(5, 2), d date, t timestamp, b binary, f double, o boolean"


class Odd:
    """Values of other types than the declared."""

    def eval(self):
        yield "5", 7, 2.5


class Short:
    def eval(self):
        yield (1,)


class NotIterable:
    def eval(self):
        return 1


class Atoms:
    def eval(self):
        yield 1
        yield 2


class ListRows:
    def eval(self):
        return [[1, "x"], (2, "y"), Row(a=3, b="z"), {"a": 4, "b": "w"}]


class Boom:
    def eval(self, *args):
        raise ValueError("boom")


class BoomLast:
    def eval(self, *args):
        yield (1,)

    def terminate(self):
        raise ValueError("late boom")


class BoomFirst:
    def __init__(self):
        raise ValueError("early boom")

    def eval(self, *args):
        yield (1,)


class Cleaned:
    def eval(self, path):
        self.path = path
        yield (path,)

    def cleanup(self):
        raise ValueError(f"cleaned {self.path}")


class NotNull:
    def eval(self, value):
        yield (value,)


class Keywords:
    def eval(self, a, b=2, **others):
        yield (f"{a} {b} {sorted(others.items())}",)


class Schema:
    """Its columns come from its arguments."""

    @staticmethod
    def analyze(*args, **kwargs):
        schema = StructType()
        for number, argument in enumerate(args):
            schema = schema.add(f"c{number}", argument.dataType)
        for name, argument in kwargs.items():
            schema = schema.add(name, argument.dataType)
        return AnalyzeResult(schema)

    def eval(self, *args, **kwargs):
        yield (*args, *kwargs.values())


class Told:
    """What `analyze` is told."""

    @staticmethod
    def analyze(*args: AnalyzeArgument, **kwargs: AnalyzeArgument) -> AnalyzeResult:
        schema = StructType()
        named = [(f"_{number}", argument) for number, argument in enumerate(args)] + list(kwargs.items())
        for name, a in named:
            text = f"{name} {a.dataType.simpleString()} {type(a.value).__name__} {a.value!r} {a.isTable} {a.isConstantExpression}"
            schema = schema.add(text, IntegerType())
        return AnalyzeResult(schema)

    def eval(self, *args, **kwargs):
        yield (0,) * (len(args) + len(kwargs))


class Buffered:
    """`analyze` hands something to the constructor."""

    @staticmethod
    def analyze(text):
        result = AnalyzeResult(StructType().add("s", StringType()))
        result.words = text.value.split()
        return result

    def __init__(self, result):
        self.words = result.words

    def eval(self, text):
        for word in self.words:
            yield (word,)


def partitioned(**wanted):
    """A function whose `analyze` asks for these partitions, order and columns of its table."""

    class Partitioned:
        def __init__(self):
            self.rows = []

        @staticmethod
        def analyze(table, *args):
            return AnalyzeResult(schema=StructType().add("rows", StringType()), **wanted)

        def eval(self, row, *args):
            self.rows.append(str(tuple(row)))

        def terminate(self):
            yield (" ".join(self.rows),)

    return F.udtf(Partitioned)


class BadAnalyze:
    @staticmethod
    def analyze(*args):
        raise ValueError("no schema today")

    def eval(self, *args):
        yield (1,)


class WrongAnalyze:
    @staticmethod
    def analyze(*args):
        return StructType().add("a", IntegerType())

    def eval(self, *args):
        yield (1,)


class PickyAnalyze:
    @staticmethod
    def analyze(one):
        return AnalyzeResult(StructType().add("a", IntegerType()))

    def eval(self, one):
        yield (1,)


class Batches:
    def eval(self, batch):
        yield pa.table({"n": pa.array([batch.num_rows], pa.int32()), "v": pa.array([pa.compute.sum(batch["v"]).as_py()], pa.int64())})


class ArrowArguments:
    def eval(self, a, b):
        yield pa.table({"x": a.cast(pa.int64()), "y": b.cast(pa.string())})


class ArrowGroups:
    def __init__(self):
        self.rows = 0

    def eval(self, batch):
        self.key = batch["g"][0].as_py()
        self.rows += batch.num_rows
        return iter(())

    def terminate(self):
        yield pa.table({"g": pa.array([self.key], pa.int32()), "n": pa.array([self.rows], pa.int64())})


class ArrowOdd:
    def eval(self):
        yield pa.table({"x": pa.array(["7"])})


class ArrowRows:
    def eval(self):
        yield (1,)


def outcome(expression, names):
    try:
        frame = eval(expression, names)
        return frame_json(frame)
    except Exception as error:
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        found = [type(error).__name__, condition]
        if found[0] == "PythonException":
            lines = [line for line in str(error).splitlines() if line.strip() and not line.startswith(" SQLSTATE")]
            found.append(lines[-1].partition(" SQLSTATE: ")[0])
        return {"error": found}


REGISTERED = {
    "pair": (Pair, "x: int, y: int"),
    "count_rows": (Count, "n: int, s: int"),
    "group_count": (GroupCount, "g: int, n: int, s: int"),
    "all_values": (Values, "s: string"),
    "first_two": (FirstTwo, "g: int, v: int"),
    "upto": (Upto, "i: int"),
    "upto_and_last": (UptoAndLast, "i: int"),
    "nothing": (Nothing, "i: int"),
    "types": (Types, "s: string"),
    "keywords": (Keywords, "s: string"),
    "boom": (Boom, "i: int"),
    "schema_of": (Schema, None),
    "told": (Told, None),
    "buffered": (Buffered, None),
    "bad_analyze": (BadAnalyze, None),
    "wrong_analyze": (WrongAnalyze, None),
    "picky_analyze": (PickyAnalyze, None),
}


def main(spark):
    names = {**globals(), "spark": spark, "sql": spark.sql}
    names["df"] = spark.createDataFrame(cases.ROWS, cases.SCHEMA)
    names["df"].createOrReplaceTempView("df")
    names["empty"] = spark.createDataFrame([], cases.SCHEMA)
    names["empty"].createOrReplaceTempView("empty")
    for name, (function, schema) in REGISTERED.items():
        kind = {} if schema is None else {"returnType": schema}
        spark.udtf.register(name, F.udtf(function, **kind))
        spark.udtf.register(f"{name}_pickled", F.udtf(function, useArrow=False, **kind))
    spark.udtf.register("batches", F.arrow_udtf(Batches, returnType="n int, v bigint"))
    spark.udtf.register("arrow_arguments", F.arrow_udtf(ArrowArguments, returnType="x bigint, y string"))
    spark.udtf.register("arrow_groups", F.arrow_udtf(ArrowGroups, returnType="g int, n bigint"))
    return [[expression, outcome(expression, names)] for expression in cases.EXPRESSIONS]
