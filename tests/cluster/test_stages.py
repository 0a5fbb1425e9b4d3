"""The stages of queries as EXPLAIN shows them: tests/cluster/stages/NAME.txt on two workers, tests/cluster/stages_of_four/ on four. The
TPC-H and TPC-DS queries, and some for what those do not have, whose rows must also be those of one process.

PYRITE_UPDATE_GOLDEN=1 writes the files anew.
"""
import os
from pathlib import Path

import pytest
import tpcds
import tpch as tpch_bench
from server import Server
from workers import session

FOLDER = Path(__file__).resolve().parent
DATA = FOLDER.parents[1] / ".data"
QUERIES = {
    # One level of distinct values in each task, then each group in one.
    "distinct": "SELECT l_suppkey, count(DISTINCT l_shipdate), sum(DISTINCT l_quantity) FROM lineitem GROUP BY l_suppkey",
    "distinct_mixed": "SELECT l_returnflag, count(DISTINCT l_partkey), count(DISTINCT l_suppkey), sum(l_quantity) FROM lineitem "
    "GROUP BY l_returnflag",
    "distinct_all": "SELECT count(DISTINCT l_partkey), count(DISTINCT l_suppkey), max(l_quantity) FROM lineitem",
    "distinct_rollup": "SELECT l_returnflag, l_shipmode, count(DISTINCT l_suppkey), sum(l_quantity) FROM lineitem "
    "GROUP BY ROLLUP (l_returnflag, l_shipmode)",
    "cube": "SELECT l_returnflag, l_shipmode, sum(l_quantity), grouping_id() FROM lineitem GROUP BY CUBE (l_returnflag, l_shipmode)",
    # The rows of both sides are where they meet.
    "ranges": "SELECT o_orderkey, sum(l_quantity) FROM orders JOIN lineitem ON l_orderkey = o_orderkey WHERE o_totalprice > 400000 "
    "GROUP BY o_orderkey",
    # Too many suppliers' parts for all tasks; the lines of others are left out where they are read.
    "runtime_filter": "SELECT count(*), sum(o_totalprice) FROM orders WHERE o_totalprice < 20000 AND EXISTS "
    "(SELECT 1 FROM lineitem WHERE l_partkey = o_custkey AND l_quantity < 5)",
    "sort": "SELECT l_orderkey, l_linenumber, l_comment FROM lineitem WHERE l_quantity > 30 ORDER BY l_comment DESC, l_orderkey, l_linenumber",
}


def check_stages(spark, name, query, folder="stages"):
    plan = spark.sql("EXPLAIN " + query).collect()[0][0]
    stages = plan[plan.index("== Stages ==") :]
    path = FOLDER / folder / f"{name}.txt"
    if os.environ.get("PYRITE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(stages)
    assert stages == path.read_text()


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_tpch(on_cluster, name):
    check_stages(on_cluster, name, tpch_bench.sql(name))


@pytest.mark.parametrize("name", QUERIES)
def test_stages(on_cluster, name):
    check_stages(on_cluster, name, QUERIES[name])


@pytest.fixture(scope="module")
def of_four():
    with Server("--cluster", "local[4]") as server:
        yield server


@pytest.fixture(scope="module")
def tpch_on_four(of_four):
    spark = session(of_four)
    tpch_bench.read_tables(spark, DATA / "tpch-sf1")
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def tpcds_on_four(of_four):
    spark = session(of_four)
    tpcds.read_tables(spark, DATA / "tpcds-sf1")
    yield spark
    spark.stop()


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_tpch_on_four(tpch_on_four, name):
    check_stages(tpch_on_four, f"tpch_{name}", tpch_bench.sql(name), "stages_of_four")


@pytest.mark.parametrize("name", tpcds.NAMES)
def test_tpcds_on_four(tpcds_on_four, name):
    check_stages(tpcds_on_four, f"tpcds_{name}", tpcds.sql(name, DATA / "tpcds-sf1"), "stages_of_four")


@pytest.fixture(scope="module")
def on_one_process(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    return spark


@pytest.mark.parametrize("name", QUERIES)
def test_rows(on_cluster, on_one_process, name):
    rows, expected = (session.sql(QUERIES[name]).toArrow() for session in (on_cluster, on_one_process))
    if "ORDER BY" not in QUERIES[name]:
        rows, expected = (table.sort_by([(column, "ascending") for column in table.column_names]) for table in (rows, expected))
    assert rows == expected
