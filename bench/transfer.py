"""How fast result rows reach the client: `toArrow()` in MB/s, over gRPC on loopback, with both clients.

usage: bench/transfer.py [--sail] [--repetitions N] [--write FILE]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

import report
from latency import CLIENTS, SAIL, table
from server import Server

QUERIES = {
    "10,000,000 rows of 4 integers": "SELECT id AS a, id + 1 AS b, id * 2 AS c, id - 7 AS d FROM range(10000000)",
    "SF1 lineitem, all 16 columns": "SELECT * FROM parquet.`{folder}/lineitem.parquet`",
}

PROGRAM = """
import json, sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
frame = spark.sql(sys.argv[2])
rates = []
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    size = frame.toArrow().nbytes
    rates.append(size / 1e6 / (time.perf_counter() - start))
print(json.dumps([size, max(rates)]))
"""


def rates(server, url, repetitions, program):
    for title, query in QUERIES.items():
        query = query.format(folder=ROOT / ".data/tpch-sf1")
        for client, python in CLIENTS.items():
            output = subprocess.check_output([python, program, url, query, str(repetitions)], text=True)
            size, rate = json.loads(output.splitlines()[-1])
            yield [server, f"{title}, {client}", f"{size / 1e6:.0f}", f"{rate:.0f}"]


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sail", action="store_true")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--write", help="a Markdown file that gets the table")
    arguments = parser.parse_args(argv)
    with ExitStack() as stack:
        urls = {"Pyrite": stack.enter_context(Server()).url}
        if arguments.sail:
            from worker import sail

            os.environ["PATH"] = f"{SAIL}:{os.environ['PATH']}"
            urls["Sail"] = stack.enter_context(sail(""))
        program = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "transfer_client.py"
        program.write_text(PROGRAM)
        rows = [row for server, url in urls.items() for row in rates(server, url, arguments.repetitions, program)]
    head = ["server", "result, client", "MB", "best MB/s"]
    text = "\n".join(["## Result transfer", "", f"{report.machine()}; `toArrow()`.", "", table(head, rows), ""])
    print(text)
    if arguments.write:
        report.write_section(arguments.write, text)


if __name__ == "__main__":
    main(sys.argv[1:])
