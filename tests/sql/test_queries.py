"""Whole queries by subject: the rows and the schema, or the error condition, that real Spark gave."""
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "functions"))

from function_cases import read_cases, run_case

KNOWN = dict(line.split(" # ") for line in (FOLDER / "known_differences.txt").read_text().splitlines() if line)


def all_cases():
    for path in sorted(FOLDER.glob("queries/*.test")):
        for ansi, sql, expected in read_cases(path):
            name = f"{path.stem}: {sql.splitlines()[-1]}"
            marks = [pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else []
            yield pytest.param(ansi, sql, expected, id=name, marks=marks)


@pytest.mark.parametrize("ansi, sql, expected", list(all_cases()))
def test_query(spark, ansi, sql, expected):
    assert run_case(spark, ansi, sql) == expected
