"""Functions that Spark would send pickled rows to (useArrow=False): here their rows come and go as Arrow.

What they return is taken as Spark takes it from a pickle: a value of another type than the declared one is NULL, anything
becomes a string where one is declared, decimals are rounded, integers wrap.
"""
import decimal
import math

import pyarrow as pa
import pyspark.worker as worker
from pyspark.serializers import Serializer
from pyspark.sql import types as T
from pyspark.sql.conversion import ArrowTableToRowsConversion
from pyspark.sql.pandas.serializers import ArrowStreamSerializer
from pyspark.sql.pandas.types import to_arrow_schema, to_arrow_type
from pyspark.util import PythonEvalType

ROWS_IN_A_BATCH = 1000
BITS = {T.ByteType: 8, T.ShortType: 16, T.IntegerType: 32, T.LongType: 64}


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def wrapped(bits):
    def convert(value):
        if not is_integer(value) or not -(2**63) <= value < 2**63:
            return None
        return (value + (1 << (bits - 1))) % (1 << bits) - (1 << (bits - 1))

    return convert


def java_double(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return format(decimal.Decimal(repr(value)), "f")
    sign, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    return f"{'-' * sign}{text[0]}.{text[1:] or '0'}E{exponent + len(digits) - 1}"


def java_string(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return java_double(value) if isinstance(value, float) else str(value)


def rescaled(type_):
    step = decimal.Decimal(1).scaleb(-type_.scale)
    context = decimal.Context(prec=38)
    return lambda value: value.quantize(step, decimal.ROUND_HALF_UP, context) if isinstance(value, decimal.Decimal) else None


def struct(type_):
    names = type_.names
    converters = [converter(field.dataType) for field in type_.fields]

    def convert(value):
        if not isinstance(value, tuple):
            return None
        if len(value) != len(names):
            raise ValueError(
                "Input row doesn't have expected number of values required by the schema. "
                f"{len(names)} fields are required while {len(value)} values are provided."
            )
        return {name: each(item) for name, each, item in zip(names, converters, value)}

    return convert


def of_type(type_):
    if type(type_) in BITS:
        return wrapped(BITS[type(type_)])
    if isinstance(type_, T.BooleanType):
        return lambda value: value if isinstance(value, bool) else None
    if isinstance(type_, (T.FloatType, T.DoubleType)):
        return lambda value: value if isinstance(value, float) else None
    if isinstance(type_, (T.DateType, T.TimestampType, T.TimestampNTZType, T.DayTimeIntervalType)):
        return lambda value: value if is_integer(value) else None
    if isinstance(type_, T.DecimalType):
        return rescaled(type_)
    if isinstance(type_, T.StringType):
        return java_string
    if isinstance(type_, T.BinaryType):
        return lambda value: value.encode() if isinstance(value, str) else bytes(value) if isinstance(value, (bytes, bytearray)) else None
    if isinstance(type_, T.ArrayType):
        element = converter(type_.elementType)
        return lambda value: [element(item) for item in value] if isinstance(value, (list, tuple)) else None
    if isinstance(type_, T.MapType):
        key, item = converter(type_.keyType), converter(type_.valueType)
        return lambda value: [(key(k), item(v)) for k, v in value.items()] if isinstance(value, dict) else None
    if isinstance(type_, T.StructType):
        return struct(type_)
    raise TypeError(f"functions without Arrow cannot return {type_.simpleString()} here")


def converter(type_):
    convert = of_type(type_)
    return lambda value: None if value is None else convert(value)


class RowsFromArrow(Serializer):
    def __init__(self, schema):
        self.converters = [ArrowTableToRowsConversion._create_converter(field.dataType, none_on_identity=True) for field in schema]

    def load_stream(self, stream):
        for batch in ArrowStreamSerializer().load_stream(stream):
            columns = [
                column.to_pylist() if convert is None else [convert(value) for value in column.to_pylist()]
                for column, convert in zip(batch.itercolumns(), self.converters)
            ]
            yield from zip(*columns) if columns else ((),) * batch.num_rows


class ValuesToArrow(Serializer):
    def __init__(self, types):
        self.converters = [converter(type_) for type_ in types]
        self.types = [to_arrow_type(type_, timezone="UTC") for type_ in types]

    def batch(self, rows):
        columns = zip(*rows) if len(self.types) > 1 else [rows]
        arrays = [pa.array(map(convert, column), type_) for convert, column, type_ in zip(self.converters, columns, self.types)]
        return pa.RecordBatch.from_arrays(arrays, [f"_{i}" for i in range(len(arrays))])

    def batches(self, results):
        rows = []
        for result in results:
            rows.append(result)
            if len(rows) == ROWS_IN_A_BATCH:
                yield self.batch(rows)
                rows = []
        if rows:
            yield self.batch(rows)

    def dump_stream(self, results, stream):
        ArrowStreamSerializer(write_start_stream=True).dump_stream(self.batches(results), stream)


class RowsToArrow(Serializer):
    """What calls of a table function make: a tuple of rows for each."""

    def __init__(self, schema, batch_for_each):
        self.converters = [converter(field.dataType) for field in schema]
        self.schema = to_arrow_schema(schema, timezone="UTC")
        self.batch_for_each = batch_for_each

    def batch(self, rows):
        arrays = []
        for index, (convert, field) in enumerate(zip(self.converters, self.schema)):
            values = (None if row is None else convert(row[index]) for row in rows)
            arrays.append(pa.array(values, field.type, size=len(rows)))
        return pa.RecordBatch.from_arrays(arrays, names=self.schema.names)

    def batches(self, calls):
        pending = []
        for rows in calls:
            if self.batch_for_each:
                yield self.batch(rows)
                continue
            pending.extend(rows)
            if len(pending) >= ROWS_IN_A_BATCH:
                yield self.batch(pending)
                pending = []
        if pending:
            yield self.batch(pending)

    def dump_stream(self, calls, stream):
        ArrowStreamSerializer(write_start_stream=True).dump_stream(self.batches(calls), stream)


def install():
    """PySpark's worker takes these functions too."""
    install_functions()
    install_table_functions()


def install_table_functions():
    read_udtf = worker.read_udtf

    def read(pickles, stream, eval_type, runner_conf, eval_conf):
        function, profiler, *serializers = read_udtf(pickles, stream, eval_type, runner_conf, eval_conf)
        if eval_type == PythonEvalType.SQL_TABLE_UDF:
            schema = worker._parse_datatype_json_string(eval_conf.get("output_type", lower_str=False))
            serializers = RowsFromArrow(eval_conf.input_type), RowsToArrow(schema, eval_conf.get("batch_for_each_row") == "true")
        return function, profiler, *serializers

    worker.read_udtf = read


def install_functions():
    read_udfs, wrap_udf = worker.read_udfs, worker.wrap_udf

    def read(pickles, stream, eval_type, runner_conf, eval_conf):
        if eval_type != PythonEvalType.SQL_BATCHED_UDF:
            return read_udfs(pickles, stream, eval_type, runner_conf, eval_conf)
        types = []

        def wrap(function, args_offsets, kwargs_offsets, return_type):
            types.append(return_type)
            return wrap_udf(function, args_offsets, kwargs_offsets, return_type)

        worker.wrap_udf = wrap
        try:
            function, profiler, _, _ = read_udfs(pickles, stream, eval_type, runner_conf, eval_conf)
        finally:
            worker.wrap_udf = wrap_udf
        return function, profiler, RowsFromArrow(eval_conf.input_type), ValuesToArrow(types)

    worker.read_udfs = read
