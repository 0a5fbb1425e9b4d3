"""How fast one node reads what another has made: our exchange beside a plain Arrow Flight server of the same batches,
on loopback, one stream each, by turns.

usage: bench/exchange.py [--rounds N] [--write FILE]
"""
import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

import report
from latency import table

PROGRAM = ROOT / "build/release/bench/exchange_reads/exchange_reads"
ROWS = 3_000_000
WAYS = {
    "plain": "plain Flight, batches in memory",
    "memory": "exchange, in memory",
    "files": "exchange, in a file (lz4)",
    "memory, same node": "exchange of the same node, in memory",
    "files, same node": "exchange of the same node, in a file (lz4)",
}


def make_rows(path):
    import pyarrow
    import pyarrow.parquet

    source = pyarrow.parquet.ParquetFile(ROOT / ".data/tpch-sf1/lineitem.parquet")
    rows = 0
    with pyarrow.ipc.new_file(path, source.schema_arrow) as file:
        for batch in source.iter_batches(batch_size=65536):
            file.write_batch(batch)
            rows += batch.num_rows
            if rows >= ROWS:
                return


def measure(rounds):
    """{way: [(bytes, seconds, seconds of CPU)]}, without the first round."""
    measured = defaultdict(list)
    with tempfile.TemporaryDirectory(dir=ROOT / ".data", prefix="exchange-") as folder:
        make_rows(f"{folder}/rows.arrow")
        output = subprocess.check_output([PROGRAM, f"{folder}/rows.arrow", str(rounds + 1)], text=True)
    for line in output.splitlines():
        way, *numbers = line.split("\t")
        measured[way].append([float(number) for number in numbers])
    return {way: lines[1:] for way, lines in measured.items()}


def section(measured, rounds):
    def rate(way, column):
        return median(line[0] / 1e6 / line[column] for line in measured[way])

    size = measured["plain"][0][0] / 1e6
    rows = [[title, f"{rate(way, 1):.0f}", f"{rate(way, 2):.0f}", f"{rate(way, 2) / rate('plain', 2):.2f}"]
            for way, title in WAYS.items()]
    head = ["read from", "MB/s", "MB in a second of CPU, both sides", "to plain Flight's"]
    return "\n".join(["## Exchange", "", f"{report.machine()}; {size:.0f} MB of TPC-H lineitem, all columns, in batches of "
                      f"65,536 rows; one stream on loopback; medians of {rounds} rounds, by turns. What is in "
                      "the memory of the same node is mapped, not copied: the batches are opened, their rows not looked at.",
                      "", table(head, rows), ""])


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", help="a Markdown file that gets the table")
    arguments = parser.parse_args(argv)
    subprocess.run(["cmake", "--build", ROOT / "build/release", "--target", "exchange_reads"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([ROOT / "tools/make_tpch", "1"], check=True)
    text = section(measure(arguments.rounds), arguments.rounds)
    print(text)
    if arguments.write:
        report.write_section(arguments.write, text)


if __name__ == "__main__":
    main(sys.argv[1:])
