"""Data from the client and to it: [[case, outcome], ...], an outcome being JSON values or {"error": [class, condition]}."""
import datetime
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
from result_json import frame_json, schema_json

VALUES = {
    "boolean": "true", "byte": "1Y", "short": "2S", "int": "3", "long": "4L", "float": "1.5F", "double": "2.5D",
    "decimal": "1.50BD", "decimal of 38": "CAST('12345678901234567890123456789012345678' AS DECIMAL(38,0))", "string": "'a'",
    "char": "CAST('a' AS CHAR(3))", "binary": "X'00FF'", "date": "DATE'2024-02-29'", "early date": "DATE'0001-01-01'",
    "late date": "DATE'9999-12-31'", "timestamp": "TIMESTAMP'2024-02-29 12:30:00.123456'",
    "late timestamp": "TIMESTAMP'9999-12-31 00:00:00'", "timestamp_ntz": "TIMESTAMP_NTZ'2024-02-29 12:30:00.123456'",
    "day-time interval": "INTERVAL '1 02:03:04.5' DAY TO SECOND", "year-month interval": "INTERVAL '1-2' YEAR TO MONTH",
    "interval": "make_interval(1, 2, 3)", "array": "array(1, NULL, 3)", "array of strings": "array('a', NULL)",
    "array of dates": "array(DATE'2024-02-29')", "map": "map('a', 1)", "map of dates": "map('a', DATE'2024-02-29')",
    "struct": "named_struct('x', 1, 'y', 'b')", "nested": "named_struct('x', array(map(1, named_struct('z', 2.5D))))",
    "array of structs": "array(named_struct('x', 1))", "void": "NULL", "NaN": "DOUBLE('NaN')", "empty array": "array()",
    "array of timestamps": "array(TIMESTAMP'2024-02-29 12:30:00')", "array of decimals": "array(1.5BD)", "array of binary": "array(X'00')",
}

ARROW = {
    "int8": pa.array([1, None], pa.int8()), "int16": pa.array([1, None], pa.int16()), "int32": pa.array([1, None], pa.int32()),
    "int64": pa.array([1, None]), "uint8": pa.array([255, None], pa.uint8()), "uint16": pa.array([65535, None], pa.uint16()),
    "uint32": pa.array([4294967295, None], pa.uint32()), "uint64": pa.array([1, None], pa.uint64()),
    "float16": pa.array([np.float16(1.5), None], pa.float16()), "float32": pa.array([1.5, None], pa.float32()),
    "float64": pa.array([float("nan"), None]), "bool": pa.array([True, None]), "string": pa.array(["é", None]),
    "large_string": pa.array(["é", None], pa.large_string()), "string_view": pa.array(["é", None], pa.string_view()),
    "binary": pa.array([b"\0", None]), "large_binary": pa.array([b"\0", None], pa.large_binary()),
    "fixed binary": pa.array([b"ab", None], pa.binary(2)), "date32": pa.array([datetime.date(2024, 2, 29), None]),
    "date64": pa.array([datetime.date(2024, 2, 29), None], pa.date64()),
    "timestamp s": pa.array([1, None], pa.timestamp("s")), "timestamp ms": pa.array([1, None], pa.timestamp("ms")),
    "timestamp us": pa.array([1, None], pa.timestamp("us")), "timestamp ns": pa.array([1500, None], pa.timestamp("ns")),
    "timestamp us UTC": pa.array([1, None], pa.timestamp("us", "UTC")),
    "timestamp ns Paris": pa.array([1500, None], pa.timestamp("ns", "Europe/Paris")),
    "time32": pa.array([1, None], pa.time32("s")), "time64": pa.array([1, None], pa.time64("us")),
    "duration s": pa.array([1, None], pa.duration("s")), "duration us": pa.array([1, None], pa.duration("us")),
    "duration ns": pa.array([1500, None], pa.duration("ns")), "decimal128": pa.array([decimal.Decimal("1.50"), None]),
    "decimal256": pa.array([decimal.Decimal("1.50"), None], pa.decimal256(40, 2)), "null": pa.nulls(2),
    "list": pa.array([[1, None], None]), "large_list": pa.array([[1], None], pa.large_list(pa.int64())),
    "fixed list": pa.array([[1, 2], None], pa.list_(pa.int64(), 2)), "map": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "struct": pa.array([{"x": 1}, None]), "dictionary": pa.array(["a", None]).dictionary_encode(),
    "list of large strings": pa.array([["a"], None], pa.list_(pa.large_string())),
    "chunks": pa.chunked_array([pa.array([1]), pa.array([2, 3]), pa.array([], pa.int64())]),
}

PANDAS = {
    "int8": [np.array([1], np.int8)], "int64": [np.array([1])], "uint8": [np.array([255], np.uint8)],
    "uint64": [np.array([1], np.uint64)], "float32": [np.array([1.5, np.nan], np.float32)], "float64": [np.array([1.5, np.nan])],
    "bool": [np.array([True])], "objects": [["a", None]], "strings": [["a", "b"]], "bytes": [[b"\0"]],
    "dates": [[datetime.date(2024, 2, 29), None]], "datetimes": [[datetime.datetime(2024, 2, 29, 12, 30)]],
    "datetime64": [np.array(["2024-02-29T12:30:00.123456789"], "datetime64[ns]")],
    "datetime64 s": [np.array(["2024-02-29T12:30:00"], "datetime64[s]")],
    "zoned": [pd.Series(pd.to_datetime(["2024-02-29T12:30:00Z", None]))], "timedelta": [np.array([1500], "timedelta64[us]")],
    "decimals": [[decimal.Decimal("1.50"), None]], "lists": [[[1, 2], None]], "arrays": [[np.array([1.5]), None]],
    "dicts": [[{"a": 1}, None]], "category": [pd.Series(["a", "b", "a"], dtype="category")],
    "Int64": [pd.Series([1, None], dtype="Int64")], "boolean": [pd.Series([True, None], dtype="boolean")],
    "string": [pd.Series(["a", None], dtype="string")], "mixed": [[1, "a"]], "all None": [[None, None]], "empty": [[]],
    "two columns": [[1, 2], ["a", "b"]], "arrow": [pd.Series([1, None], dtype="int64[pyarrow]")],
}

ROWS = {
    "tuples": ([(1, "a"), (2, None)], None), "names": ([(1, "a")], ["x", "y"]), "ddl": ([(1, "a")], "x int, y string"),
    "dicts": ([{"x": 1, "y": "a"}, {"x": 2}], None), "atoms": ([1, 2, 3], "int"), "too few": ([(1,)], "x int, y string"),
    "wrong type": ([("a",)], "x int"), "null in required": ([(None,)], None), "no rows": ([], "x int"),
    "no rows, no schema": ([], None), "overflow": ([(300,)], "x byte"), "nested": ([([1, 2], {"k": (1, "z")})],
                                                                          "a array<int>, m map<string,struct<p:int,q:string>>"),
    "dates": ([(datetime.date(1, 1, 1), datetime.datetime(2024, 2, 29, 12))], "d date, t timestamp"),
    "decimals": ([(decimal.Decimal("1.234"),)], "d decimal(10,2)"), "bytes": ([(bytearray(b"\0"),)], "b binary"),
    "timedelta": ([(datetime.timedelta(days=1, microseconds=5),)], None), "long strings": ([("é" * 70000,)], "s string"),
    "ntz": ([(datetime.datetime(2024, 2, 29, 12),)], "t timestamp_ntz"), "double of int": ([(1,)], "d double"),
}


def outcome(run, *arguments):
    try:
        return run(*arguments)
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        return {"error": [type(error).__name__, condition]}


def one(spark, value):
    return spark.sql(f"SELECT {value} a")


def with_null(spark, value):
    return spark.sql(f"SELECT {value} a UNION ALL SELECT NULL")


def pandas_json(frame):
    found = frame.toPandas()
    return {"dtypes": [str(kind) for kind in found.dtypes], "rows": [[repr(value) for value in row] for row in found.itertuples(index=False)]}


def arrow_json(frame):
    found = frame.toArrow()
    return {"schema": str(found.schema.remove_metadata()), "rows": [repr(list(row.values())) for row in found.to_pylist()]}


def iterator_json(frame):
    return sorted(repr(tuple(row)) for row in frame.toLocalIterator())


def created(spark, data, schema=None, **options):
    return frame_json(spark.createDataFrame(data, schema, **options))


def to_client(spark):
    for name, value in VALUES.items():
        yield f"toPandas {name}", outcome(lambda: pandas_json(one(spark, value)))
        yield f"toPandas {name} and NULL", outcome(lambda: pandas_json(with_null(spark, value)))
        yield f"toArrow {name}", outcome(lambda: arrow_json(with_null(spark, value)))
        yield f"toLocalIterator {name}", outcome(lambda: iterator_json(with_null(spark, value)))
    yield "toPandas no rows", outcome(lambda: pandas_json(spark.sql("SELECT 1 a, 'b' b WHERE false")))
    yield "toPandas no columns", outcome(lambda: pandas_json(spark.range(2).select()))
    yield "toPandas same names", outcome(lambda: pandas_json(spark.sql("SELECT 1 a, 2 a")))
    yield "toArrow no rows", outcome(lambda: arrow_json(spark.sql("SELECT 1 a, 'b' b WHERE false")))
    yield "toArrow no columns", outcome(lambda: spark.range(2).select().toArrow().num_rows)
    yield "toArrow not nullable", outcome(lambda: arrow_json(spark.range(1)))
    yield "toLocalIterator, many", outcome(lambda: sum(row.id for row in spark.range(100_000).toLocalIterator()))
    yield "toLocalIterator, prefetched", outcome(lambda: sum(row.id for row in spark.range(10).toLocalIterator(True)))
    yield "toLocalIterator, left early", outcome(lambda: next(iter(spark.range(10_000_000).toLocalIterator())).id)


def from_client(spark):
    for name, array in ARROW.items():
        yield f"createDataFrame of Arrow {name}", outcome(created, spark, pa.table({"a": array}))
    for name, columns in PANDAS.items():
        frame = pd.DataFrame({f"c{i}": column for i, column in enumerate(columns)})
        yield f"createDataFrame of pandas {name}", outcome(created, spark, frame)
    yield "createDataFrame of pandas, schema", outcome(created, spark, pd.DataFrame({"x": [1], "y": ["2"]}), "x long, y string")
    yield "createDataFrame of pandas, other schema", outcome(created, spark, pd.DataFrame({"x": [1]}), "x string")
    yield "createDataFrame of pandas, index", outcome(created, spark, pd.DataFrame({"x": [1, 2]}, index=[7, 8]))
    yield "createDataFrame of Arrow, names", outcome(created, spark, pa.table({"x": [1]}), ["y"])
    yield "createDataFrame of Arrow, schema", outcome(created, spark, pa.table({"x": [1]}), "x int")
    yield "createDataFrame of Arrow, no columns", outcome(created, spark, pa.table({}))
    yield "createDataFrame of numpy", outcome(created, spark, np.array([[1, 2], [3, 4]]))
    for name, (rows, schema) in ROWS.items():
        yield f"createDataFrame of {name}", outcome(created, spark, rows, schema)


def summed(frame):
    return [list(row) for row in frame.selectExpr("count(*)", "sum(id)", "count(s)", "sum(length(s))").collect()]


def large(spark):
    """Data that goes in chunks, kept by the server under the hash of its bytes."""
    rows = [(i, "é" * (i % 50) if i % 7 else None) for i in range(50_000)]
    table = pa.table({"id": [i for i, _ in rows], "s": [s for _, s in rows]})
    settings = {"default": {}, "small chunks": {"spark.sql.session.localRelationCacheThreshold": "1000",
                                                "spark.sql.session.localRelationChunkSizeBytes": "20000",
                                                "spark.sql.session.localRelationChunkSizeRows": "1000"}}
    for name, conf in settings.items():
        for key, value in conf.items():
            spark.conf.set(key, value)
        for form, data in (("rows", rows), ("Arrow", table), ("pandas", table.to_pandas())):
            schema = "id long, s string" if form == "rows" else None
            frame = spark.createDataFrame(data, schema)
            yield f"large {form}, {name}", outcome(summed, frame)
            yield f"large {form}, {name}, again", outcome(summed, frame)
            yield f"large {form}, {name}, joined with itself", outcome(lambda: frame.alias("x").join(frame, "id").count())
            yield f"large {form}, {name}, schema", schema_json(frame.schema)
        for key in conf:
            spark.conf.unset(key)


def main(spark):
    spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles")
    return [list(case) for part in (to_client, from_client, large) for case in part(spark)]
