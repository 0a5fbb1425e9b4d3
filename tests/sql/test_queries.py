"""Whole queries and statements by subject: the rows and the schema, or the error condition, that real Spark gave."""
import re
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "functions"))

from function_cases import read_cases, run_case
from pyspark.sql.connect.session import SparkSession


def all_cases(folder):
    seen = set()
    for path in sorted((FOLDER / folder).glob("*.test")):
        for ansi, sql, expected in read_cases(path):
            name = f"{path.stem}: {sql.splitlines()[-1]}"
            if name in seen or not ansi:
                name = f"{path.stem}: {'' if ansi else 'ansi=false; '}" + " ".join(sql.splitlines())
            seen.add(name)
            yield pytest.param(ansi, sql, expected, id=name)


def is_ordered(sql):
    """Whether the query itself says the order of its rows, not a subquery or a window of it."""
    inner = re.compile(r"\([^()]*\)")
    while inner.search(sql):
        sql = inner.sub("", sql)
    return re.search(r"\b(ORDER|SORT)\s+BY\b", sql, re.IGNORECASE) is not None


@pytest.mark.parametrize("ansi, sql, expected", list(all_cases("queries")))
def test_query(spark, ansi, sql, expected):
    got = run_case(spark, ansi, sql)
    if not is_ordered(sql):  # after the schema: the rows, in any order
        got, expected = got[:1] + sorted(got[1:]), expected[:1] + sorted(expected[1:])
    assert got == expected


@pytest.mark.parametrize("ansi, sql, expected", list(all_cases("statements")))
def test_statement(server, ansi, sql, expected):
    session = SparkSession.builder.remote(server.url).create()
    try:
        assert run_case(session, ansi, sql) == expected
    finally:  # a session that is left would try to reach its server when the tests are long over
        session.client.release_session()
