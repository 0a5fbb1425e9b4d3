"""What is written, with which options, and how it ends: the files' texts, or an error."""
import bz2
import gzip
import os
import re
import zlib
from dataclasses import dataclass, field

VALUES = """SELECT * FROM VALUES
  ('x', 1, 1.5D, true, DATE'2024-01-31', TIMESTAMP'2024-01-31 12:30:00.5', 1.20BD),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('', -1, double('NaN'), false, DATE'0001-01-01', TIMESTAMP'1999-12-31 23:59:59', -0.01BD)
  AS t(s, i, d, b, dt, ts, dec)"""
STRINGS = r"""SELECT * FROM VALUES (1, 'a,b'), (2, 'say "hi"'), (3, 'back\\slash'), (4, 'two\nlines'), (5, ' padded '), (6, '#c'),
  (7, '"quoted"'), (8, 'tab\there'), (9, '\r'), (10, 'é日'), (11, "it's"), (12, '   '), (13, 'a\\"b'), (14, ''), (15, NULL), (16, 'x||y'),
  (17, '"'), (18, 'end\\') AS t(i, s)"""
FIRST = r"SELECT s, i FROM (" + STRINGS + ")"
NESTED = """SELECT 1 a, array(1, NULL) l, map('k', NULL, 'j', 2) m, named_struct('x', NULL, 'y', 'q') s, CAST(NULL AS INT) n,
  X'6869' bin, INTERVAL '1-2' YEAR TO MONTH ym, INTERVAL '1 02:03:04' DAY TO SECOND ds"""


@dataclass
class Case:
    name: str
    query: str
    format: str = "csv"
    options: dict = field(default_factory=dict)
    partitions: list = field(default_factory=list)
    conf: dict = field(default_factory=dict)
    files: bool = False  # there are as many as the query says; otherwise one


def csv_cases():
    h = {"header": "true"}
    yield Case("values", VALUES)
    yield Case("values, header", VALUES, options=h)
    yield Case("strings", STRINGS)
    yield Case("strings first", FIRST)
    for key, value in (("quoteAll", "true"), ("escapeQuotes", "false"), ("quote", "'"), ("quote", ""), ("escape", '"'),
                       ("sep", ";"), ("sep", "||"), ("sep", "\\t"), ("nullValue", "NULL"), ("emptyValue", ""), ("emptyValue", "E"),
                       ("ignoreLeadingWhiteSpace", "false"), ("ignoreTrailingWhiteSpace", "false"), ("comment", "#"),
                       ("lineSep", ";"), ("lineSep", "\r\n"), ("lineSep", ""), ("charToEscapeQuoteEscaping", "!"), ("header", "yes"),
                       ("sep", ""), ("encoding", "ISO-8859-1"), ("encoding", "no-such"), ("quote", "ab")):
        yield Case(f"strings {key} {value!r}", STRINGS, options={key: value})
        if key in ("quoteAll", "nullValue", "emptyValue", "comment"):
            yield Case(f"first {key} {value!r}", FIRST, options={key: value} | h)
    yield Case("strings all quoted, NULL named", STRINGS, options={"quoteAll": "true", "nullValue": "N", "emptyValue": "E"})
    yield Case("spaces kept", STRINGS, options={"ignoreLeadingWhiteSpace": "false", "ignoreTrailingWhiteSpace": "false"})
    yield Case("formats", VALUES, options={"dateFormat": "dd/MM/yy", "timestampFormat": "yyyy.MM.dd HH-mm"})
    yield Case("time zone", VALUES, options={"timeZone": "America/New_York"})
    yield Case("session zone", VALUES, conf={"spark.sql.session.timeZone": "Asia/Tokyo"})
    yield Case("NTZ", "SELECT TIMESTAMP_NTZ'2024-01-31 12:30:00' a, TIMESTAMP_NTZ'2024-01-31 12:30:00.123456' b")
    yield Case("numbers", "SELECT 1Y a, 2S b, 3L c, 1.5F d, 1e10D e, double('Infinity') f, float('-Infinity') g, 1e-7D h, 10BD i")
    yield Case("intervals", "SELECT INTERVAL '1-2' YEAR TO MONTH ym, INTERVAL '1 02:03:04' DAY TO SECOND ds")
    yield Case("binary", "SELECT X'6869' a")
    yield Case("void", "SELECT NULL a, 1 b")
    yield Case("calendar interval", "SELECT make_interval(1) a")
    for query in ("SELECT array(1) a", "SELECT map('a', 1) a", "SELECT struct(1) a", "SELECT parse_json('1') a"):
        yield Case(f"refused {query}", query)
    yield Case("no rows", "SELECT 1 a WHERE false", options=h)
    yield Case("no rows, no header", "SELECT 1 a WHERE false")
    yield Case("no columns", "SELECT")
    yield Case("names quoted", "SELECT 1 `a,b`, 2 `c\"d`", options=h)
    yield Case("partitions", VALUES, options=h, partitions=["i"])
    yield Case("partitions of dates", "SELECT 1 a, DATE'2024-01-31' d, true b", partitions=["d", "b"])
    yield Case("all partitions", "SELECT 1 a", partitions=["a"])
    yield Case("duplicate columns", "SELECT 1 a, 2 A")
    yield Case("duplicate columns, case-sensitive", "SELECT 1 a, 2 A", options=h, conf={"spark.sql.caseSensitive": "true"})
    for codec in ("none", "uncompressed", "gzip", "GZIP", "bzip2", "deflate", "lz4", "snappy", "zstd", "brotli", "lzo"):
        yield Case(f"compression {codec}", "SELECT 1 a", options={"compression": codec})
        yield Case(f"json compression {codec}", "SELECT 1 a", "json", options={"compression": codec})
    yield Case("codec", "SELECT 1 a", options={"codec": "gzip"})


def json_cases():
    yield Case("json values", VALUES, "json")
    yield Case("json strings", STRINGS, "json")
    yield Case("json nested", NESTED, "json")
    yield Case("json nested, NULLs", NESTED, "json", {"ignoreNullFields": "false"})
    yield Case("json NULLs configured", NESTED, "json", conf={"spark.sql.jsonGenerator.ignoreNullFields": "false"})
    yield Case("json formats", VALUES, "json", {"dateFormat": "dd/MM/yy", "timestampFormat": "yyyy.MM.dd HH-mm"})
    yield Case("json time zone", VALUES, "json", {"timeZone": "America/New_York"})
    yield Case("json lineSep", "SELECT id FROM range(0, 3, 1, 1)", "json", {"lineSep": ";"})
    yield Case("json encoding", "SELECT 'é' a", "json", {"encoding": "UTF-16LE"})
    yield Case("json numbers", "SELECT 1Y a, 2S b, 3L c, 1.5F d, 1e10D e, double('Infinity') f, float('NaN') g, 1e-7D h, 10BD i", "json")
    yield Case("json void", "SELECT NULL a, 1 b", "json")
    yield Case("json no rows", "SELECT 1 a WHERE false", "json")
    yield Case("json all null", "SELECT CAST(NULL AS INT) a", "json")
    yield Case("json partitions", VALUES, "json", partitions=["b"])
    yield Case("json NTZ", "SELECT TIMESTAMP_NTZ'2024-01-31 12:30:00' a, TIMESTAMP_NTZ'2024-01-31 12:30:00.123456' b", "json")
    yield Case("json calendar interval", "SELECT make_interval(1) a", "json")
    yield Case("json maps", "SELECT map(1, 'a') a, map(DATE'2024-01-31', 1) b", "json")


def text_cases():
    yield Case("text", "SELECT s FROM (" + STRINGS + ")", "text")
    yield Case("text lineSep", "SELECT s FROM (" + STRINGS + ")", "text", {"lineSep": ";"})
    yield Case("text of ints", "SELECT 1 a", "text")
    yield Case("text of two", "SELECT 'a' a, 'b' b", "text")
    yield Case("text partitions", "SELECT 'a' a, 'b' b", "text", partitions=["b"])
    yield Case("text gzip", "SELECT 'a' a", "text", {"compression": "gzip"})
    yield Case("text empty lineSep", "SELECT 'a' a", "text", {"lineSep": ""})
    yield Case("text no rows", "SELECT 'a' a WHERE false", "text")


def other_cases():
    for format in ("orc", "avro", "xml", "jdbc", "binaryFile", "image", "kafka", "noop", "nosuchformat"):
        yield Case(f"format {format}", "SELECT 1 a", format)
    for query in ("SELECT NULL a, 1 b", "SELECT array(NULL) a", "SELECT make_interval(1) a"):
        yield Case(f"parquet {query}", query, "parquet")
    for codec in ("lz4", "lz4_raw", "lz4raw", "LZ4", "zstd", "brotli", "lzo", "none", "zip"):
        yield Case(f"parquet {codec}", "SELECT 1 a", "parquet", {"compression": codec})
    rows = "SELECT id, id % 2 p FROM range(0, 25, 1, 1)"
    for format in ("parquet", "csv"):
        yield Case(f"{format} maxRecordsPerFile", rows, format, {"maxRecordsPerFile": "10"})
        yield Case(f"{format} maxRecordsPerFile of partitions", rows, format, {"maxRecordsPerFile": "10"}, ["p"])
        yield Case(f"{format} maxRecordsPerFile 0", rows, format, {"maxRecordsPerFile": "0"})
        yield Case(f"{format} maxRecordsPerFile x", rows, format, {"maxRecordsPerFile": "x"})


def file_cases():
    """Who has said how many partitions there are gets so many files."""
    keys = "id, id % 5 k FROM range(0, 25, 1, 1)"

    def case(name, query, format="csv", **more):
        return Case(f"{name} as files", query, format, files=True, **more)

    yield case("turns", f"SELECT /*+ REPARTITION(4) */ {keys}", "parquet")
    yield case("turns of no rows", "SELECT /*+ REPARTITION(4) */ id FROM range(0, 3, 1, 1) WHERE id > 5", "parquet")
    yield case("one turn", f"SELECT /*+ REPARTITION(1) */ {keys}")
    for format in ("csv", "json", "parquet"):
        yield case(f"{format} hash", f"SELECT /*+ REPARTITION(3, k) */ {keys}", format)
    yield case("hash of partitions", f"SELECT /*+ REPARTITION(3, id) */ {keys}", partitions=["k"])
    yield case("hash below a filter", f"SELECT id + 1 FROM (SELECT /*+ REPARTITION(3, k) */ {keys}) WHERE k <> 2")
    yield case("hash below a sum", f"SELECT k, sum(id) FROM (SELECT /*+ REPARTITION(3, k) */ {keys}) GROUP BY k ORDER BY k")
    yield case("ranges", "SELECT /*+ REPARTITION_BY_RANGE(3, id) */ id FROM range(0, 25, 1, 1)")
    yield case("numbers", "SELECT id FROM range(0, 10, 1, 4)")
    yield case("fewer numbers", "SELECT /*+ COALESCE(2) */ id FROM range(0, 10, 1, 4)")
    yield case("more numbers", "SELECT /*+ COALESCE(9) */ id FROM range(0, 10, 1, 4)")
    yield case("twelve numbers", "SELECT id FROM range(0, 24, 1, 12)")
    yield case("folders", f"SELECT /*+ REPARTITION(k) */ {keys}", partitions=["k"])
    yield case("sorted in each", f"SELECT * FROM (SELECT /*+ REPARTITION(3, k) */ {keys}) SORT BY k DESC, id")
    yield case("limited hash", f"SELECT /*+ REPARTITION(2, k) */ {keys}", "parquet", options={"maxRecordsPerFile": "4"})


# Named apart from the cases of reading.
CASES = {f"written {case.name}": case
         for group in (csv_cases, json_cases, text_cases, other_cases, file_cases) for case in group()}


def text_of(path, encoding):
    data = path.read_bytes()
    for suffix, unpack in ((".gz", gzip.decompress), (".bz2", bz2.decompress), (".deflate", zlib.decompress)):
        if path.name.endswith(suffix):
            data = unpack(data)
    if path.name.endswith((".lz4", ".snappy", ".zst")):
        return None
    return data.decode(encoding, "backslashreplace")


def files(spark, folder, encoding):
    found = []
    for path in sorted(folder.rglob("part-*")):
        place = os.path.relpath(path.parent, folder)
        suffix = re.sub(r"^part-\d{5}-[0-9a-f-]{36}[._-]c\d{3}", "", path.name)
        if ".parquet" in suffix:
            found.append([place, suffix, spark.read.parquet(str(path)).count()])
        else:
            found.append([place, suffix, text_of(path, encoding)])
    return sorted(found, key=repr)


def run(spark, folder, case):
    from pyspark.errors import PySparkException

    for key, value in case.conf.items():
        spark.conf.set(key, value)
    try:
        frame = spark.sql(case.query)
        if not case.files and (case.format != "parquet" or not case.options.get("maxRecordsPerFile")):
            frame = frame.coalesce(1)
        frame.write.format(case.format).options(**case.options).partitionBy(*case.partitions).save(str(folder / "t"))
    except PySparkException as error:
        shown = {k: v.replace(str(folder), "<root>") for k, v in (error.getMessageParameters() or {}).items()}
        return {"error": error.getCondition(), "sqlstate": error.getSqlState(), "class": type(error).__name__, "parameters": shown}
    finally:
        for key in case.conf:
            spark.conf.unset(key)
    encoding = case.options.get("encoding", "UTF-8")
    return {"files": files(spark, folder / "t", encoding)}
