"""Real Spark as a Connect server, for recording expected results and for benchmarks (needs Java and .venv-spark).

    with spark_connect() as url:
        result = run_program(url, "tests/errors/program.py")

As a program it prints its address and serves until its input ends: for clients that must not share its process.

usage: .venv-spark/bin/python tests/spark_reference.py [MEMORY [MASTER [NAME=VALUE]...]]
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENT_PROGRAM = ROOT / "tests/client_program.py"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def spark_connect(memory="4g", master="local[*]", more={}):  # noqa: B006, it is only read
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    port = free_port()
    with tempfile.TemporaryDirectory() as warehouse:
        settings = {
            "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": port,
            "spark.driver.memory": memory,
            "spark.log.level": "ERROR",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.warehouse.dir": warehouse,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            **more,
        }
        builder = SparkSession.builder.master(master)
        for key, value in settings.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        yield f"sc://127.0.0.1:{port}"
        session.stop()


def run_program(url, program, *arguments, python=sys.executable):
    """The result of a test program's main(), run as a client of `url` in a process of its own."""
    command = [python, CLIENT_PROGRAM, url, program, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def record_program(subject):
    """Writes what real Spark answers to tests/<subject>/program.py into expected.json beside it, a case a line; how many there are."""
    folder = ROOT / "tests" / subject
    with spark_connect() as url:
        found = run_program(url, folder / "program.py", python=ROOT / ".venv/bin/python")
    lines = [json.dumps(case, ensure_ascii=False, sort_keys=True) for case in found]
    (folder / "expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    return len(lines)


def main(memory="4g", master="local[*]", *more):
    with spark_connect(memory, master, dict(setting.split("=", 1) for setting in more)) as url:
        print(url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
