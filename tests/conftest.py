"""Fixtures for all Python tests.

server       one Pyrite server for the whole run (tests/server.py)
spark        a session of the stock client on it, in this process, fresh for each test module
new_session  a function that makes another session, isolated from `spark`
run_client   runs a function of a test program in the environment of one of the two clients
tpch         the folder of the TPC-H SF1 tables

A case that Pyrite does not answer as Spark yet stands in known_differences.txt beside its test file: `case id # reason`.
Such a case must fail; one that passes is reported until its line is taken off the list.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from server import CLIENTS, Server  # noqa: E402

os.environ["PYRITE_VALIDATE_PLANS"] = "1"  # the server checks each plan after analysis and after each pass


def known_differences(folder):
    """{case id: reason}"""
    path = folder / "known_differences.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return {case.strip(): reason.strip() for case, _, reason in (line.rpartition(" # ") for line in lines if line)}


def pytest_collection_modifyitems(config, items):
    listed = {folder: known_differences(folder) for folder in {item.path.parent for item in items}}
    unused = {(folder, case) for folder, cases in listed.items() for case in cases}
    for item in items:
        if not hasattr(item, "callspec"):
            continue
        folder, case = item.path.parent, item.callspec.id
        if case in listed[folder]:
            item.add_marker(pytest.mark.xfail(reason=listed[folder][case], strict=True))
            unused.discard((folder, case))
    if unused and not any("::" in argument for argument in config.args):
        raise pytest.UsageError("\n".join(f"{folder.name}/known_differences.txt: no such case: {case}" for folder, case in sorted(unused)))


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def server_lives(request):
    """A client tries a dead server again for minutes: end the run instead."""
    running = request.getfixturevalue("server") if "server" in request.fixturenames else None
    if running and not running.alive():
        pytest.exit(f"the server ended with {running.process.returncode}: {running.errors()}", returncode=1)


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
    session = new_session()
    # The client sends what checkpoint() gave to the active session, whichever made it.
    type(session)._active_session.session = session
    return session


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
