"""Every recorded case through the stock client: the same schema and rows, or the same error, as with Spark."""
import json

import pytest
from function_cases import FOLDER, all_files, read_cases, run_case


def close(left, right):
    """Doubles may differ in the last place: libm and Java's StrictMath round differently."""
    if isinstance(left, float) and isinstance(right, float):
        return left == right or abs(left - right) <= 4e-16 * max(abs(left), abs(right))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(close, left, right))
    return left == right and type(left) is type(right)


def same(expected, actual):
    if expected == actual:
        return True
    if len(expected) != len(actual) or expected[0].startswith("error") or actual[0].startswith("error"):
        return False
    return all(close(json.loads(a), json.loads(b)) for a, b in zip(expected, actual))


@pytest.mark.parametrize("path", all_files(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_functions(spark, path):
    wrong = []
    for ansi, sql, expected in read_cases(path):
        actual = run_case(spark, ansi, sql)
        if not same(expected, actual):
            wrong.append(f"{sql}\n  Spark:  {expected}\n  Pyrite: {actual}")
    spark.conf.unset("spark.sql.ansi.enabled")
    assert not wrong, "\n".join(wrong)
