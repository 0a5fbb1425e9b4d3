"""What is cached stays with the workers that made it, and is made again when one of them is lost."""
import signal
import subprocess
import sys
import time

import pytest
from server import environment
from workers import tables_on, wait_for_tasks

CACHED = "SELECT l_orderkey, l_partkey, l_quantity, l_comment FROM lineitem WHERE l_quantity > 10"
GROUPED = "SELECT l_partkey, sum(l_quantity) AS q FROM lineitem GROUP BY l_partkey"
LOOKS = [
    "SELECT count(*), sum(l_quantity), min(l_comment) FROM kept",
    "SELECT l_partkey, count(*) FROM kept GROUP BY l_partkey ORDER BY 2 DESC, 1 LIMIT 5",
    "SELECT count(*) FROM kept a JOIN orders ON a.l_orderkey = o_orderkey WHERE o_totalprice > 300000",
]


@pytest.fixture
def spark(workers, tpch):
    with tables_on(workers.url, tpch) as made:
        yield made


def kept_bytes(workers):
    """Of each worker, what it keeps for queries."""
    command = [sys.executable, "-m", "pyrite", "workers", "--cluster", workers.url]
    return subprocess.run(command, env=environment(), capture_output=True, text=True).stdout


def keep(spark, query):
    frame = spark.sql(query).cache()
    frame.createOrReplaceTempView("kept")
    return frame


def looks(spark, source):
    return [spark.sql(look.replace("kept", source)).collect() for look in LOOKS]


def stages(frame):
    plan = frame._explain_string()
    return plan[plan.index("== Stages ==") :] if "== Stages ==" in plan else ""


def test_the_workers_keep_them(spark):
    expected = looks(spark, f"({CACHED})")
    frame = keep(spark, CACHED)
    assert frame.count() > 4000000
    assert "3 tasks, kept rows" in stages(spark.sql("SELECT count(*) FROM kept"))
    assert "READ_PARQUET" not in stages(spark.sql("SELECT count(*) FROM kept"))
    assert looks(spark, "kept") == expected


def test_their_order_is_kept(spark):
    query = "SELECT l_orderkey, l_linenumber FROM lineitem WHERE l_partkey < 9000 ORDER BY l_comment, l_orderkey, l_linenumber"
    expected = spark.sql(query).toArrow()
    keep(spark, query)
    assert spark.table("kept").toArrow() == expected
    assert spark.table("kept").toArrow() == expected


def test_what_is_no_longer_cached_is_given_up(spark, workers):
    before = kept_bytes(workers)
    frame = keep(spark, CACHED)
    frame.count()
    assert kept_bytes(workers) != before
    frame.unpersist()
    end = time.monotonic() + 30
    while kept_bytes(workers) != before:
        assert time.monotonic() < end, kept_bytes(workers)
        time.sleep(0.5)


@pytest.mark.parametrize("query", [CACHED, f"SELECT l_partkey AS l_orderkey, l_partkey, q AS l_quantity, 'x' AS l_comment FROM ({GROUPED})"])
def test_a_lost_workers_part_is_made_again(spark, workers, query):
    expected = looks(spark, f"({query})")
    keep(spark, query)
    assert looks(spark, "kept") == expected
    workers.kill(1)
    assert looks(spark, "kept") == expected
    wait_for_tasks(spark, 2)
    assert "3 tasks, kept rows" in stages(spark.sql("SELECT count(*) FROM kept"))
    assert looks(spark, "kept") == expected
    workers.kill(0)
    assert looks(spark, "kept") == expected


def test_what_was_cached_of_what_is_cached(spark, workers):
    keep(spark, CACHED)
    second = spark.sql("SELECT l_partkey % 1000 AS g, count(*) AS n, sum(l_quantity) AS q FROM kept GROUP BY 1").cache()
    expected = sorted(second.collect())
    workers.kill(2)
    assert sorted(second.collect()) == expected
    assert spark.sql("SELECT sum(l_quantity) FROM kept").first()[0] == sum(row["q"] for row in expected)


def test_without_any_worker(spark, workers):
    expected = looks(spark, f"({CACHED})")
    keep(spark, CACHED).count()
    for number in range(3):
        workers.kill(number)
    assert looks(spark, "kept") == expected


def test_a_worker_that_keeps_rows_may_end(spark, workers):
    expected = looks(spark, f"({CACHED})")
    keep(spark, CACHED).count()
    workers.signal(0, signal.SIGTERM)
    assert workers.wait(0) == 0
    assert looks(spark, "kept") == expected


def test_checkpoints_outlive_workers(spark, workers, monkeypatch):
    # The client sends what checkpoint() gave to the active session, whichever made it.
    monkeypatch.setattr(type(spark)._active_session, "session", spark, raising=False)
    frame = spark.sql(GROUPED).where("l_partkey < 2000").localCheckpoint()
    expected = sorted(frame.collect())
    for number in range(3):
        workers.kill(number)
    assert sorted(frame.collect()) == expected


def test_tables_that_are_cached_by_statement(spark):
    spark.sql(f"CACHE TABLE kept AS {CACHED}")
    assert "3 tasks, kept rows" in stages(spark.sql("SELECT count(*) FROM kept"))
    spark.sql("UNCACHE TABLE kept")
    assert "READ_PARQUET" in stages(spark.sql("SELECT count(*) FROM kept"))
