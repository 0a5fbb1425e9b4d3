"""Single tasks side by side: data to the client and from it, CSV, partitioned writes, windows (bench/micro_tasks.py); many
small files and large ones (bench/file_tasks.py).

Each task runs on every engine in turn, each through the same PySpark client, as in bench/run.py.

usage: bench/micro.py [--suite micro_tasks|file_tasks] [--engines LIST] [--tasks WORD]... [--client python|rust]
                      [--repetitions N] [--write FILE]
"""
import argparse
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import file_tasks
import micro_tasks
import report
import run

SUITES = {"micro_tasks": micro_tasks, "file_tasks": file_tasks}
TITLES = {"micro_tasks": "Single tasks", "file_tasks": "Many files and large ones"}
FOLDER = ROOT / ".data/tpch-sf1"
# One environment, and so one pandas, for the client of Pyrite and that of Sail.
run.PYTHONS["pyrite"] = run.PYTHONS["sail"]


def measure(arguments, names):
    settings = SimpleNamespace(suite=arguments.suite, form="sql", memory_limit="", client=arguments.client)
    engines = [run.Engine(name, FOLDER, settings) for name in arguments.engines]
    for repetition in range(arguments.repetitions):
        for name in names:
            # Each comes first as often as the others, with what the one before left the machine to do.
            turn = engines[repetition % len(engines):] + engines[:repetition % len(engines)]
            times = [f"{engine.name} {report.number(engine.run(name))}" for engine in turn]
            print(f"{repetition + 1}/{arguments.repetitions} {name}: {', '.join(times)}", flush=True)
    return {engine.name: engine.close() for engine in engines}


def section(arguments, names, results):
    versions = ", ".join(f"{report.NAMES[name]} {result['version']}" for name, result in results.items())
    title = f"## {TITLES[arguments.suite]}" + (", the Rust client" if arguments.client == "rust" else "")
    text = [title, "", f"{report.machine()}; medians of {arguments.repetitions} runs, interleaved; {versions}.", "",
            report.table(results, names), "", "CPU time of the engine's own processes:", "",
            report.cpu_table(results, names), ""]
    failures = [f"- {report.NAMES[name]}, {task}: {message}" for name, result in results.items()
                for task, message in result["errors"].items()]
    return "\n".join(text + (["Not run:", "", *failures, ""] if failures else []))


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", choices=SUITES, default="micro_tasks")
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["pyrite", "sail"])
    parser.add_argument("--tasks", nargs="+", default=[""], help="only those with one of the words in their names")
    parser.add_argument("--client", choices=["python", "rust"], default="python",
                        help="pyspark-client or pyspark-client-rust, for Pyrite and Sail")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--write", help="a Markdown file that gets the tables")
    arguments = parser.parse_args(argv)
    suite = SUITES[arguments.suite]
    names = [name for name in suite.NAMES if any(word in name for word in arguments.tasks)]
    for scale in ("1", "10") if suite is file_tasks else ("1",):
        subprocess.run([ROOT / "tools/make_tpch", scale], check=True)
    suite.make_data()
    text = section(arguments, names, measure(arguments, names))
    print("\n" + text)
    if arguments.write:
        report.write_section(arguments.write, text)


if __name__ == "__main__":
    main(sys.argv[1:])
