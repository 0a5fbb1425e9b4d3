"""Workers that are actors of a real Ray, two nodes of one CPU each: TPC-H at SF1, actors and nodes that are lost.

Ray has an environment of its own: tools/setup ray.
PYRITE_KILLS=20 kills an actor, and removes a node, so many times in each of the 22 queries.
"""
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
import tpch as tpch_bench
from ray_cluster import PYTHON, RayNodes
from server import Server, environment
from workers import check, logged, processes, tables_on, wait_for_tasks

KILLS = int(os.environ.get("PYRITE_KILLS", 0))

NOTICED = 15  # seconds: ten, and until Ray has been asked again
# Its last stage before the result runs for seconds.
SLOW_END = """
SELECT count(*), sum(a.l_quantity * b.l_tax) FROM lineitem a JOIN lineitem b
ON a.l_partkey = b.l_partkey AND a.l_suppkey = b.l_suppkey AND a.l_comment < b.l_comment"""

PROGRAM = """
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
lines = spark.read.parquet(sys.argv[1] + "/lineitem.parquet")
print(lines.groupBy("l_returnflag").count().selectExpr("sum(count)").first()[0], sys.argv[2])
"""


@pytest.fixture(scope="module")
def nodes():
    with RayNodes() as running:
        yield running


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("ray") / "queries.log"


@pytest.fixture(scope="module")
def on_ray(nodes, tpch, log):
    options = ["--query-log", str(log), "--cluster-speculation", "0"]
    with tables_on(f"ray://{nodes.address}", tpch, *options, python=PYTHON, start_seconds=180) as spark:
        wait_for_tasks(spark, 2)
        yield spark


def check_while(spark, name, what, part=0.5):
    """The query, with `what` done when that part of its time is over."""
    started = time.monotonic()
    check(spark, name)
    timer = threading.Timer((time.monotonic() - started) * part, what)
    timer.start()
    check(spark, name)
    timer.join()


def test_a_program_is_submitted(nodes, tpch, tmp_path):
    """Before on_ray takes all CPUs."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)

    def submit(*arguments):
        command = [PYTHON, "-m", "pyrite", "submit", "--address", nodes.dashboard, "--cluster-workers", "1", *arguments]
        return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=200)

    done = submit(program, tpch, "two words")
    assert done.returncode == 0, done.stderr
    assert "6001215 two words" in done.stdout
    failed = submit(program, tmp_path / "nowhere", "")
    assert failed.returncode == 1
    assert "PATH_NOT_FOUND" in failed.stdout
    wrong = submit(tmp_path / "nowhere.py")
    assert wrong.returncode == 2 and "nowhere.py" in wrong.stderr


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_tpch(on_ray, name):
    check(on_ray, name)


@pytest.mark.parametrize("kill", range(KILLS or 1))
@pytest.mark.parametrize("name", tpch_bench.NAMES if KILLS else ["q09", "q21"])
def test_an_actor_is_killed(on_ray, nodes, name, kill):
    check_while(on_ray, name, lambda: nodes.tell("kill"), random.Random(f"{name} {kill}").random())
    check(on_ray, name)
    wait_for_tasks(on_ray, 2)
    check(on_ray, name)


def tasks(log):
    """Those of the last query, as they ended."""
    query = logged(log, "query begins")[-1]["query"]
    return [task for task in logged(log, "task") if task["query"] == query]


def test_what_a_killed_actor_had_finished_is_not_made_again(on_ray, nodes, log):
    """Actors of a machine share an exchange, which is not one of them."""
    def kill():
        end = time.monotonic() + 60
        while len(tasks(log)) < 4:
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(0.3)
        nodes.tell("kill")

    wanted = on_ray.sql(SLOW_END).collect()
    before = len(logged(log, "query begins"))
    killer = threading.Thread(target=lambda: [wait_for_query(log, before), kill()])
    killer.start()
    assert on_ray.sql(SLOW_END).collect() == wanted
    killer.join()
    again = {task["stage"] for task in tasks(log) if task["attempt"]}
    assert again == {2}  # what it ran at that time
    wait_for_tasks(on_ray, 2)


def wait_for_query(log, before):
    while len(logged(log, "query begins")) == before:
        time.sleep(0.02)


def test_another_driver_comes_in_the_place_of_one_that_has_ended(on_ray):
    """Ray ends the actors of a driver that it has lost."""
    (driver,) = processes("pyrite", "ray")
    check_while(on_ray, "q09", lambda: os.kill(driver, signal.SIGKILL))
    end = time.monotonic() + 60
    while processes("pyrite", "ray") in ([], [driver]):
        assert time.monotonic() < end
        time.sleep(0.2)
    check(on_ray, "q09")
    wait_for_tasks(on_ray, 2)
    check(on_ray, "q09")


def test_an_actor_that_does_not_answer_is_lost(on_ray, nodes):
    wait_for_tasks(on_ray, 2)
    try:
        check_while(on_ray, "q09", lambda: nodes.tell("freeze"))
        wait_for_tasks(on_ray, 1, seconds=NOTICED)
        check(on_ray, "q09")
    finally:
        nodes.tell("thaw")
    wait_for_tasks(on_ray, 2)
    check(on_ray, "q09")


@pytest.mark.parametrize("format, what", [("parquet", "kill"), ("csv", "freeze")])
def test_a_write_goes_on_without_an_actor(on_ray, nodes, spark, tpch, tmp_path, format, what):
    tpch_bench.read_tables(spark, tpch)
    sums = ["count(*)", "sum(l_orderkey * l_linenumber)", "count(DISTINCT l_shipmode)"]
    wanted = spark.table("lineitem").where("l_linenumber < 4").selectExpr(*sums).first()

    def write():
        on_ray.table("lineitem").where("l_linenumber < 4").write.mode("overwrite").format(format).save(str(tmp_path / "t"))

    started = time.monotonic()
    write()
    timer = threading.Timer((time.monotonic() - started) / 2, nodes.tell, [what])
    timer.start()
    try:
        write()
        timer.join()
    finally:
        if what == "freeze":
            nodes.tell("thaw")
    schema = spark.table("lineitem").schema
    assert spark.read.schema(schema).format(format).load(str(tmp_path / "t")).selectExpr(*sums).first() == wanted
    assert not list(tmp_path.rglob(".pyrite*"))
    wait_for_tasks(on_ray, 2)


@pytest.mark.parametrize("removal", range(KILLS or 1))
@pytest.mark.parametrize("name", tpch_bench.NAMES if KILLS else ["q18"])
def test_a_node_is_removed_and_another_added(on_ray, nodes, name, removal):
    check_while(on_ray, name, lambda: nodes.tell("remove"), random.Random(f"{name} {removal}").random())
    wait_for_tasks(on_ray, 1)
    check(on_ray, name)
    nodes.tell("add")
    wait_for_tasks(on_ray, 2)
    check(on_ray, name)


def test_ray_has_to_answer():
    with pytest.raises(RuntimeError, match="no Ray cluster answers to ray://127.0.0.1:1"):
        Server("--cluster", "ray://127.0.0.1:1", python=PYTHON)


def test_ray_has_to_be_installed():
    with pytest.raises(RuntimeError, match=r"pip install 'pyrite\[ray\]'"):
        Server("--cluster", "ray", python=sys.executable)
