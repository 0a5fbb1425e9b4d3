"""Workers that are actors of a real Ray, two nodes of one CPU each: TPC-H at SF1, actors and nodes that are lost.

Ray has an environment of its own: tools/setup ray.
"""
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import expected
import pytest
import tpch as tpch_bench
from result_json import frame_json
from server import Server, environment
from workers import session, wait_for_tasks

FOLDER = Path(__file__).resolve().parent
PYTHON = FOLDER.parents[1] / ".venv-ray/bin/python"


PROGRAM = """
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
lines = spark.read.parquet(sys.argv[1] + "/lineitem.parquet")
print(lines.groupBy("l_returnflag").count().selectExpr("sum(count)").first()[0], sys.argv[2])
"""


class RayNodes:
    """The program ray_nodes.py."""

    def __init__(self):
        # Its jobs find `python` on the path.
        path = f"{PYTHON.parent}:{os.environ['PATH']}"
        self._program = subprocess.Popen([PYTHON, FOLDER / "ray_nodes.py"], env=environment() | {"PATH": path},
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address, dashboard = self._program.stdout.readline().split()
        self.dashboard = f"http://{dashboard}"

    def tell(self, what):
        self._program.stdin.write(what + "\n")
        self._program.stdin.flush()
        assert self._program.stdout.readline() == "done\n"

    def stop(self):
        self._program.stdin.close()
        self._program.wait(60)


@pytest.fixture(scope="module")
def nodes():
    if not PYTHON.exists():
        pytest.fail(f"{PYTHON} is missing: run tools/setup ray")
    running = RayNodes()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def on_ray(nodes, tpch):
    with Server("--cluster", f"ray://{nodes.address}", python=PYTHON, start_seconds=180) as server:
        spark = session(server)
        tpch_bench.read_tables(spark, tpch)
        wait_for_tasks(spark, 2)
        yield spark
        spark.stop()


def check(spark, name):
    expected.check(name, frame_json(spark.sql(tpch_bench.sql(name))), expected.read(name)["sql"])


def check_while(spark, name, what):
    """The query, with `what` done in the middle of it."""
    started = time.monotonic()
    check(spark, name)
    timer = threading.Timer((time.monotonic() - started) / 2, what)
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


@pytest.mark.parametrize("name", ["q09", "q21"])
def test_an_actor_is_killed(on_ray, nodes, name):
    check_while(on_ray, name, lambda: nodes.tell("kill"))
    check(on_ray, name)
    wait_for_tasks(on_ray, 2)
    check(on_ray, name)


def test_a_node_is_removed_and_another_added(on_ray, nodes):
    check_while(on_ray, "q18", lambda: nodes.tell("remove"))
    wait_for_tasks(on_ray, 1)
    check(on_ray, "q18")
    nodes.tell("add")
    wait_for_tasks(on_ray, 2)
    check(on_ray, "q18")


def test_ray_has_to_answer():
    with pytest.raises(RuntimeError, match="no Ray cluster answers to ray://127.0.0.1:1"):
        Server("--cluster", "ray://127.0.0.1:1", python=PYTHON)


def test_ray_has_to_be_installed():
    with pytest.raises(RuntimeError, match=r"pip install 'pyrite\[ray\]'"):
        Server("--cluster", "ray", python=sys.executable)
