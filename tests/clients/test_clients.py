"""Each release of Apache's client gets the answers that real Spark gave (make test-all).

The environments come from requirements/<version>.txt into .clients, or the folder that PYRITE_CLIENTS names: a gigabyte in all.
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
ENVIRONMENTS = Path(os.environ.get("PYRITE_CLIENTS", ROOT / ".clients"))
VERSIONS = sorted(path.stem for path in (FOLDER / "requirements").glob("*.txt"))


def python_of(version):
    """The Python of the client's environment, which is made when it is not there as the requirements say."""
    requirements, environment = FOLDER / f"requirements/{version}.txt", ENVIRONMENTS / version
    python, stamp = environment / "bin/python", environment / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        shutil.rmtree(environment, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements], check=True)
        shutil.copy(requirements, stamp)
    return python


@pytest.mark.clients
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("version", VERSIONS)
def test_client(server, version):
    command = [python_of(version), ROOT / "tests/client_program.py", server.url, FOLDER / "program.py"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr[-4000:]
    answers = json.loads(done.stdout.splitlines()[-1])
    assert [case for case in answers if case not in EXPECTED] == []
    assert len(answers) == len(EXPECTED)
