"""The files that the cases read, written by pyarrow: make(root) lays them out under a folder."""
import os
from decimal import Decimal

import pyarrow as pa
import pyarrow.orc
import pyarrow.parquet as pq

import text_data

ONE = pa.table({"v": pa.array([1], pa.int32())})


def write(root, path, table=ONE, **options):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file, **options)


def layouts(root):
    for path in ("flat/a.parquet", "flat/b.parquet", "flat/_hidden.parquet", "flat/.dot.parquet",
                 "flat/c.parquet._COPYING_", "flat/notes.txt",
                 "nested/x/a.parquet", "nested/y/b.parquet",
                 "mixed/a.parquet", "mixed/sub/b.parquet",
                 "_under/a.parquet", "glob/a1.parquet", "glob/a2.parquet", "glob/b1.parquet", "glob/d/a3.parquet",
                 "with space/a b.parquet", "percent%20/a.parquet"):
        write(root, path)
    (root / "flat/_SUCCESS").touch()
    (root / "empty").mkdir()
    write(root, "only_ignored/_x.parquet")
    (root / "zero").mkdir()
    (root / "zero/a.parquet").touch()
    write(root, "zero/b.parquet")
    (root / "corrupt").mkdir()
    (root / "corrupt/a.parquet").write_bytes(b"PAR1 this is no footer")
    write(root, "duplicate_names/a.parquet", pa.table([pa.array([1]), pa.array([2])], names=["a", "A"]))
    write(root, "summary/a.parquet")
    pq.write_metadata(pa.schema([("v", pa.int32()), ("w", pa.string())]), root / "summary/_common_metadata")
    write(root, "empty_rows/a.parquet", ONE.slice(0, 0))
    os.symlink("flat", root / "link")


# One column `p` with these folder names, by the name of the table.
PARTITION_VALUES = {
    "int": ["1", "2", "-3"], "int_zero": ["01", "2"], "plus": ["+1"], "long": ["1", "3000000000"],
    "huge": ["1", "123456789012345678901234567890"], "too_huge": ["1" * 39], "double": ["1.5", "2"],
    "double_long": ["1.5", "3000000000"], "double_huge": ["1.5", "12345678901234567890"], "exponent": ["1e5"],
    "exponent_fraction": ["1.5e3"], "nan": ["NaN"], "infinity": ["Infinity"], "suffix": ["1d", "2f"], "hex": ["0x1p3"],
    "long_suffix": ["1L"], "date": ["2024-01-31", "2023-12-01"], "date_short": ["2024-1-1"], "date_bad": ["2024-02-30"],
    "date_int": ["2024-01-01", "5"], "timestamp": ["2024-01-31 12%3A30%3A00"], "timestamp_plain": ["2024-01-31 12:30:00.5"],
    "timestamp_micros": ["2024-01-31 12%3A30%3A00.123456"], "timestamp_t": ["2024-01-31T12%3A30%3A00"],
    "date_timestamp": ["2024-01-31", "2024-01-31 12%3A30%3A00"], "string": ["a", "b"], "int_string": ["1", "a"],
    "null": ["__HIVE_DEFAULT_PARTITION__"], "int_null": ["1", "__HIVE_DEFAULT_PARTITION__"],
    "string_null": ["a", "__HIVE_DEFAULT_PARTITION__"], "boolean": ["true", "false"], "escaped": ["a%2Fb%3Dc%25", "x=y"],
    "bad_escape": ["a%zz"], "space": [" 1", "a b"], "empty_quotes": ['""'], "int_double": ["1", "2.5"],
    "int_date_null": ["1", "__HIVE_DEFAULT_PARTITION__", "2024-01-01"], "negative_zero": ["-0"], "unicode": ["é"],
    "decimal_int": ["12345678901234567890", "5"], "decimal_double_string": ["12345678901234567890", "x"],
}


def partitions(root):
    for name, values in PARTITION_VALUES.items():
        for i, value in enumerate(values):
            write(root, f"p_{name}/p={value}/f.parquet", pa.table({"v": pa.array([i], pa.int32())}))
    for a in (1, 2):
        for b in ("x", "y"):
            write(root, f"two/a={a}/b={b}/f.parquet")
    write(root, "overlap/v=7/f.parquet", pa.table({"u": ["u"], "v": pa.array([1], pa.int32()), "w": ["w"]}))
    write(root, "overlap_case/V=7/f.parquet", pa.table({"v": pa.array([1], pa.int32()), "w": ["w"]}))
    write(root, "uneven/a=1/f.parquet")
    write(root, "uneven/a=1/b=2/f.parquet")
    write(root, "different/a=1/f.parquet")
    write(root, "different/b=1/f.parquet")
    write(root, "case/a=1/f.parquet")
    write(root, "case/A=2/f.parquet")
    write(root, "stray/f.parquet")
    write(root, "stray/a=1/f.parquet")
    write(root, "temporary/a=1/f.parquet")
    write(root, "temporary/_temporary/0/a=2/f.parquet")
    write(root, "conflict/t1/a=1/f.parquet")
    write(root, "conflict/t2/a=2/f.parquet")
    write(root, "deep/x/a=1/y/b=2/f.parquet")
    write(root, "twice/a=1/a=2/f.parquet")
    write(root, "no_name/=1/f.parquet")
    write(root, "no_value/a=/f.parquet")
    write(root, "hidden_partition/_a=1/f.parquet")
    write(root, "column%3Dname/a%3Db=1/f.parquet")


def types(root):
    columns = {
        "int8": pa.array([1], pa.int8()), "int16": pa.array([1], pa.int16()), "int32": pa.array([1], pa.int32()),
        "int64": pa.array([1], pa.int64()), "uint8": pa.array([255], pa.uint8()), "uint16": pa.array([65535], pa.uint16()),
        "uint32": pa.array([4294967295], pa.uint32()), "uint64": pa.array([18446744073709551615], pa.uint64()),
        "float": pa.array([1.5], pa.float32()), "double": pa.array([1.5], pa.float64()), "boolean": pa.array([True]),
        "string": pa.array(["a"]), "large_string": pa.array(["a"], pa.large_string()), "binary": pa.array([b"a"]),
        "fixed": pa.array([b"abcd"], pa.binary(4)), "date32": pa.array([0], pa.date32()),
        "decimal_9": pa.array([Decimal("1.50")], pa.decimal128(9, 2)),
        "decimal_18": pa.array([Decimal("1.50")], pa.decimal128(18, 2)),
        "decimal_38": pa.array([Decimal("1.50")], pa.decimal128(38, 10)),
        "timestamp_ms": pa.array([1500], pa.timestamp("ms")), "timestamp_us": pa.array([1500000], pa.timestamp("us")),
        "timestamp_ms_utc": pa.array([1500], pa.timestamp("ms", "UTC")),
        "timestamp_us_utc": pa.array([1500000], pa.timestamp("us", "UTC")),
        "list": pa.array([[1, None]], pa.list_(pa.int32())), "map": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int32())),
        "struct": pa.array([{"x": 1, "y": "a"}], pa.struct([("x", pa.int32()), ("y", pa.string())])),
        "nested": pa.array([[{"m": [("k", [1])]}]],
                           pa.list_(pa.struct([("m", pa.map_(pa.string(), pa.list_(pa.int64())))]))),
    }
    write(root, "types/all.parquet", pa.table(columns))
    write(root, "types/integer_decimals.parquet", pa.table({k: columns[k] for k in ("decimal_9", "decimal_18")}),
          store_decimal_as_integer=True)
    write(root, "types/int96.parquet", pa.table({"t": pa.array([1500000], pa.timestamp("us"))}),
          use_deprecated_int96_timestamps=True)
    write(root, "types/required.parquet", pa.table(
        {"v": pa.array([1])}, schema=pa.schema([pa.field("v", pa.int64(), nullable=False)])))
    write(root, "types/item_list.parquet", pa.table({"list": columns["list"]}), use_compliant_nested_type=False)
    odd = {
        "time_ms": pa.array([1], pa.time32("ms")), "time_us": pa.array([1], pa.time64("us")),
        "time_ns": pa.array([1], pa.time64("ns")), "timestamp_ns": pa.array([1], pa.timestamp("ns")),
        "timestamp_ns_utc": pa.array([1], pa.timestamp("ns", "UTC")), "null": pa.nulls(1),
        "half": pa.array([1.5], pa.float16()), "duration": pa.array([1], pa.duration("us")),
        "decimal256": pa.array([Decimal(1)], pa.decimal256(50, 0)),
    }
    for name, column in odd.items():
        write(root, f"types/{name}.parquet", pa.table({"v": column}))


def merging(root):
    pairs = {
        "more": ({"a": pa.array([1])}, {"a": pa.array([2]), "b": pa.array(["x"])}),
        "incompatible": ({"a": pa.array([1])}, {"a": pa.array(["x"])}),
        "widening": ({"a": pa.array([1], pa.int32())}, {"a": pa.array([2], pa.int64())}),
        "struct": ({"s": pa.array([{"x": 1}])}, {"s": pa.array([{"y": "b"}])}),
        "list": ({"l": pa.array([[1]])}, {"l": pa.array([["x"]])}),
        "decimal": ({"d": pa.array([Decimal("1.0")], pa.decimal128(10, 1))},
                    {"d": pa.array([Decimal("1.00")], pa.decimal128(10, 2))}),
        "decimal_precision": ({"d": pa.array([Decimal("1.0")], pa.decimal128(10, 1))},
                              {"d": pa.array([Decimal("1.0")], pa.decimal128(12, 1))}),
        "case": ({"a": pa.array([1])}, {"A": pa.array([2])}),
        "order": ({"a": pa.array([1]), "b": pa.array([1])}, {"c": pa.array([1]), "b": pa.array([2]), "a": pa.array([2])}),
    }
    for name, (first, second) in pairs.items():
        write(root, f"merge_{name}/1.parquet", pa.table(first))
        write(root, f"merge_{name}/2.parquet", pa.table(second))


def orc(root):
    def write_orc(path, columns, **options):
        file = root / "orc" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        pyarrow.orc.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), file, **options)

    write_orc("types/a.orc", {
        "int8": pa.array([1, None, -128], pa.int8()), "int16": pa.array([1, None, -32768], pa.int16()),
        "int32": pa.array([1, None, -(2**31)], pa.int32()), "int64": pa.array([1, None, 2**40], pa.int64()),
        "float": pa.array([1.5, None, -0.1], pa.float32()), "double": pa.array([1.5, None, -0.1]),
        "boolean": pa.array([True, None, False]), "string": pa.array(["a", None, ""]), "binary": pa.array([b"a", None, b""]),
        "date32": pa.array([0, None, -1], pa.date32()), "decimal_9": pa.array([Decimal("1.50"), None, Decimal("-0.01")], pa.decimal128(9, 2)),
        "decimal_38": pa.array([Decimal("1.50"), None, Decimal("-0.01")], pa.decimal128(38, 10)),
        "timestamp": pa.array([1_500_000_000, None, 86_400_000_001_999], pa.timestamp("ns")),
        "instant": pa.array([1_500_000_000, None, 86_400_000_001_999], pa.timestamp("ns", "UTC")),
    })
    write_orc("nested/a.orc", {
        "list": pa.array([[1, None], None, []], pa.list_(pa.int32())),
        "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int32())),
        "struct": pa.array([{"x": 1, "y": "a"}, None, {"x": None, "y": "b"}], pa.struct([("x", pa.int32()), ("y", pa.string())])),
        "deep": pa.array([[{"m": [("k", [1])]}], None, [None]], pa.list_(pa.struct([("m", pa.map_(pa.string(), pa.list_(pa.int64())))]))),
    })
    write_orc("nulls/a.orc", {"a": pa.nulls(3, pa.int32()), "b": pa.nulls(3, pa.string())})
    numbers = range(40_000)
    names = [None if n % 11 == 3 else f"é{n}" * (n % 9) for n in numbers]
    lists = pa.array([[n, None] if n % 5 else None for n in numbers], pa.list_(pa.int64()))
    write_orc("stripes/a.orc", {"id": pa.array(numbers), "name": names, "lists": lists}, stripe_size=1 << 16, compression="uncompressed")
    for p in (1, 2):
        write_orc(f"parts/p={p}/f.orc", {"v": pa.array([p, 10 * p], pa.int32())})
    write_orc("digits/a.orc", {"v": ["1", " 2 ", "x", None]})
    write_orc("merge/1.orc", {"a": pa.array([1], pa.int32())})
    write_orc("merge/2.orc", {"b": ["x"], "a": pa.array([2], pa.int32())})
    write_orc("widening/1.orc", {"v": pa.array([1], pa.int32())})
    write_orc("widening/2.orc", {"v": pa.array([2**40], pa.int64())})
    write_orc("zero_rows/a.orc", {"v": pa.array([], pa.int32())})
    for path in ("nothing", "corrupt", "half_corrupt"):
        (root / "orc" / path).mkdir()
    (root / "orc/nothing/a.orc").touch()
    (root / "orc/corrupt/a.orc").write_bytes(b"these bytes are not those of an ORC file")
    (root / "orc/half_corrupt/b.orc").write_bytes(b"these bytes are not those of an ORC file")
    write_orc("half_corrupt/a.orc", {"v": pa.array([1], pa.int32())})
    for codec in ("zlib", "snappy", "lz4", "zstd"):
        write_orc(f"{codec}.orc", {"v": pa.array([1, 2], pa.int32()), "s": ["x" * 1000, "y"]}, compression=codec)


def make(root):
    orc(root)
    layouts(root)
    partitions(root)
    types(root)
    merging(root)
    text_data.make(root)
