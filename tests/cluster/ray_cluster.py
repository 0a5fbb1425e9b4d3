"""A Ray of two nodes of one CPU each, for tests: it has an environment of its own (tools/setup ray)."""
import os
import subprocess
from pathlib import Path

import pytest
from server import environment

FOLDER = Path(__file__).resolve().parent
PYTHON = FOLDER.parents[1] / ".venv-ray/bin/python"


class RayNodes:
    """The program ray_nodes.py; `port`: its head's, 0: a free one."""

    def __init__(self, port=0):
        if not PYTHON.exists():
            pytest.fail(f"{PYTHON} is missing: run tools/setup ray")
        # Its jobs find `python` on the path.
        path = f"{PYTHON.parent}:{os.environ['PATH']}"
        self._program = subprocess.Popen([PYTHON, FOLDER / "ray_nodes.py", str(port)], env=environment() | {"PATH": path},
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address, dashboard = self._program.stdout.readline().split()
        self.dashboard = f"http://{dashboard}"

    def tell(self, what):
        self._program.stdin.write(what + "\n")
        self._program.stdin.flush()
        assert self._program.stdout.readline() == "done\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._program.stdin.close()
        self._program.wait(60)
