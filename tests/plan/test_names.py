"""The columns that expressions make: names, types and nullability are those that real Spark gave."""
import pytest
from name_cases import all_files, create_tables, read_cases, run_case


@pytest.fixture(scope="module")
def session(spark):
    create_tables(spark)
    return spark


@pytest.mark.parametrize("expression, expected",
                         [pytest.param(*case, id=f"{path.stem}: {case[0]}") for path in all_files() for case in read_cases(path)])
def test_name(session, expression, expected):
    assert run_case(session, expression) == expected
