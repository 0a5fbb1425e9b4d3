"""Queries when no worker answers: they run in the server, with a warning, or fail, as the setting says."""
import pytest
import tpch as tpch_bench
from server import Server
from workers import Workers, session, wait_for_tasks

QUERY = "SELECT count(*) FROM lineitem WHERE l_comment LIKE '%a%'"


def on_lost_workers(tpch, *arguments):
    """What the query gives, and what the server has said."""
    with Workers(2) as workers, Server("--cluster", workers.url, *arguments) as server:
        spark = session(server)
        tpch_bench.read_tables(spark, tpch)
        wait_for_tasks(spark, 2)
        for number in range(2):
            workers.kill(number)
        try:
            return [spark.sql(QUERY).first()[0] for _ in range(2)], server.errors()
        finally:
            spark.stop()


def test_they_run_in_the_server(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    wanted = spark.sql(QUERY).first()[0]
    counts, said = on_lost_workers(tpch)
    assert counts == [wanted, wanted]
    assert said.count("no worker answers") == 1


def test_they_fail(tpch):
    with pytest.raises(Exception, match="CLUSTER_UNREACHABLE.PYRITE.*--cluster-fallback"):
        on_lost_workers(tpch, "--cluster-fallback", "fail")


def test_the_setting_has_two_values():
    with pytest.raises(RuntimeError, match="--cluster-fallback: 'perhaps' is not run or fail"):
        Server("--cluster", "local[1]", "--cluster-fallback", "perhaps")
