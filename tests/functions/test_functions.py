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


def all_cases():
    for path in all_files():
        for ansi, sql, expected in read_cases(path):
            name = f"{path.relative_to(FOLDER)}: {' '.join(sql.split())}"
            yield pytest.param(ansi, sql, expected, id=name if ansi else name + " (ansi off)")


@pytest.mark.parametrize("ansi, sql, expected", list(all_cases()))
def test_function(spark, ansi, sql, expected):
    actual = run_case(spark, ansi, sql)
    assert same(expected, actual), f"\n  Spark:  {expected}\n  Pyrite: {actual}"
