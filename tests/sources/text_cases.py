"""Cases of the text formats: what is read of tests/sources/text_data.py with which options."""
from text_data import CSV, JSON, TEXT

OTHER_CSV = ("fuzz", "fuzz_first", "latin", "utf16", "invalid")
H = {"header": "true"}
INFER = {"header": "true", "inferSchema": "true"}


def csv(Case, name, file, options=None, schema=None, **more):
    paths = [f"csv/{file}.csv" if file in CSV or file in OTHER_CSV else file]
    return Case(f"csv {name}", paths, options or {}, schema, format="csv", **more)


def csv_cases(Case):
    for name in CSV:
        yield csv(Case, f"{name}, no options", name)
        yield csv(Case, f"{name}, inferred", name, INFER)
        if name in ("quotes", "unescaped", "spaces", "lines", "crlf", "nulls", "short_long", "empty_lines", "bad_values"):
            yield csv(Case, f"{name}, multiLine", name, INFER | {"multiLine": "true"})
    for key, value in (("sep", ";"), ("delimiter", ";"), ("sep", "|"), ("sep", ""), ("sep", "\\"), ("sep", "\\x"),
                       ("quote", "'"), ("quote", ""), ("escape", '"'), ("escape", ""), ("quote", "ab"), ("escape", "ab"),
                       ("comment", "#"), ("comment", "##"), ("nullValue", "x"), ("emptyValue", "E"), ("header", "yes"),
                       ("inferSchema", "1"), ("mode", "sometimes"), ("maxColumns", "x"), ("maxColumns", "2"),
                       ("maxCharsPerColumn", "3"), ("encoding", "no-such"), ("lineSep", ""), ("lineSep", "abc"),
                       ("samplingRatio", "x"), ("samplingRatio", "1.0"), ("unescapedQuoteHandling", "none"), ("locale", "en-US"),
                       ("timeZone", "nowhere"), ("charToEscapeQuoteEscaping", "x"), ("charToEscapeQuoteEscaping", "xx")):
        yield csv(Case, f"{key} {value!r}", "quotes" if key != "sep" else "semicolons", H | {key: value})
    yield csv(Case, "sep of two characters", "two_characters", H | {"sep": "||"})
    yield csv(Case, "tab", "tabs", H | {"sep": "\t"})
    yield csv(Case, "escaped tab", "tabs", H | {"sep": "\\t"})
    for handling in ("STOP_AT_CLOSING_QUOTE", "BACK_TO_DELIMITER", "STOP_AT_DELIMITER", "SKIP_VALUE", "RAISE_ERROR"):
        yield csv(Case, f"unescaped quotes {handling}", "unescaped", H | {"unescapedQuoteHandling": handling})
    for name in ("fuzz", "fuzz_first"):
        yield csv(Case, name, name, schema="a string, b string, c string, d string, _corrupt_record string")
        yield csv(Case, f"{name}, escape is quote", name, {"escape": '"'}, "a string, b string, c string, d string")
        yield csv(Case, f"{name}, trimmed", name, {"ignoreLeadingWhiteSpace": "true", "ignoreTrailingWhiteSpace": "true"},
                  "a string, b string, c string, d string")
        yield csv(Case, f"{name}, multiLine", name, {"multiLine": "true"}, "a string, b string, c string, d string")
        yield csv(Case, f"{name}, two separators", name, {"sep": ",a"}, "a string, b string, c string, d string")
    yield csv(Case, "escape is quote", "escape_itself", H | {"escape": '"'})
    for trims in ({"ignoreLeadingWhiteSpace": "true"}, {"ignoreTrailingWhiteSpace": "true"},
                  {"ignoreLeadingWhiteSpace": "true", "ignoreTrailingWhiteSpace": "true"}):
        yield csv(Case, f"spaces {sorted(trims)}", "spaces", H | trims)
        yield csv(Case, f"unescaped {sorted(trims)}", "unescaped", H | trims)
    yield csv(Case, "comments", "comments", INFER | {"comment": "#"})
    yield csv(Case, "null value", "nulls", INFER | {"nullValue": "NA"})
    yield csv(Case, "null and empty value", "nulls", INFER | {"nullValue": "-", "emptyValue": "E"})
    yield csv(Case, "null value of ints", "nulls", H | {"nullValue": "NA"}, "a string, b int, c string")
    for mode in ("PERMISSIVE", "DROPMALFORMED", "FAILFAST", "permissive"):
        yield csv(Case, f"bad values {mode}", "bad_values", H | {"mode": mode}, "a int, b string")
        yield csv(Case, f"short and long {mode}", "short_long", H | {"mode": mode}, "a int, b int, c int")
        yield csv(Case, f"short and long {mode} of some", "short_long", H | {"mode": mode}, "a int, b int, c int", select=["a"])
        yield csv(Case, f"short and long {mode} of none", "short_long", H | {"mode": mode}, "a int, b int, c int", count=True)
        yield csv(Case, f"bad values {mode} of none", "bad_values", H | {"mode": mode}, "a int, b string", count=True)
        yield csv(Case, f"bad values {mode} multiLine of none", "bad_values", H | {"mode": mode, "multiLine": "true"},
                  "a int, b string", count=True)
    corrupt = "a int, b int, c int, _corrupt_record string"
    yield csv(Case, "corrupt record", "short_long", H, corrupt)
    yield csv(Case, "corrupt record in the middle", "short_long", H, "a int, _corrupt_record string, b int, c int")
    yield csv(Case, "corrupt record named", "short_long", H | {"columnNameOfCorruptRecord": "bad"}, "a int, b int, c int, bad string")
    yield csv(Case, "corrupt record configured", "short_long", H, "a int, b int, c int, worse string",
              conf={"spark.sql.columnNameOfCorruptRecord": "worse"})
    yield csv(Case, "corrupt record alone", "short_long", H, corrupt, select=["_corrupt_record"])
    yield csv(Case, "corrupt record and one", "short_long", H, corrupt, select=["a", "_corrupt_record"])
    yield csv(Case, "corrupt record of a wrong type", "short_long", H, "a int, _corrupt_record int")
    yield csv(Case, "corrupt record multiLine", "short_long", H | {"multiLine": "true"}, corrupt)
    yield csv(Case, "no column pruning", "short_long", H | {"mode": "DROPMALFORMED", "columnPruning": "false"}, "a int, b int, c int",
              select=["a"])
    for schema in ("i int, l int", "i tinyint", "i string, l string, d string, f double, b boolean, t timestamp, dt date, s string, e int, mixed string",
                   "i int, l bigint, d decimal(20,0), f float, b boolean, t timestamp_ntz, dt date",
                   "i int, l bigint, d decimal(10,2), f decimal(4,1), b string, t date, dt timestamp"):
        yield csv(Case, f"types as {schema}", "types", H, schema)
    for schema in ("a int, b int, c double, d int, e double, f double, g int", "a double, b float, c float, d double, e float, f float, g float",
                   "a decimal(5,1), b decimal(5,1), c decimal(5,1), d string, e decimal(3,0), f string, g decimal(1,0)",
                   "a smallint, b bigint, c string, d string, e string, f string, g double"):
        yield csv(Case, f"odd numbers as {schema}", "odd_numbers", H, schema)
    yield csv(Case, "booleans as boolean", "booleans", H, "a boolean, b boolean, c boolean, d boolean")
    yield csv(Case, "intervals as intervals", "intervals", H, "a interval year to month, b interval day to second")
    yield csv(Case, "infinities named", "odd_numbers", H | {"nanValue": "1d", "positiveInf": "0x10", "negativeInf": "+1"},
              "a string, b double, c double, d double, e double, f string, g string")
    for name, schema in (("dates", "a date, b date, c date, d date, e date"), ("bad_date", "a date"),
                         ("timestamps", "a timestamp, b timestamp, c string, d timestamp, e timestamp"),
                         ("timestamps", "a timestamp_ntz, b timestamp_ntz, c string, d timestamp_ntz, e timestamp_ntz")):
        yield csv(Case, f"{name} as {schema}", name, H, schema)
    formats = {"dateFormat": "dd.MM.yyyy", "timestampFormat": "dd.MM.yyyy HH-mm-ss"}
    yield csv(Case, "formats", "formats", H | formats, "d date, t timestamp")
    yield csv(Case, "formats inferred", "formats", INFER | formats)
    yield csv(Case, "formats NTZ", "formats", H | {"timestampNTZFormat": "dd.MM.yyyy HH-mm-ss"}, "d string, t timestamp_ntz")
    yield csv(Case, "formats in a zone", "formats", H | formats | {"timeZone": "America/New_York"}, "d date, t timestamp")
    yield csv(Case, "formats that do not fit", "formats", H | {"dateFormat": "yyyy/MM/dd", "timestampFormat": "yyyy"}, "d date, t timestamp")
    yield csv(Case, "format that falls back", "dates", H | {"dateFormat": "dd/MM/yyyy", "enableDateTimeParsingFallback": "true"},
              "a date, b date, c date")
    yield csv(Case, "format with optional parts", "dates", H | {"dateFormat": "yyyy-M[M]-d[d]"}, "a date, b date")
    yield csv(Case, "format with a zone", "timestamps", H | {"timestampFormat": "yyyy-MM-dd HH:mm:ssXXX"},
              "a string, b string, c string, d timestamp")
    yield csv(Case, "malformed format", "dates", H | {"dateFormat": "yyyy-qqqqqq-bb"}, "a date")
    yield csv(Case, "preferDate false", "dates", INFER | {"preferDate": "false"})
    yield csv(Case, "NTZ inferred", "timestamps", INFER, conf={"spark.sql.timestampType": "TIMESTAMP_NTZ"})
    yield csv(Case, "session zone", "timestamps", H, "a timestamp, b timestamp", conf={"spark.sql.session.timeZone": "Asia/Tokyo"})
    yield csv(Case, "enforceSchema false", "plain", H | {"enforceSchema": "false"}, "a int, b string, c double")
    yield csv(Case, "enforceSchema false, other names", "plain", H | {"enforceSchema": "false"}, "a int, x string, c double")
    yield csv(Case, "enforceSchema false, fewer", "plain", H | {"enforceSchema": "false"}, "a int, b string")
    yield csv(Case, "enforceSchema true, other names", "plain", H, "x int, y string, z double")
    yield csv(Case, "enforceSchema false, case", "plain", H | {"enforceSchema": "false"}, "A int, B string, C double")
    yield csv(Case, "lineSep", "semicolon_lines", INFER | {"lineSep": ";"})
    yield csv(Case, "many files", "csv_many", INFER)
    yield csv(Case, "partitions", "csv_parts", INFER)
    yield csv(Case, "partitions alone", "csv_parts", INFER, select=["p"])
    yield csv(Case, "packed folder", "packed/a.csv.gz", INFER)
    for name in ("packed/b.csv.bz2", "packed/c.csv.deflate", "packed/two.csv.gz", "packed/broken.csv.gz"):
        yield csv(Case, name, name, INFER)
    for charset in ("ISO-8859-1", "latin1", "UTF-8", "windows-1252"):
        yield csv(Case, f"latin as {charset}", "latin", H | {"encoding": charset})
    yield csv(Case, "utf16", "utf16", H | {"encoding": "UTF-16", "multiLine": "true"})
    yield csv(Case, "charset", "latin", H | {"charset": "ISO-8859-1"})
    yield csv(Case, "invalid bytes", "invalid", H)
    yield csv(Case, "duplicate header, case-sensitive", "duplicate_header", H, conf={"spark.sql.caseSensitive": "true"})
    for schema in ("a array<int>", "a map<string,int>", "a struct<x:int>", "a binary", "a void", "a char(3), b varchar(2)",
                   "a interval", "a time"):
        yield csv(Case, f"schema {schema}", "plain", H, schema)
    yield csv(Case, "single variant column", "plain", H | {"singleVariantColumn": "v"}, select=[])
    yield Case("csv empty folder", ["empty"], format="csv")
    yield csv(Case, "missing", "csv/nope.csv")


def json(Case, name, file, options=None, schema=None, **more):
    paths = [file if file in ("json_parts",) else f"json/{file}.json"]
    return Case(f"json {name}", paths, options or {}, schema, format="json", **more)


def json_cases(Case):
    for name in JSON:
        yield json(Case, f"{name}, inferred", name)
        yield json(Case, f"{name}, multiLine", name, {"multiLine": "true"})
    for option in ("allowComments", "allowUnquotedFieldNames", "allowNumericLeadingZeros", "allowBackslashEscapingAnyCharacter",
                   "allowUnquotedControlChars"):
        yield json(Case, option, "extras", {option: "true"}, "a string, _corrupt_record string")
    for option in ("allowSingleQuotes", "allowNonNumericNumbers"):
        yield json(Case, f"{option} false", "extras", {option: "false"}, "a string, _corrupt_record string")
    yield json(Case, "primitivesAsString", "types", {"primitivesAsString": "true"})
    yield json(Case, "prefersDecimal", "prefers_decimal", {"prefersDecimal": "true"})
    yield json(Case, "dropFieldIfAllNull", "all_null", {"dropFieldIfAllNull": "true"})
    yield json(Case, "inferTimestamp", "types", {"inferTimestamp": "true"})
    for mode in ("PERMISSIVE", "DROPMALFORMED", "FAILFAST"):
        yield json(Case, f"corrupt {mode}", "corrupt", {"mode": mode}, "a int, b int")
        yield json(Case, f"corrupt {mode} inferred", "corrupt", {"mode": mode})
        yield json(Case, f"bad nested {mode}", "bad_nested", {"mode": mode}, "s struct<x:int,y:int>, l array<int>, m map<string,int>")
        yield json(Case, f"corrupt {mode} of none", "corrupt", {"mode": mode}, "a int, b int", count=True)
    yield json(Case, "corrupt column", "corrupt", {}, "a int, b int, _corrupt_record string")
    yield json(Case, "corrupt column named", "corrupt", {"columnNameOfCorruptRecord": "bad"}, "a int, bad string")
    yield json(Case, "corrupt column alone", "corrupt", {}, "a int, _corrupt_record string", select=["_corrupt_record"])
    yield json(Case, "corrupt column of a wrong type", "corrupt", {}, "a int, _corrupt_record int")
    yield json(Case, "bad nested column", "bad_nested", {},
               "s struct<x:int,y:int>, l array<int>, m map<string,int>, _corrupt_record string")
    yield json(Case, "numbers", "numbers", {}, "b tinyint, s smallint, i int, l bigint, f float, d double, dec decimal(4,1), "
               "decs decimal(4,2), _corrupt_record string")
    yield json(Case, "strings", "strings", {}, "a string")
    yield json(Case, "strings as other", "strings", {}, "a array<string>, _corrupt_record string")
    yield json(Case, "times", "times", {}, "d date, t timestamp, n timestamp_ntz, _corrupt_record string")
    yield json(Case, "time formats", "times", {"dateFormat": "dd/MM/yyyy", "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'"},
               "d date, t timestamp")
    yield json(Case, "time zone", "times", {"timeZone": "Asia/Tokyo"}, "t timestamp")
    yield json(Case, "case", "case", {}, "a int")
    yield json(Case, "case, other", "case", {}, "A int")
    yield json(Case, "case, case-sensitive", "case", conf={"spark.sql.caseSensitive": "true"})
    yield json(Case, "maps", "maps", {}, "m map<string,int>, n map<string,struct<y:int>>")
    yield json(Case, "maps of other keys", "maps", {}, "m map<int,int>")
    yield json(Case, "binary", "binary", {}, "a binary, _corrupt_record string")
    yield json(Case, "array as struct", "arrays", {}, "a int")
    yield json(Case, "duplicates", "duplicates", {}, "a int")
    yield json(Case, "missing columns", "plain", {}, "a int, z string, s struct<q:int>, l array<int>")
    yield json(Case, "selected", "types", {}, select=["obj.x", "arr[1]"])
    yield json(Case, "counted", "plain", {}, count=True)
    yield json(Case, "lineSep", "semicolons", {"lineSep": ";"})
    yield json(Case, "latin", "latin", {"encoding": "ISO-8859-1", "multiLine": "true"})
    yield json(Case, "utf16", "utf16", {"encoding": "UTF-16LE", "lineSep": "\n"})
    yield json(Case, "utf16 without lineSep", "utf16", {"encoding": "UTF-16LE"})
    yield json(Case, "unknown encoding", "plain", {"encoding": "no-such"})
    yield json(Case, "option not boolean", "plain", {"allowComments": "yes"})
    yield json(Case, "empty lineSep", "plain", {"lineSep": ""})
    yield json(Case, "partitions", "json_parts")
    yield json(Case, "single variant column", "plain", {"singleVariantColumn": "v"}, select=[])
    yield json(Case, "variant", "plain", {}, "a variant", select=[])
    yield json(Case, "booleans", "booleans", {}, "a boolean, _corrupt_record string")
    yield json(Case, "intervals", "plain", {}, "a interval year to month, b interval day to second")
    yield Case("json empty folder", ["empty"], format="json")


def text_cases(Case):
    for name in TEXT:
        yield Case(f"text {name}", [f"text/{name}.text"], format="text")
        yield Case(f"text {name}, whole", [f"text/{name}.text"], {"wholetext": "true"}, format="text")
        yield Case(f"text {name}, counted", [f"text/{name}.text"], format="text", count=True)
    yield Case("text lineSep", ["text/commas.text"], {"lineSep": ","}, format="text")
    yield Case("text lineSep of two", ["text/commas.text"], {"lineSep": ",,"}, format="text")
    yield Case("text empty lineSep", ["text/commas.text"], {"lineSep": ""}, format="text")
    yield Case("text schema", ["text/lines.text"], schema="line string", format="text")
    yield Case("text schema int", ["text/lines.text"], schema="line int", format="text")
    yield Case("text schema of two", ["text/lines.text"], schema="a string, b string", format="text")
    yield Case("text partitions", ["csv_parts"], format="text")
    yield Case("text partitions whole", ["csv_parts"], {"wholetext": "true"}, format="text")
    yield Case("text packed", ["packed/a.csv.gz"], format="text")
    yield Case("text folder", ["csv_many"], {"pathGlobFilter": "1*"}, format="text")
    yield Case("text not boolean", ["text/lines.text"], {"wholetext": "yes"}, format="text")
    yield Case("text missing", ["text/nope"], format="text")
    yield Case("text empty folder", ["empty"], format="text")
    yield Case("binaryFile", ["bin"], format="binaryFile", select=["length", "content", "path like '%/bin/%' p"])
    yield Case("binaryFile schema", ["bin"], format="binaryFile", select=[])
    yield Case("binaryFile filtered", ["bin"], {"pathGlobFilter": "*.bin"}, format="binaryFile", select=["content"])
    yield Case("binaryFile counted", ["bin"], format="binaryFile", count=True)
    yield Case("binaryFile other schema", ["bin"], schema="a int", format="binaryFile")
    yield Case("binaryFile partitions", ["csv_parts"], format="binaryFile", select=["length", "p"])
    for format in ("orc", "avro", "xml"):
        yield Case(f"format {format}", ["flat"], format=format)


def cases(Case):
    yield from csv_cases(Case)
    yield from json_cases(Case)
    yield from text_cases(Case)
