"""What is read, with which options, and how it ends: a schema with rows, or an error."""
import json
import os
from dataclasses import dataclass, field

import metadata_cases
import orc_cases
import result_json
import text_cases
from data import PARTITION_VALUES


@dataclass
class Case:
    name: str
    paths: list
    options: dict = field(default_factory=dict)
    schema: str = None
    conf: dict = field(default_factory=dict)
    format: str = "parquet"
    select: list = None  # expressions; none of them: only the schema
    count: bool = False
    program: object = None  # (spark, root) -> the frame, instead of a reader


def listing_cases():
    yield Case("file", ["flat/a.parquet"])
    yield Case("folder", ["flat"], {"pathGlobFilter": "*.parquet"})
    yield Case("folder with a foreign file", ["flat"])
    yield Case("two files", ["flat/a.parquet", "flat/b.parquet"])
    yield Case("a file twice", ["flat/a.parquet", "flat/a.parquet"])
    yield Case("a folder and its file", ["mixed", "mixed/a.parquet"])
    yield Case("slashes", ["flat//a.parquet/"])
    yield Case("dots", ["glob/../flat/./a.parquet"])
    yield Case("symbolic link", ["link/a.parquet"])
    yield Case("file prefix", ["file:flat/a.parquet"])
    yield Case("file prefix with three slashes", ["file://flat/a.parquet"])
    yield Case("spaces", ["with space"])
    yield Case("percent", ["percent%20"])
    yield Case("named hidden file", ["flat/_hidden.parquet"])
    yield Case("named dot file", ["flat/.dot.parquet"])
    yield Case("named hidden folder", ["_under"])
    yield Case("nested folders", ["nested"])
    yield Case("nested folders, recursive", ["nested"], {"recursiveFileLookup": "true"})
    yield Case("mixed folder", ["mixed"])
    yield Case("mixed folder, recursive", ["mixed"], {"recursiveFileLookup": "true"})
    yield Case("empty folder", ["empty"])
    yield Case("empty folder with schema", ["empty"], schema="v int, w string not null")
    yield Case("only ignored files", ["only_ignored"])
    yield Case("zero length file", ["zero"])
    yield Case("no rows", ["empty_rows"])
    yield Case("corrupt file", ["corrupt"])
    yield Case("summary file", ["summary"])
    yield Case("duplicate names", ["duplicate_names"])
    yield Case("duplicate names, case-sensitive", ["duplicate_names"], conf={"spark.sql.caseSensitive": "true"})
    yield Case("missing", ["nope"])
    yield Case("missing among others", ["flat/a.parquet", "nope/x", "nope/y"])
    yield Case("missing, ignored", ["nope"], {"ignoreMissingFiles": "true"})
    yield Case("missing among others, ignored", ["flat/a.parquet", "nope"], {"ignoreMissingFiles": "true"})
    yield Case("empty path", [""])
    yield Case("no path", [])
    yield Case("unknown format", ["flat"], format="nosuchformat")
    yield Case("format in capitals", ["flat/a.parquet"], format="PARQUET")
    yield Case("format by class", ["flat/a.parquet"],
               format="org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat")
    yield Case("format by package", ["flat/a.parquet"], format="org.apache.spark.sql.parquet")
    yield Case("path option", [], {"path": "flat/a.parquet"})
    yield Case("path option and path", ["flat/b.parquet"], {"path": "flat/a.parquet"})
    yield Case("modifiedAfter", ["flat/a.parquet"], {"modifiedAfter": "2100-01-01T00:00:00"})
    yield Case("modifiedBefore", ["flat/a.parquet"], {"modifiedBefore": "2100-01-01T00:00:00"})
    yield Case("modifiedBefore malformed", ["flat/a.parquet"], {"modifiedBefore": "yesterday"})
    yield Case("option not boolean", ["flat/a.parquet"], {"recursiveFileLookup": "yes"})
    for pattern in ("glob/*", "glob/a*", "glob/a?.parquet", "glob/[ab]1.parquet", "glob/[a-b]1*", "glob/[^a]1.parquet",
                    "glob/{a1,b1}.parquet", "gl{ob/a1,ob/b1}.parquet", "glob/{a[12],b1}*", "glob/*/*", "g*/[!b]1.parquet",
                    "glob/z*", "glob/\\a1.parquet", "glob/{a1", "flat/*", "flat/_*"):
        yield Case(f"glob {pattern}", [pattern], {} if pattern != "flat/*" else {"pathGlobFilter": "[!.n]*.parquet"})
    yield Case("user schema", ["flat/a.parquet"], schema="V int, w string not null")


def partition_cases():
    for name in PARTITION_VALUES:
        yield Case(f"partition values {name}", [f"p_{name}"])
    for name in ("int", "date", "escaped", "int_null", "null"):
        yield Case(f"partition values {name}, not inferred", [f"p_{name}"],
                   conf={"spark.sql.sources.partitionColumnTypeInference.enabled": "false"})
    yield Case("partition timestamp in a zone", ["p_timestamp"], conf={"spark.sql.session.timeZone": "America/New_York"})
    yield Case("partition timestamp_ntz", ["p_timestamp"], conf={"spark.sql.timestampType": "TIMESTAMP_NTZ"})
    for schema in ("p string, v int", "P long, v int", "v int, p double", "v int", "p int not null", "p decimal(10,2), v int",
                   "p date, v int", "p timestamp, v int", "p boolean, v int", "p binary, v int", "p tinyint, v int"):
        yield Case(f"partition int with schema {schema}", ["p_int"], schema=schema)
    yield Case("partition date with schema timestamp", ["p_date"], schema="v int, p timestamp")
    yield Case("partition string with schema int", ["p_string"], schema="v int, p int")
    yield Case("partition boolean with schema", ["p_boolean"], schema="v int, p boolean")
    for folder in ("two", "overlap", "overlap_case", "uneven", "different", "case", "stray", "temporary", "conflict", "deep",
                   "twice", "no_name", "no_value", "hidden_partition", "column%3Dname"):
        yield Case(f"partitions {folder}", [folder])
    yield Case("partitions overlap with schema", ["overlap"], schema="w string, v string, u string")
    yield Case("partitions case, case-sensitive", ["case"], conf={"spark.sql.caseSensitive": "true"})
    yield Case("partition folder", ["two/a=1"])
    yield Case("partition leaf", ["two/a=1/b=x"])
    yield Case("partition file", ["two/a=1/b=x/f.parquet"])
    yield Case("partition folder with base path", ["two/a=1"], {"basePath": "two"})
    yield Case("partition file with base path", ["two/a=1/b=x/f.parquet"], {"basePath": "two"})
    yield Case("partition folders", ["two/a=1", "two/a=2"])
    yield Case("partition folders with base path", ["two/a=1", "two/a=2/b=x"], {"basePath": "two"})
    yield Case("partition glob", ["two/*"])
    yield Case("partition glob of two levels", ["two/*/*"])
    yield Case("partition glob with base path", ["two/*/b=x"], {"basePath": "two"})
    yield Case("base path elsewhere", ["two/a=1"], {"basePath": "flat"})
    yield Case("base path a file", ["flat/a.parquet"], {"basePath": "flat/a.parquet"})
    yield Case("partitions, recursive", ["two"], {"recursiveFileLookup": "true"})
    yield Case("partitions, filtered", ["two"], {"pathGlobFilter": "z*"})
    yield Case("two tables", ["two", "p_int"])
    yield Case("tables of the same column", ["p_int", "p_long"])


def type_cases():
    yield Case("types", ["types/all.parquet"])
    for name in ("integer_decimals", "int96", "required", "item_list", "time_ms", "time_us", "time_ns", "timestamp_ns",
                 "timestamp_ns_utc", "null", "half", "duration", "decimal256"):
        yield Case(f"type {name}", [f"types/{name}.parquet"])
    yield Case("binary as string", ["types/all.parquet"], conf={"spark.sql.parquet.binaryAsString": "true"})
    yield Case("NTZ not inferred", ["types/all.parquet"], conf={"spark.sql.parquet.inferTimestampNTZ.enabled": "false"})
    yield Case("nanos as long", ["types/timestamp_ns.parquet"], conf={"spark.sql.legacy.parquet.nanosAsLong": "true"})
    yield Case("INT96 not as timestamp", ["types/int96.parquet"], conf={"spark.sql.parquet.int96AsTimestamp": "false"})
    for name in ("more", "incompatible", "widening", "struct", "list", "decimal", "decimal_precision", "case", "order"):
        yield Case(f"merge {name}", [f"merge_{name}"], {"mergeSchema": "true"})
    yield Case("not merged", ["merge_more"])
    yield Case("merge by configuration", ["merge_more"], conf={"spark.sql.parquet.mergeSchema": "true"})
    yield Case("merge case, case-sensitive", ["merge_case"], {"mergeSchema": "true"}, conf={"spark.sql.caseSensitive": "true"})


def file_rule_cases():
    ignore = {"ignoreCorruptFiles": "true"}
    yield Case("corrupt file, ignored", ["corrupt"], ignore)
    yield Case("corrupt file among others, ignored", ["corrupt", "glob"], ignore)
    yield Case("corrupt file, ignored by configuration", ["corrupt", "glob"], conf={"spark.sql.files.ignoreCorruptFiles": "true"})
    yield Case("corrupt file, ignored, with schema", ["corrupt", "glob"], ignore, "v int")
    yield Case("corrupt file, with schema", ["corrupt", "glob"], {}, "v int")
    yield Case("corrupt gzip", ["packed/broken.csv.gz"], {}, "a string", format="csv")
    yield Case("corrupt gzip, ignored", ["packed/broken.csv.gz", "csv/plain.csv"], ignore, "a string", format="csv")
    yield Case("schema in another case", ["flat/a.parquet"], schema="V int", conf={"spark.sql.caseSensitive": "true"})
    yield Case("schema of duplicate names", ["duplicate_names"], schema="a long")
    yield Case("schema of duplicate names, case-sensitive", ["duplicate_names"], schema="A long, a long",
               conf={"spark.sql.caseSensitive": "true"})
    yield Case("schema of another name", ["flat/a.parquet"], schema="w int")
    yield Case("glob filter of CSV", ["csv_many"], {"pathGlobFilter": "[12].csv", "header": "true"}, "a string, b string", format="csv")
    yield Case("modifiedAfter of JSON", ["json/plain.json"], {"modifiedAfter": "2100-01-01T00:00:00"}, "a int", format="json")


def other_formats():
    yield from text_cases.cases(Case)
    yield from metadata_cases.cases(Case)
    yield from orc_cases.cases(Case)


CASES = {case.name: case for group in (listing_cases, partition_cases, type_cases, file_rule_cases, other_formats) for case in group()}


def absolute(root, path):
    if path.startswith("file:"):
        scheme, rest = ("file://", path[7:]) if path.startswith("file://") else ("file:", path[5:])
        return f"{scheme}{root}/{rest}"
    return f"{root}/{path}" if path else ""


def run(spark, root, case):
    """A schema and sorted rows, or an error, as JSON values; the root folder is shown as <root>."""
    from pyspark.errors import PySparkException

    root = os.fspath(root)
    for key, value in case.conf.items():
        spark.conf.set(key, value)
    try:
        reader = spark.read.format(case.format)
        for key, value in case.options.items():
            reader = reader.option(key, absolute(root, value) if key in ("basePath", "path") else value)
        if case.schema:
            reader = reader.schema(case.schema)
        paths = [absolute(root, path) for path in case.paths]
        try:
            if case.program:
                frame = case.program(spark, root)
            else:
                frame = reader.load(paths) if paths else reader.load()
            schema = result_json.schema_json(frame.schema)
        except PySparkException as error:
            shown = {k: v.replace(root, "<root>") for k, v in (error.getMessageParameters() or {}).items()}
            result = {"error": error.getCondition(), "sqlstate": error.getSqlState(), "class": type(error).__name__,
                      "parameters": shown}
            if not error.getCondition() or error.getCondition().startswith("_LEGACY"):
                result["message"] = str(error).replace(root, "<root>").split("JVM stacktrace")[0][:400]
            return result
        if case.select == []:
            return {"schema": schema}
        try:
            if case.count:
                return {"schema": schema, "count": frame.count()}
            if case.select:
                frame = frame.selectExpr(*case.select)
            rows = sorted(result_json.frame_json(frame)["rows"], key=repr)
            rows = json.loads(json.dumps(rows).replace(root, "<root>"))
        except PySparkException as error:
            return {"schema": schema, "rows error": error.getCondition()}
        return {"schema": schema, "rows": rows}
    finally:
        for key in case.conf:
            spark.conf.unset(key)
