"""A task on a worker that does not get on is given to another one too; the first to finish counts."""
import time

from workers import logged, tables_on, wait_for_tasks

QUERY = "SELECT sum(l_extendedprice * l_discount), count(*) FROM lineitem"


def run(workers, tpch, log, *arguments):
    """What the query gives and how long it takes while one of the workers stands still."""
    with tables_on(workers.url, tpch, "--query-log", str(log), *arguments) as spark:
        wait_for_tasks(spark, 3)
        wanted = spark.sql(QUERY).first()
        workers.freeze(1)
        started = time.monotonic()
        assert spark.sql(QUERY).first() == wanted
        took = time.monotonic() - started
        workers.thaw(1)
        wait_for_tasks(spark, 3)
        assert spark.sql(QUERY).first() == wanted
        return took


def attempts(log):
    query = logged(log, "query ends")[1]["query"]
    return [task for task in logged(log, "task") if task["query"] == query and task["stage"] == 0]


def test_a_slow_task_gets_a_second_copy(workers, tpch, tmp_path):
    took = run(workers, tpch, tmp_path / "log", "--cluster-speculation", "2", "--cluster-speculation-seconds", "1")
    assert took < 6  # before the worker is taken for lost
    again = [task for task in attempts(tmp_path / "log") if task["attempt"] == 1]
    assert len(again) == 1 and again[0]["worker"] != workers.addresses[1] and "error" not in again[0]


def test_without_it_the_query_waits_for_the_heartbeat(workers, tpch, tmp_path):
    assert run(workers, tpch, tmp_path / "log", "--cluster-speculation", "0") > 4
