"""A DataFrame's schema and rows as JSON values: the form in which expected results are kept.

    {"schema": [[name, type, nullable], ...], "rows": [[value, ...], ...]}

Decimals, dates and timestamps are strings; doubles are numbers, but for NaN and the infinities, which are strings; binary
is in hex; arrays and structs are lists; maps are lists of pairs in the order of their keys.
"""
import datetime
import decimal
import math


def value_json(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value // datetime.timedelta(microseconds=1)) + " us"
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, dict):
        return sorted(([value_json(k), value_json(v)] for k, v in value.items()), key=repr)
    if isinstance(value, (list, tuple)):
        return [value_json(v) for v in value]
    raise TypeError(f"no JSON form for {type(value)}")


def schema_json(schema):
    return [[f.name, f.dataType.simpleString(), f.nullable] for f in schema.fields]


def frame_json(frame):
    rows = [value_json(tuple(row)) for row in frame.collect()]
    return {"schema": schema_json(frame.schema), "rows": rows}
