"""One seed gives one row one number, in every query and on any number of threads and workers."""
import re

import pytest
from pyspark.sql import functions as F

KEYS = ["l_orderkey", "l_linenumber"]


def in_places(session, tpch):
    """Rows that have places in files."""
    return session.read.parquet(f"{tpch}/lineitem.parquet").select(*KEYS, "l_partkey")


def in_order(session, tpch):
    """Rows that have only an order."""
    return in_places(session, tpch).where("l_partkey < 50000").coalesce(1)


def joined(session, tpch):
    orders = session.read.parquet(f"{tpch}/orders.parquet").where("o_orderstatus = 'F'").distinct()
    lines = in_places(session, tpch).where("l_partkey < 50000").union(in_places(session, tpch).where("l_partkey >= 190000"))
    return lines.join(orders, lines.l_orderkey == orders.o_orderkey, "left").select(*KEYS, "o_orderdate", "l_partkey")


def grouped(session, tpch):
    return in_places(session, tpch).groupBy(*KEYS).agg(F.count("*").alias("l_partkey")).where("l_orderkey % 8 = 0")


@pytest.fixture(params=["spark", "on_cluster"])
def session(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=[in_places, in_order])
def rows(request, session, tpch):
    return request.param(session, tpch)


def same(left, right):
    return left.select(*KEYS).intersect(right.select(*KEYS)).count()


@pytest.mark.parametrize("made", [in_places, in_order, joined, grouped])
def test_splits_share_no_row(session, tpch, made):
    rows = made(session, tpch)
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


@pytest.mark.parametrize("made", [joined, grouped])
def test_what_rows_are_made_of_decides_what_they_draw(spark, on_cluster, tpch, made):
    def summary(session):
        frame = made(session, tpch).selectExpr("*", "rand(3) AS drawn")
        return frame.selectExpr("sum(hash(drawn, l_orderkey, l_linenumber))", "count(DISTINCT drawn) = count(*)", "count(*)").first()

    assert summary(spark) == summary(on_cluster)
    assert summary(spark)[1]


SEEDED = ["rand(3)", "randn(3)", "uniform(5, 500, 3)", "randstr(5, 3)", "uuid(3)"]


@pytest.mark.parametrize("drawn", SEEDED)
def test_a_place_has_its_draw_wherever_it_is_read(spark, on_cluster, tpch, drawn):
    def summary(session):
        frame = in_places(session, tpch).selectExpr("*", f"{drawn} AS drawn")
        return frame.where("l_partkey < 50000").selectExpr("sum(hash(drawn, l_orderkey, l_linenumber))", "count(DISTINCT drawn) > 400").first()

    def filtered_first(session):
        frame = in_places(session, tpch).where("l_partkey < 50000").selectExpr("*", f"{drawn} AS drawn")
        return frame.selectExpr("sum(hash(drawn, l_orderkey, l_linenumber))", "true").first()

    assert summary(spark) == summary(on_cluster) == filtered_first(spark) == filtered_first(on_cluster)
    assert summary(spark)[1]


def test_draws_have_their_distributions(session, tpch):
    frame = in_places(session, tpch).selectExpr("rand(3) AS u", "rand(4) AS v", "randn(5) AS n")
    found = frame.selectExpr("avg(u)", "stddev(u)", "avg(n)", "stddev(n)", "corr(u, v)", "corr(u, n)").first()
    assert found == pytest.approx((1 / 2, 12 ** -0.5, 0, 1, 0, 0), abs=0.003)
    tenths = frame.groupBy((10 * F.col("u")).cast("int")).count().collect()
    assert len(tenths) == 10 and all(count == pytest.approx(600_121, rel=0.01) for _, count in tenths)


def test_samples_have_their_sizes(session, tpch):
    rows = in_places(session, tpch)
    count = rows.count()
    assert rows.sample(0.01, seed=1).count() == pytest.approx(0.01 * count, rel=0.03)
    assert rows.sample(True, 1.5, seed=1).count() == pytest.approx(1.5 * count, rel=0.01)
    strata = rows.sampleBy("l_linenumber", {1: 0.5, 2: 0.1}, seed=1).groupBy("l_linenumber").count().collect()
    shares = {number: n / rows.where(f"l_linenumber = {number}").count() for number, n in strata}
    assert shares == pytest.approx({1: 0.5, 2: 0.1}, rel=0.02)


@pytest.mark.parametrize("query", [
    "SELECT count(*) FROM lineitem TABLESAMPLE (10 PERCENT) REPEATABLE (5)",
    "SELECT count(*) FROM (SELECT l_orderkey, rand(7) AS drawn FROM lineitem WHERE l_partkey < 100) WHERE drawn < 0.5",
    "SELECT max(drawn) FROM (SELECT uuid(7) AS drawn FROM lineitem)",
    "SELECT max(id) FROM (SELECT monotonically_increasing_id() AS id FROM lineitem)",
])
def test_places_draw_in_tasks(on_cluster, query):
    plan = on_cluster.sql("EXPLAIN " + query).collect()[0][0].partition("== Stages ==")[2]
    assert re.search(r"^stage 0: 2 tasks", plan, re.MULTILINE), plan


def test_ids_are_places_in_files(session, tpch, tmp_path):
    path = str(tmp_path / "lines")
    in_places(session, tpch).repartition(3).write.parquet(path)
    rows = session.read.parquet(path).selectExpr("*", "monotonically_increasing_id() AS id", "spark_partition_id() AS part")
    counts = rows.groupBy("part").agg(F.count("*"), F.min("id"), F.max("id"), F.countDistinct("id")).orderBy("part").collect()
    assert [row[0] for row in counts] == [0, 1, 2]
    for part, count, least, greatest, ids in counts:
        assert (ids, least, greatest) == (count, part << 33, (part << 33) + count - 1)
    files = rows.selectExpr("part", "input_file_name()", "id - (CAST(part AS BIGINT) << 33) = _metadata.row_index").distinct().collect()
    assert len(files) == 3 and all(is_row for _, _, is_row in files)
