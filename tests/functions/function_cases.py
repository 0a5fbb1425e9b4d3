"""Cases of tests/functions/<family>/<name>.test: SQL, then what real Spark 4.2 made of it.

    -- ansi=false                      (optional: spark.sql.ansi.enabled for this case)
    SELECT upper('a')
    --
    [["upper(a)", "string", false]]    (the schema, then a line a row)
    ["A"]
    ==

An error is one line instead: error CONDITION SQLSTATE. Statements that are separated by a semicolon and a line's end run one after
the other; the last one's rows count.
"""
import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def read_cases(path):
    """[(ansi, sql, [expected lines])]"""
    cases = []
    for block in path.read_text().split("\n==\n"):
        if not block.strip():
            continue
        head, _, expected = (block + "\n").partition("\n--\n")
        ansi = not head.lstrip().startswith("-- ansi=false\n")
        sql = head.strip().removeprefix("-- ansi=false\n")
        cases.append((ansi, sql, expected.strip("\n").split("\n") if expected.strip() else []))
    return cases


def write_cases(path, cases):
    text = ""
    for ansi, sql, expected in cases:
        text += ("" if ansi else "-- ansi=false\n") + sql + "\n--\n" + "".join(line + "\n" for line in expected) + "==\n"
    path.write_text(text)


def run_case(spark, ansi, sql):
    """The lines that the case gives."""
    from pyspark.errors import PySparkException
    from result_json import schema_json, value_json

    spark.conf.set("spark.sql.ansi.enabled", "true" if ansi else "false")
    try:
        *before, last = sql.split(";\n")
        for statement in before:
            spark.sql(statement).collect()
        frame = spark.sql(last)
        rows = [json.dumps(value_json(tuple(row)), ensure_ascii=False) for row in frame.collect()]
        return [json.dumps(schema_json(frame.schema), ensure_ascii=False)] + rows
    except PySparkException as error:
        condition = error.getCondition() or type(error).__name__
        return [f"error {condition} {error.getSqlState() or ''}".rstrip()]
    except Exception as error:
        # While recording: a Java exception that classic PySpark has no class for.
        found = re.search(r"\[([A-Z0-9_.]+)\].*SQLSTATE: (\w+)", str(error), re.DOTALL)
        java = re.search(r": (?:\w+\.)+(\w+)", str(error))
        if found:
            return [f"error {found[1]} {found[2]}"]
        return [f"error {java[1] if java else type(error).__name__}"]


def all_files():
    return sorted(FOLDER.glob("*/*.test"))
