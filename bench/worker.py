"""One engine under measurement: a process that runs the queries of a suite on demand.

It runs in the engine's own environment. Each line of input is a query's name; each line of output is JSON:
{"seconds": ..., "rows": ...} or {"error": ...}. A first line, {"ready": ...}, says which version runs.

The engines whose names end with -workers run as many workers as there are cores, of one thread each, in place of one process
with all threads; Sail's are within its server's process.

usage: worker.py pyrite|pyrite-workers|sail|sail-workers|spark|spark-workers|ballista-workers|duckdb|polars tpch|tpcds|micro_tasks|file_tasks FOLDER FORM [MEMORY_LIMIT]
"""
import importlib
import importlib.metadata
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

from spark_reference import free_port


def wait_for_port(port):
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def pyrite_workers(memory_limit):
    return pyrite(memory_limit, "--cluster", f"local[{os.cpu_count()}]")


@contextmanager
def pyrite(memory_limit, *more):
    from server import Server

    arguments = [*(["--memory-limit", memory_limit] if memory_limit else []), *more]
    python = ROOT / ".venv/bin/python"
    with Server(*arguments, python=str(python)) as server:
        yield server.url


def sail_workers(memory_limit):
    count = str(os.cpu_count())
    return sail(memory_limit, {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": count,
                               "SAIL_CLUSTER__WORKER_MAX_COUNT": count})


@contextmanager
def sail(memory_limit, settings={}):  # noqa: B006, it is only read
    port = free_port()
    command = [ROOT / ".venv-bench/bin/sail", "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def spark(memory_limit, *more):
    command = [ROOT / ".venv-spark/bin/python", ROOT / "tests/spark_reference.py", memory_limit or "8g", *more]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait()


def spark_workers(memory_limit):
    return spark(memory_limit or "4g", f"local-cluster[{os.cpu_count()},1,4096]", "spark.executor.memory=4g")


PACKAGES = {"pyrite": "pyrite", "sail": "pysail", "spark": "pyspark"}


def version_of(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:  # a server of another environment; Pyrite in a checkout
        if package == "pyspark":
            python = ROOT / ".venv-spark/bin/python"
            return subprocess.check_output([python, "-c", "import pyspark; print(pyspark.__version__)"], text=True).strip()
        if package == "pysail":
            sail = ROOT / ".venv-bench/bin/sail"
            return subprocess.check_output([sail, "--version"], text=True).split()[-1]
        return subprocess.check_output(["git", "describe", "--always", "--dirty"], cwd=ROOT, text=True).strip()


def spark_runner(session, suite, folder, form):
    if hasattr(suite, "runner"):  # programs instead of queries
        return suite.runner(session, folder)
    tables = suite.read_tables(session, folder)
    if form == "sql":
        return lambda name: session.sql(suite.sql(name, folder)).collect()
    from tpch.dataframe import QUERIES

    return lambda name: QUERIES[name](tables).collect()


@contextmanager
def through_client(server, suite, folder, form, memory_limit):
    with server(memory_limit) as url:
        from pyspark.sql import SparkSession

        session = SparkSession.builder.remote(url).getOrCreate()
        yield spark_runner(session, suite, folder, form), version_of(PACKAGES[server.__name__.removesuffix("_workers")])
        session.stop()


@contextmanager
def ballista_processes(count):
    """A scheduler's URL; it has `count` executors of one thread."""
    def start(kind, arguments):
        program = f"import ballista; node = ballista.{kind}({arguments}); node.start(); node.wait_for_termination()"
        return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    port = free_port()
    processes = [start("BallistaScheduler", f"'127.0.0.1', {port}")]
    try:
        wait_for_port(port)
        for _ in range(count):
            executor = free_port()
            processes.append(start("BallistaExecutor", f"{executor}, '127.0.0.1', '127.0.0.1', {port}, 1"))
            wait_for_port(executor)
        yield f"df://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.kill()
            process.wait()


@contextmanager
def ballista_workers(suite, folder, form, memory_limit):
    import ballista

    with ballista_processes(os.cpu_count()) as url:
        context = ballista.BallistaSessionContext(url)
        for table in suite.TABLES:
            context.register_parquet(table, f"{folder}/{table}.parquet")
        yield (lambda name: context.sql(suite.sql(name, folder, "duckdb")).to_arrow_table().to_pylist()), ballista.__version__


@contextmanager
def duckdb_direct(suite, folder, form, memory_limit):
    import duckdb

    connection = duckdb.connect()
    if memory_limit:
        connection.execute("SET memory_limit = ?", [memory_limit])
    for table in suite.TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM '{folder}/{table}.parquet'")
    yield (lambda name: connection.execute(suite.sql(name, folder, "duckdb")).fetchall()), duckdb.__version__


@contextmanager
def polars_sql(suite, folder, form, memory_limit):
    import polars

    frames = {table: polars.scan_parquet(f"{folder}/{table}.parquet") for table in suite.TABLES}
    context = polars.SQLContext(frames)
    yield (lambda name: context.execute(suite.sql(name, folder, "duckdb")).collect(engine="streaming").rows()), polars.__version__


def open_engine(name, suite, folder, form, memory_limit):
    servers = {server.__name__.replace("_", "-"): server
               for server in (pyrite, pyrite_workers, sail, sail_workers, spark, spark_workers)}
    if name in servers:
        return through_client(servers[name], suite, folder, form, memory_limit)
    others = {"duckdb": duckdb_direct, "polars": polars_sql, "ballista-workers": ballista_workers}
    return others[name](suite, folder, form, memory_limit)


def answer(run, query):
    if hasattr(run, "settle"):  # what is not measured
        run.settle(query)
    start = time.perf_counter()
    try:
        rows = run(query)
        return {"seconds": time.perf_counter() - start, "rows": len(rows)}
    except Exception as error:  # an engine that cannot run a query is part of the result
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def main(name, suite, folder, form, memory_limit=""):
    # What engines print themselves must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    with open_engine(name, importlib.import_module(suite), folder, form, memory_limit) as (run, version):
        print(json.dumps({"ready": version}), file=answers)
        for line in sys.stdin:
            print(json.dumps(answer(run, line.strip())), file=answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
