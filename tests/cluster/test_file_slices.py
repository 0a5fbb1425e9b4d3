"""Files other than Parquet read by tasks, each a slice of them: the same rows, in the same order, and the same errors as on one process."""
import bz2
import gzip
import re

import pyarrow
import pyarrow.orc
import pytest
from server import Server
from workers import session

LINES = 60000  # of each file: about two megabytes


def record(n):
    """A line of CSV; some are malformed, long, or hold what is no ASCII."""
    if n % 9973 == 7:
        return f"{n},{'long ' * 4000},{n / 4}"
    if n % 1009 == 3:
        return f"not a number,é{n}"
    return f"{n},name {n % 17} — {'x' * (n % 40)},{n / 4}"


def document(n):
    if n % 1013 == 5:
        return '{"a": '
    return f'{{"a": {n}, "b": "é{n % 19}", "c": [{n}, {n + 1}], "d": {{"x": {n / 8}}}}}'


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")

    def write(name, text, encoding="utf-8"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    rows = [record(n) for n in range(LINES)]
    write("one.csv", "id,name,price\n" + "\n".join(rows) + "\n")
    write("crlf.csv", "id,name,price\r\n" + "\r\n".join(rows))
    write("latin.csv", "id,name,price\n" + "\n".join(r.replace("—", "-") for r in rows), "latin-1")
    write("spans.csv", "id,name,price\n" + "\n".join(f'{n},"two\nlines",{n / 4}' for n in range(5000)))
    for part in range(5):
        write(f"parts/p={part // 2}/q=k{part % 2}/{part}.csv", "id,name,price\n" + "\n".join(rows[part * 3000 : part * 3000 + 3000]))
    write("lines.json", "\n".join(document(n) for n in range(LINES)))
    write("array.json", "[" + ",".join(f'{{"a": {n}}}' for n in range(1000)) + "]")
    (folder / "packed.csv.gz").write_bytes(gzip.compress((folder / "one.csv").read_bytes()))
    (folder / "packed.json.bz2").write_bytes(bz2.compress((folder / "lines.json").read_bytes()))
    for part in range(4):
        (folder / f"orc/p={part // 2}").mkdir(parents=True, exist_ok=True)
        numbers = range(part * LINES // 4, (part + 1) * LINES // 4)
        table = pyarrow.table({
            "id": pyarrow.array(numbers, pyarrow.int32()), "name": [None if n % 11 == 3 else f"é{n}" * (n % 9) for n in numbers],
            "at": pyarrow.array([n * 10**12 for n in numbers], pyarrow.timestamp("ns")),
            "lists": [[n, None] if n % 5 else None for n in numbers], "parts": [{"x": n / 8, "y": str(n)} for n in numbers]})
        pyarrow.orc.write_table(table, folder / f"orc/p={part // 2}/{part}.orc", stripe_size=1 << 16, compression="uncompressed")
    return folder


SCHEMA = "id INT, name STRING, price DOUBLE"
CORRUPT = SCHEMA + ", _corrupt_record STRING"
# Name: format, path, options, schema.
SCANS = {
    "inferred": ("csv", "one.csv", {"header": True, "inferSchema": True}, None),
    "schema": ("csv", "one.csv", {"header": True}, SCHEMA),
    "no header": ("csv", "one.csv", {}, "a STRING, b STRING, c STRING"),
    "corrupt records": ("csv", "one.csv", {"header": True}, CORRUPT),
    "drop malformed": ("csv", "one.csv", {"header": True, "mode": "DROPMALFORMED"}, SCHEMA),
    "fail fast": ("csv", "one.csv", {"header": True, "mode": "FAILFAST"}, SCHEMA),
    "crlf": ("csv", "crlf.csv", {"header": True}, CORRUPT),
    "latin": ("csv", "latin.csv", {"header": True, "encoding": "iso-8859-1"}, CORRUPT),
    "spans": ("csv", "spans.csv", {"header": True, "multiLine": True}, SCHEMA),
    "partitions": ("csv", "parts", {"header": True}, SCHEMA),
    "packed": ("csv", "packed.csv.gz", {"header": True}, SCHEMA),
    "json": ("json", "lines.json", {}, None),
    "json corrupt": ("json", "lines.json", {}, "a INT, d STRUCT<x: DOUBLE>, _corrupt_record STRING"),
    "json packed": ("json", "packed.json.bz2", {}, "a INT, c ARRAY<INT>"),
    "json array": ("json", "array.json", {"multiLine": True}, None),
    "text": ("text", "one.csv", {}, None),
    "text whole": ("text", "parts", {"wholetext": True}, None),
    "text separator": ("text", "one.csv", {"lineSep": ","}, None),
    "binary": ("binaryFile", "parts", {}, None),
    "orc": ("orc", "orc", {}, None),
    "orc schema": ("orc", "orc", {}, "id BIGINT, missing STRING, NAME STRING"),
    "orc types": ("orc", "orc", {}, "id STRING, at STRING"),
}
WIDE = {"latin", "packed", "spans", "json array", "json packed"}  # one slice: the file is read from its beginning


@pytest.fixture(scope="module")
def on_workers():
    with Server("--cluster", "local[3]", "--cluster-least-rows", "0") as server:
        spark = session(server)
        yield spark
        spark.stop()


def frame(spark, files, name):
    source, path, options, schema = SCANS[name]
    reader = spark.read.format(source).options(**options)
    return (reader.schema(schema) if schema else reader).load(str(files / path))


def plan_of(frame):
    return frame._explain_string()


def result(frame):
    try:
        return frame.toArrow()
    except Exception as error:
        return error.getCondition(), sorted(error.getMessageParameters())


@pytest.mark.parametrize("name", SCANS)
def test_same_rows_in_the_same_order(spark, on_workers, files, name):
    here, there = frame(spark, files, name), frame(on_workers, files, name)
    assert there.schema == here.schema
    assert result(there) == result(here)


@pytest.mark.parametrize("name", SCANS)
def test_each_task_has_a_slice(on_workers, files, name):
    slices = int(re.search(r"PYRITE_FILE_SCAN, (\d+) slice", plan_of(frame(on_workers, files, name)))[1])
    assert (slices == 1) == (name in WIDE), slices


def test_metadata_and_partitions(spark, on_workers, files):
    def rows(session):
        read = frame(session, files, "partitions")
        return read.selectExpr("p", "q", "_metadata.file_name", "_metadata.file_size", "id").toArrow()

    assert rows(on_workers) == rows(spark)


def test_aggregates_and_joins(spark, on_workers, files):
    def rows(session):
        frame(session, files, "partitions").createOrReplaceTempView("parts")
        frame(session, files, "json").createOrReplaceTempView("documents")
        query = "SELECT p, q, count(*), sum(id), max(b) FROM parts JOIN documents ON id = a WHERE p > 0 GROUP BY p, q ORDER BY p, q"
        return session.sql(query).collect()

    assert rows(on_workers) == rows(spark)
    assert len(rows(spark)) == 3


def test_files_of_other_partitions_are_in_no_slice(on_workers, files):
    read = frame(on_workers, files, "partitions")
    for condition, slices in {"p = 2": 1, "p = 1": 2, "q = 'k0'": 3, "p = 7": 0}.items():
        found = re.search(r"PYRITE_FILE_SCAN, (\d+) slice", plan_of(read.where(condition)))
        assert int(found[1] if found else 0) == slices, condition


def test_counts_read_no_values(spark, on_workers, files):
    assert frame(on_workers, files, "schema").count() == frame(spark, files, "schema").count() == LINES
