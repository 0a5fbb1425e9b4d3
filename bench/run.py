"""TPC-H or TPC-DS side by side: every query on every engine in turn, so that all see the same machine.

Each engine is a process tree of its own over the same Parquet files and hands all rows to Python: Pyrite, Sail and Spark
through the PySpark client (`collect`), DuckDB and Polars directly. The tables of medians, ratios and peak memory are printed,
and written into a Markdown file with --write. The CPU time is the engine's alone, without the client's process: it says the same
on a machine that is busy with other things, where the wall time does not.

usage: bench/run.py [--suite tpch|tpcds] [--scale N]... [--engines LIST] [--queries LIST] [--form sql|dataframe] [--repetitions N] [--spark]
                    [--client python|rust] [--memory-limit SIZE] [--write FILE]
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import report
import tpcds
import tpch
from memory import PeakMemory, cpu_seconds, descendants

PYTHONS = {"pyrite": ".venv", "duckdb": ".venv", "sail": ".venv-bench", "polars": ".venv-bench", "spark": ".venv-bench",
           "ballista": ".venv-ballista"}
# With --client rust the program under measurement is in this environment, whatever the server's is.
RUST_CLIENT = ".venv-rust"
SUITES = {"tpch": tpch, "tpcds": tpcds}


class Engine:
    def __init__(self, name, folder, arguments):
        self.name = name
        self.seconds, self.cpu, self.rows, self.errors = {}, {}, {}, {}
        product = name.removesuffix("-workers")
        rust = arguments.client == "rust" and product in ("pyrite", "sail")
        python = ROOT / (RUST_CLIENT if rust else PYTHONS[product]) / "bin/python"
        if not python.exists():
            sys.exit(f"{python} is missing: run tools/setup dev bench spark ballista")
        command = [python, ROOT / "bench/worker.py", name, arguments.suite, folder, arguments.form, arguments.memory_limit]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.version = self._read()["ready"]
        self.memory = PeakMemory(self.process.pid)
        # A server stands below the client's process; an engine in a library is the process itself.
        own, *below = descendants(self.process.pid)
        self.pids = below or [own]

    def _read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name}: the engine's process ended with {self.process.wait()}")
        return json.loads(line)

    def run(self, query):
        """Seconds, or None when the engine cannot run it; it is then not asked again."""
        if query in self.errors:
            return None
        before = cpu_seconds(self.pids)
        print(query, file=self.process.stdin, flush=True)
        answer = self._read()
        if "error" in answer:
            self.errors[query] = answer["error"].splitlines()[0]
            return None
        self.seconds.setdefault(query, []).append(answer["seconds"])
        self.cpu.setdefault(query, []).append(cpu_seconds(self.pids) - before)
        self.rows[query] = answer["rows"]
        return answer["seconds"]

    def close(self):
        self.memory.stop()
        self.process.stdin.close()
        self.process.wait()
        return {"version": self.version, "seconds": self.seconds, "cpu": self.cpu, "errors": self.errors, "rows": self.rows,
                "tree": self.memory.tree, "largest": self.memory.largest}


def read_files(folder):
    """Into the system's cache: otherwise the first engine waits for the disk on behalf of all."""
    for path in Path(folder).rglob("*.parquet"):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


def measure(arguments, scale):
    folder = ROOT / f".data/{arguments.suite}-sf{scale}"
    subprocess.run([ROOT / f"tools/make_{arguments.suite}", str(scale)], check=True)
    read_files(folder)
    engines = [Engine(name, folder, arguments) for name in arguments.engines]
    for repetition in range(arguments.repetitions):
        for query in arguments.queries:
            times = [f"{engine.name} {report.number(engine.run(query))}" for engine in engines]
            print(f"SF{scale} {repetition + 1}/{arguments.repetitions} {query}: {', '.join(times)}", flush=True)
    results = {engine.name: engine.close() for engine in engines}
    for query in arguments.queries:
        counts = {name: result["rows"][query] for name, result in results.items() if query in result["rows"]}
        if len(set(counts.values())) > 1:
            print(f"SF{scale} {query}: THE ENGINES DISAGREE ON THE NUMBER OF ROWS: {counts}")
    for name, result in results.items():
        print(f"SF{scale} {name}: peak {result['tree'] / 1e6:.0f} MB, its largest process {result['largest'] / 1e6:.0f} MB")
    return results


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = lambda text: text.split(",")  # noqa: E731
    parser.add_argument("--suite", choices=SUITES, default="tpch")
    parser.add_argument("--scale", type=int, nargs="+", default=[1])
    parser.add_argument("--engines", type=names, default=["pyrite", "duckdb", "sail", "polars"])
    parser.add_argument("--queries", type=names, help="default: all of the suite")
    parser.add_argument("--form", choices=["sql", "dataframe"], default="sql")
    parser.add_argument("--client", choices=["python", "rust"], default="python",
                        help="pyspark-client or pyspark-client-rust, for Pyrite and Sail")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--memory-limit", default="", help="for the engines that have one, as 400MB")
    parser.add_argument("--spark", action="store_true", help="also real Spark (slow; needs Java)")
    parser.add_argument("--write", help="a Markdown file that gets the tables")
    arguments = parser.parse_args(argv)
    arguments.queries = arguments.queries or SUITES[arguments.suite].NAMES
    if arguments.spark:
        arguments.engines.append("spark")
    return arguments


def main(argv):
    arguments = parse(argv)
    for scale in arguments.scale:
        results = measure(arguments, scale)
        text = report.section(scale, arguments, results)
        print("\n" + text)
        if arguments.write:
            report.write_section(arguments.write, text)


if __name__ == "__main__":
    main(sys.argv[1:])
