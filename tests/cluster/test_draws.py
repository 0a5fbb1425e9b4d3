"""Functions of chance, and those that raise: called for each row where it is, as long as no seed says what comes."""
import re

import pytest
from pyspark.errors import PySparkException
from pyspark.sql import functions as F

LINES = "SELECT count(*) FROM lineitem"


def stages(spark, query):
    return spark.sql("EXPLAIN " + query).collect()[0][0].partition("== Stages ==")[2]


@pytest.mark.parametrize("drawn", ["uuid()", "rand()", "randn()", "aes_encrypt(c_name, 'abcdefghijklmnop')"])
def test_every_row_draws_in_its_task(on_cluster, drawn):
    query = f"SELECT count(*), count(DISTINCT drawn) FROM (SELECT {drawn} AS drawn FROM customer)"
    assert re.search(r"^stage 0: 2 tasks", stages(on_cluster, query), re.MULTILINE)
    assert on_cluster.sql(query).first() == (150_000, 150_000)


def test_rows_are_filtered_by_chance(on_cluster):
    query = "SELECT count(*) FROM lineitem WHERE rand() < 0.25"
    assert re.search(r"^stage 0: 2 tasks", stages(on_cluster, query), re.MULTILINE)
    share = on_cluster.sql(query).first()[0] / on_cluster.sql(LINES).first()[0]
    assert 0.24 < share < 0.26


def test_a_small_table_draws_once(on_cluster):
    """All tasks see the same draws of the side that goes to all of them."""
    on_cluster.sql("SELECT *, uuid() AS drawn FROM nation").createOrReplaceTempView("drawn_nation")
    query = """SELECT count(DISTINCT n_nationkey), count(DISTINCT drawn) FROM drawn_nation JOIN customer ON n_nationkey = c_nationkey
JOIN orders ON c_custkey = o_custkey"""
    assert on_cluster.sql(query).first() == (25, 25)


def test_what_is_drawn_decides_where_rows_go(on_cluster):
    salted = """SELECT sum(n), count(*) FROM (SELECT salt, l_returnflag, count(*) AS n
FROM (SELECT CAST(rand() * 10 AS INT) AS salt, l_returnflag FROM lineitem) GROUP BY salt, l_returnflag)"""
    assert on_cluster.sql(salted).first() == (on_cluster.sql(LINES).first()[0], 30)


def test_kept_draws_stay(on_cluster):
    kept = on_cluster.sql("SELECT l_orderkey, uuid() AS drawn FROM lineitem").cache()
    first = kept.agg(F.min("drawn"), F.max("drawn"), F.count("*")).first()
    assert kept.agg(F.min("drawn"), F.max("drawn"), F.count("*")).first() == first
    kept.unpersist()


def test_assertions_are_made_in_tasks(on_cluster):
    query = "SELECT count(*) FROM lineitem WHERE assert_true({}) IS NULL"
    assert re.search(r"^stage 0: 2 tasks", stages(on_cluster, query.format("l_quantity > 0")), re.MULTILINE)
    assert on_cluster.sql(query.format("l_quantity > 0")).first() == on_cluster.sql(LINES).first()
    with pytest.raises(PySparkException) as raised:
        on_cluster.sql(query.format("l_quantity < 50")).collect()
    assert raised.value.getCondition() == "USER_RAISED_EXCEPTION"
