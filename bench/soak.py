"""Many clients at once for a while: every row must be right, the server's memory flat, and a killed client's query freed.

Each client is a session on a thread of a client process; it loops over small queries with known answers and TPC-H queries
whose recorded results it checks. Once a while a client process in mid-query is killed. With --workers the queries, and
writes, run on so many worker processes, which are killed, drained and replaced all the time, and leave nothing behind.

usage: bench/soak.py [--clients N] [--minutes M] [--workers N]
exits 1 on a wrong row, an error, a dead server, growing memory or a file left behind
"""
import argparse
import contextlib
import json
import logging
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests"), str(ROOT / "tests/tpch"), str(ROOT / "tests/cluster")]

THREADS_PER_PROCESS = 10
TPCH = ["q01", "q04", "q06", "q12", "q14", "q19", "q22"]


def check_range(spark, rng):
    count, step = rng.randrange(1, 50_000), rng.randrange(1, 9)
    row = spark.sql(f"SELECT count(*), sum(id), max(id) FROM range(0, {count * step}, {step})").collect()[0]
    assert tuple(row) == (count, step * count * (count - 1) // 2, step * (count - 1)), row


def check_rows(spark, rng):
    base, count = rng.randrange(1_000_000), rng.randrange(1, 2000)
    rows = spark.range(base, base + count).orderBy("id").collect()
    assert [row[0] for row in rows] == list(range(base, base + count))


def check_view(spark, rng):
    value = rng.randrange(1_000_000)
    spark.sql(f"SELECT {value} AS mine").createOrReplaceTempView("own_view")
    assert spark.sql("SELECT mine FROM own_view").collect()[0][0] == value


def check_error(spark, rng):
    from pyspark.errors import PySparkException

    try:
        spark.sql("SELECT nothing_such").collect()
    except PySparkException as error:
        assert error.getCondition() == "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", error
    else:
        raise AssertionError("an unknown column was accepted")


def check_tpch(spark, rng):
    import expected
    import tpch
    from result_json import frame_json

    name = rng.choice(TPCH)
    expected.check(name, frame_json(spark.sql(tpch.sql(name))), expected.read(name)["sql"])


def check_write(spark, rng):
    with tempfile.TemporaryDirectory(prefix="pyrite-soak-") as folder:
        rows = spark.table("orders").where(f"o_orderkey % 8 = {rng.randrange(8)}").select("o_orderkey", "o_orderstatus")
        rows.write.partitionBy("o_orderstatus").parquet(f"{folder}/orders")
        sums = ["count(*)", "sum(o_orderkey)", "count(DISTINCT o_orderstatus)"]
        written = spark.read.parquet(f"{folder}/orders").selectExpr(*sums).first()
        assert written == rows.selectExpr(*sums).first(), written
        left = [str(file) for file in Path(folder).rglob(".pyrite*")]
        assert not left, left


SMALL = {check_range: 4, check_rows: 4, check_view: 2, check_error: 1, check_tpch: 1}
ON_WORKERS = SMALL | {check_tpch: 6, check_write: 2}


def client(url, checks, until, counts, failures):
    """One session's life."""
    import tpch
    from pyspark.sql.connect.session import SparkSession

    rng = random.Random()
    try:
        while time.time() < until:
            spark = SparkSession.builder.remote(url).create()
            tpch.read_tables(spark, ROOT / ".data/tpch-sf1")
            for _ in range(20):
                if time.time() >= until:
                    break
                rng.choices(list(checks), list(checks.values()))[0](spark, rng)
                counts.append(1)
            spark.stop()
    except Exception as error:  # any error at all is what this looks for
        failures.append(f"{type(error).__name__}: {error}"[:1000])


def client_process(url, checks, threads, until):
    logging.disable()  # the client's log of the errors that check_error asks for
    counts, failures = [], []
    running = [threading.Thread(target=client, args=(url, checks, until, counts, failures)) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(json.dumps({"queries": len(counts), "failures": failures}))


LONG_QUERY = """
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
print("running", flush=True)
spark.sql("SELECT sum(a.id % 7 * b.id) FROM range(3000000) a JOIN range(3000000) b ON a.id % 1000 = b.id % 1000").collect()
"""


def kill_clients(url, until, every=45):
    """Starts a client with a query of minutes, kills it in the middle, again and again."""
    # From a file: the client takes a program given by -c for its own doctests.
    with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
        print(LONG_QUERY, file=program, flush=True)
        while time.time() + every < until:
            process = subprocess.Popen([sys.executable, program.name, url], stdout=subprocess.PIPE, text=True)
            assert process.stdout.readline() == "running\n", "the client to be killed did not start"
            time.sleep(3)
            process.kill()
            process.wait()
            time.sleep(every)


def watch(pid, until, every=5):
    """The server's resident memory in MB, from time to time."""
    from memory import resident

    sizes = []
    while time.time() < until:
        sizes.append(resident(pid) / 1e6)
        time.sleep(every)
    return sizes


def verdict(server, answers, sizes):
    failures = [failure for answer in answers for failure in answer["failures"]]
    problems = [f"{len(failures)} failures, the first: {failures[0]}"] if failures else []
    if not server.alive():
        problems.append(f"the server died: {server.errors()}")
    # Flat: the last fifth is not above the second fifth by more than a quarter and 100 MB.
    fifth = max(1, len(sizes) // 5)
    early, late = max(sizes[fifth:2 * fifth] or sizes), max(sizes[-fifth:])
    if late > 1.25 * early + 100:
        problems.append(f"memory grows: {early:.0f} MB early, {late:.0f} MB late")
    print("soak: memory in MB, minute by minute:", *(f"{size:.0f}" for size in sizes[::12]))
    print(f"soak: {sum(answer['queries'] for answer in answers)} queries, memory {early:.0f} MB early, {late:.0f} MB late")
    return problems


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=0, help="run the queries on so many workers that come and go")
    parser.add_argument("--client-process", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.client_process:
        url, until = arguments.client_process
        return client_process(url, ON_WORKERS if arguments.workers else SMALL, arguments.clients, float(until))

    from changing_workers import ChangingWorkers
    from server import Server

    until = time.time() + 60 * arguments.minutes
    counts = [THREADS_PER_PROCESS] * (arguments.clients // THREADS_PER_PROCESS)
    counts += [rest] if (rest := arguments.clients % THREADS_PER_PROCESS) else []
    with contextlib.ExitStack() as stack:
        workers = stack.enter_context(ChangingWorkers(arguments.workers, until)) if arguments.workers else None
        server = stack.enter_context(Server(*(["--cluster", workers.url, "--cluster-least-rows", "10000"] if workers else [])))
        command = [sys.executable, __file__, "--workers", str(arguments.workers), "--client-process", server.url, str(until)]
        processes = [subprocess.Popen([*command, "--clients", str(count)], stdout=subprocess.PIPE, text=True)
                     for count in counts]
        killer = threading.Thread(target=kill_clients, args=(server.url, until), daemon=True)
        killer.start()
        sizes = watch(server.pid, until)
        answers = [json.loads(process.communicate(timeout=300)[0].splitlines()[-1]) for process in processes]
        problems = verdict(server, answers, sizes) + (workers.left_behind() if workers else [])
    print(*problems, sep="\n", end="\n" if problems else "")
    print("soak: passed" if not problems else "soak: FAILED")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
