"""Runs the expressions of cases.py and returns [[expression, {"schema", "rows"} or {"error": [class, condition, last line]}], ...].

Functions are defined here: cloudpickle sends those of a program by value.
"""
from collections.abc import Iterator

import cases
import pandas as pd
import pyarrow as pa
import pyarrow.compute
from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql import types as T
from result_json import frame_json


def same_batches(batches):
    yield from batches


def doubled(batches):
    for batch in batches:
        yield pd.DataFrame({"w": batch.v * 2.0, "v": batch.v.fillna(0).astype("int64")})


def counted(batches):
    for batch in batches:
        yield pd.DataFrame({"n": [len(batch)]})


def boom(batches):
    for _ in batches:
        raise ValueError("boom")
    yield


def boom_frame(frame):
    raise ValueError("boom")


def die(batches):
    import os

    for _ in batches:
        os._exit(3)
    yield


def merged(left, right):
    return pd.merge(left[["g", "k"]], right[["g", "n"]], on="g")


@F.udf("int")
def plus_one(value):
    return None if value is None else value + 1


@F.udf("boolean")
def is_even(value):
    return None if value is None else value % 2 == 0


@F.pandas_udf("long")
def pandas_plus(values: pd.Series) -> pd.Series:
    return values.fillna(0).astype("int64") + 1


@F.pandas_udf("x long, y string")
def pandas_pairs(values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"x": values.fillna(0).astype("int64"), "y": values.astype(str)})


@F.pandas_udf("double")
def pandas_chunks(chunks: Iterator[pd.Series]) -> Iterator[pd.Series]:
    for chunk in chunks:
        yield chunk * 0.5


@F.arrow_udf("long")
def arrow_plus(values: pa.Array) -> pa.Array:
    return pa.compute.add(values.cast(pa.int64()), 1)


@F.arrow_udf("long")
def arrow_chunks(chunks: Iterator[pa.Array]) -> Iterator[pa.Array]:
    for chunk in chunks:
        yield chunk.cast(pa.int64())


@F.pandas_udf("double")
def pandas_mean(values: pd.Series) -> float:
    return values.mean()


@F.arrow_udf("long")
def arrow_total(values: pa.Array) -> int:
    return pa.compute.sum(values).as_py()


def outcome(expression, names):
    try:
        return frame_json(eval(expression, names))
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        found = [type(error).__name__, condition]
        if found[0] == "PythonException":
            lines = [line for line in str(error).splitlines() if line.strip() and not line.startswith(" SQLSTATE")]
            found.append(lines[-1].removesuffix(" SQLSTATE: 38000"))
        return {"error": found}


def main(spark):
    def setting(key, value, make):
        spark.conf.set(key, value)
        try:
            frame = make()
            return spark.createDataFrame(frame.collect(), frame.schema)
        finally:
            spark.conf.unset(key)

    def foreach_rows():
        spark.range(3).foreach(lambda row: None)
        spark.range(3).foreachPartition(lambda rows: list(rows))
        return spark.range(1)

    def fail(row):
        raise ValueError(f"no {row.id}")

    def foreach_fails():
        spark.range(1).foreach(fail)

    names = {**globals(), "spark": spark, "W": Window, "T": T, "setting": setting, "foreach_rows": foreach_rows, "foreach_fails": foreach_fails}
    names["df"] = spark.createDataFrame(cases.ROWS, cases.SCHEMA)
    names["df"].createOrReplaceTempView("df")
    names["other"] = spark.createDataFrame(cases.OTHER_ROWS, cases.OTHER_SCHEMA)
    names["nested"] = spark.createDataFrame(cases.NESTED_ROWS, cases.NESTED_SCHEMA)
    names["times"] = spark.sql(
        "SELECT * FROM VALUES (DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.789', 1.50BD, X'00FF'), (NULL, NULL, NULL, NULL) AS t(d, t, n, b)"
    )
    spark.udf.register("plus_one", plus_one)
    spark.udf.register("pandas_plus", pandas_plus)
    return [[expression, outcome(expression, names)] for expression in cases.EXPRESSIONS]
