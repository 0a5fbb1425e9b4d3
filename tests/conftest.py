"""Fixtures for all Python tests.

server       one Pyrite server for the whole run (tests/server.py)
spark        a session of the stock client on it, in this process, fresh for each test module
new_session  a function that makes another session, isolated from `spark`
run_client   runs a function of a test program in the environment of one of the two clients
tpch         the folder of the TPC-H SF1 tables
"""
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from server import Server  # noqa: E402

CLIENTS = {"pyspark-client": ROOT / ".venv/bin/python", "pyspark-client-rust": ROOT / ".venv-rust/bin/python"}


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def new_session(server):
    from pyspark.sql.connect.session import SparkSession

    made = []

    def make():
        made.append(SparkSession.builder.remote(server.url).create())
        return made[-1]

    yield make
    for session in made:
        if server.alive():
            session.stop()


@pytest.fixture(scope="module")
def spark(new_session):
    return new_session()


@pytest.fixture(scope="session")
def run_client(server):
    """run_client(client, program, *arguments) -> what the program's `main(spark, *arguments)` returned, by way of JSON."""

    def run(client, program, *arguments, timeout=280):
        python = CLIENTS[client]
        if not python.exists():
            pytest.fail(f"{python} is missing: run tools/setup")
        done = subprocess.run([python, ROOT / "tests/client_program.py", server.url, program, *map(str, arguments)],
                              capture_output=True, text=True, timeout=timeout)
        if done.returncode != 0:
            pytest.fail(f"{Path(program).name} with {client} ended with {done.returncode}:\n{done.stderr[-4000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def tpch():
    folder = ROOT / ".data/tpch-sf1"
    if not folder.is_dir():
        pytest.fail("no TPC-H data: run tools/make_tpch")
    return folder
