"""One seed gives one row one number, in every query and on any number of threads and workers."""
import pytest


@pytest.fixture(params=["spark", "on_cluster"])
def rows(request, tpch):
    session = request.getfixturevalue(request.param)
    return session.read.parquet(f"{tpch}/lineitem.parquet").select("l_orderkey", "l_linenumber", "l_partkey")


def same(left, right):
    return left.select("l_orderkey", "l_linenumber").intersect(right.select("l_orderkey", "l_linenumber")).count()


def test_splits_share_no_row(rows):
    parts = rows.randomSplit([0.3, 0.5, 0.2], seed=3)
    counts = [part.count() for part in parts]
    assert sum(counts) == rows.count()
    assert [same(parts[0], parts[1]), same(parts[1], parts[2]), same(parts[2], parts[0])] == [0, 0, 0]
    assert [part.count() for part in parts] == counts


@pytest.mark.parametrize("drawn", ["rand(3)", "randn(3)", "uniform(0.0D, 1.0D, 3)", "ascii(randstr(5, 3)) / 160"])
def test_a_column_that_is_drawn_divides_the_rows(rows, drawn):
    with_drawn = rows.selectExpr("*", f"{drawn} AS drawn")
    low, high = with_drawn.where("drawn < 0.5"), with_drawn.where("drawn >= 0.5")
    assert low.count() + high.count() == rows.count()
    assert same(low, high) == 0


def test_a_sample_is_the_same_again(rows):
    sample = rows.sample(0.1, seed=5)
    assert same(sample, sample) == sample.count() > 0
