"""examples/cpp: workers and a coordinator as C++ programs, over what is built already."""
import os
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import tpch as tpch_bench

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / os.environ.get("PYRITE_TEST_BUILD", "release")
QUERY = """SELECT l_returnflag, count(*) AS n, sum(l_quantity) AS quantity, max(o_orderdate) AS last
FROM lineitem JOIN orders ON l_orderkey = o_orderkey WHERE o_totalprice > 100000 GROUP BY l_returnflag ORDER BY l_returnflag"""


@pytest.fixture(scope="module")
def programs():
    targets = ["localhost_worker", "localhost_run"]
    subprocess.run(["cmake", "--build", BUILD, "--target", *targets], check=True, capture_output=True, timeout=1200)
    return {name: BUILD / "examples/cpp" / name for name in targets}


class Worker:
    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, "0", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().rpartition(":")[2].strip()

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def ports(programs):
    workers = [Worker(programs["localhost_worker"]) for _ in range(2)]
    yield ",".join(worker.port for worker in workers)
    for worker in workers:
        worker.stop()


def run(programs, *arguments, code=0):
    done = subprocess.run([programs["localhost_run"], *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture(scope="module")
def shown(spark, tpch):
    for name in ("lineitem", "orders"):
        spark.read.parquet(str(tpch / f"{name}.parquet")).createOrReplaceTempView(name)
    return spark.sql(QUERY)._show_string(20, 20, False)


def test_a_query_runs_on_the_workers(programs, ports, tpch, shown):
    assert run(programs, QUERY, "--cluster-ports", ports, "--tables", str(tpch)).strip() == shown.strip()


@pytest.mark.parametrize("settings, found", [
    ((), "2 tasks"), (("--tasks", "5"), "5 tasks"), (("--broadcast-bytes", "0"), "partitions by the hash"),
    (("--least-rows", "100000000"), "1 task at the coordinator, the result"),
], ids=str)  # fmt: skip
def test_settings(programs, ports, tpch, shown, settings, found):
    arguments = (QUERY, "--cluster-ports", ports, "--tables", str(tpch), *settings)
    assert found in run(programs, *arguments, "--explain")
    assert run(programs, *arguments).strip() == shown.strip()


def stages_of(programs, query, *arguments):
    return run(programs, query, *arguments, "--explain").partition("== Stages ==")[2]


def test_a_boundary_of_the_program(programs, ports, tpch):
    query = """SELECT n_name, count(*), max(x) FROM (SELECT n_name, explode(sequence(1, 2000)) AS x FROM nation)
GROUP BY n_name ORDER BY n_name LIMIT 3"""
    arguments = ("--cluster-ports", ports, "--tables", str(tpch), "--tasks", "3")
    assert "stage 1:" not in stages_of(programs, query, *arguments)
    stages = stages_of(programs, query, *arguments, "--spread", "READ_PARQUET")
    assert "stage 0: 1 task, 3 partitions, evenly\n  READ_PARQUET" in stages
    assert "stage 1: 3 tasks" in stages
    assert run(programs, query, *arguments, "--spread", "READ_PARQUET") == run(programs, query, *arguments)


@pytest.mark.parametrize("name, operator", [
    ("q02", "COMPARISON_JOIN"), ("q04", "FILTER"), ("q13", "AGGREGATE"), ("q17", "PROJECTION"), ("q18", "READ_PARQUET"),
    ("q20", "COMPARISON_JOIN"), ("q21", "FILTER"), ("q22", "AGGREGATE"),
])  # fmt: skip
def test_boundaries_of_the_program_change_no_rows(programs, ports, tpch, name, operator):
    arguments = (tpch_bench.sql(name), "--cluster-ports", ports, "--tables", str(tpch))
    assert run(programs, *arguments, "--spread", operator) == run(programs, *arguments)


def test_slices_of_the_program(programs, ports, tpch, tmp_path):
    folder = tmp_path / "orders.parquet"
    folder.mkdir()
    orders = pq.read_table(tpch / "orders.parquet", columns=["o_orderkey", "o_totalprice"])
    for i, rows in enumerate((400_000, 300, 200)):
        pq.write_table(orders.slice(i * 500_000, rows), folder / f"{i}.parquet", row_group_size=100_000)
    query = "SELECT count(*), sum(o_totalprice) FROM orders"
    arguments = ("--cluster-ports", ports, "--tables", str(tmp_path), "--tasks", "4")
    assert "4 slices" in stages_of(programs, query, *arguments)
    assert "3 slices" in stages_of(programs, query, *arguments, "--whole-files")
    assert run(programs, query, *arguments, "--whole-files") == run(programs, query, *arguments)


def test_a_worker_coordinates(programs, ports, tpch, shown):
    worker = Worker(programs["localhost_worker"], "--cluster-ports", ports)
    text = QUERY.replace("\n", " ").replace("lineitem", f"parquet.`{tpch / 'lineitem.parquet'}`").replace(
        " orders", f" parquet.`{tpch / 'orders.parquet'}`")
    output, _ = worker.process.communicate(text + "\n", timeout=120)
    assert output.strip() == shown.strip()
    assert worker.process.returncode == 0


def test_a_write(programs, ports, tpch, tmp_path):
    statement = f"CREATE TABLE even USING parquet LOCATION '{tmp_path / 't'}' AS SELECT * FROM orders WHERE o_orderkey % 2 = 0"
    run(programs, statement, "--cluster-ports", ports, "--tables", str(tpch))
    keys = pq.read_table(tpch / "orders.parquet", columns=["o_orderkey"])["o_orderkey"].to_pylist()
    written = pq.read_table(tmp_path / "t", columns=["o_orderkey"])["o_orderkey"].to_pylist()
    assert sorted(written) == sorted(key for key in keys if key % 2 == 0)


def test_nobody_there(programs):
    assert "CLUSTER_UNREACHABLE" in run(programs, "SELECT 1", "--cluster-ports", "1", code=1)
