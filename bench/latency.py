"""Small-query latency and start-up time: Pyrite beside Sail, with both clients.

- `spark.sql("select 1").collect()`, warm, over gRPC on loopback, by turns: the median, and the 95th percentile.
- A program of one such query, from process start to end: `pyrite run hello.py`, and the same with a Sail server in it.

usage: bench/latency.py [--queries N] [--starts N] [--write FILE]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

import report
from server import CLIENTS, Server, environment

SAIL = ROOT / ".venv-bench/bin"

SELECT_ONE = """
import json, sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
times = []
for number in range(int(sys.argv[2]) + 50):
    start = time.perf_counter()
    assert spark.sql("select 1").collect()[0][0] == 1
    times.append(time.perf_counter() - start)
print(json.dumps(times[50:]))
"""

HELLO = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.sql("select 'hello' as greeting").show()
"""

# The shortest way to the same with Sail: its server in the program's own process.
SAIL_HELLO = """
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
address, port = server.listening_address
""" + HELLO.replace("builder.", 'builder.remote(f"sc://{address}:{port}").')


def select_one(url, python, queries):
    # From a file: the client takes a program given by -c for its own doctests.
    with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
        print(SELECT_ONE, file=program, flush=True)
        output = subprocess.check_output([python, program.name, url, str(queries)], text=True)
    return [1000 * seconds for seconds in json.loads(output.splitlines()[-1])]


def start_up(command, **variables):
    installed = environment() | {"PYTHONDONTWRITEBYTECODE": ""} | variables  # an installed package has its bytecode
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=installed)
    return [time.perf_counter() - start]


def by_turns(arms, rounds):
    """The times of each arm, [(its names, a function that gives times)], round after round."""
    times = [[] for _ in arms]
    for _ in range(rounds):
        for found, (_, measure) in zip(times, arms):
            found += measure()
    return [[*names, found] for (names, _), found in zip(arms, times)]


def latencies(queries, rounds=5):
    from worker import sail

    with ExitStack() as running:
        servers = {"Pyrite": running.enter_context(Server()).url}
        if SAIL.is_dir():
            os.environ["PATH"] = f"{SAIL}:{os.environ['PATH']}"
            servers["Sail"] = running.enter_context(sail(""))
        arms = [((server, client), partial(select_one, url, python, queries // rounds))
                for server, url in servers.items() for client, python in CLIENTS.items()]
        return [[server, client, f"{median(times):.2f}", f"{quantiles(times, n=20)[-1]:.2f}"]
                for server, client, times in by_turns(arms, rounds)]


def starts(count):
    with tempfile.TemporaryDirectory() as folder:
        hello, sail_hello = Path(folder, "hello.py"), Path(folder, "sail_hello.py")
        hello.write_text(HELLO)
        sail_hello.write_text(SAIL_HELLO)
        arms = [(("Pyrite", client), partial(start_up, [python, "-m", "pyrite", "run", hello]))
                for client, python in CLIENTS.items()]
        if SAIL.is_dir():
            # pysail is installed beside one client; a link lets the other have it too.
            Path(folder, "pysail").symlink_to(next(SAIL.parent.glob("lib/python*/site-packages/pysail")))
            arms += [(("Sail", client), partial(start_up, [python, sail_hello], PYTHONPATH=folder))
                     for client, python in CLIENTS.items()]
        return [[server, client, f"{median(times):.2f}"] for server, client, times in by_turns(arms, count)]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + "--:|" * (len(head) - 2)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--write", help="a Markdown file that gets the tables")
    arguments = parser.parse_args(argv)
    text = "\n".join([
        "## Latency and start-up", "", f"{report.machine()}.", "",
        table(["`select 1`, warm", "client", "median ms", "95th percentile ms"], latencies(arguments.queries)), "",
        table(["a hello program, start to end", "client", "median s"], starts(arguments.starts)), ""])
    print(text)
    if arguments.write:
        report.write_section(arguments.write, text)


if __name__ == "__main__":
    main(sys.argv[1:])
