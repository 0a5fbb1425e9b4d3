"""A fresh clone: `make run` sets up everything and runs the main job (make test-all; takes minutes)."""
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.fresh
@pytest.mark.timeout(1800)
def test_make_run(tmp_path):
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "pyrite"], check=True)
    done = subprocess.run(["make", "run"], cwd=tmp_path / "pyrite", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "nation" in done.stdout
    assert list((tmp_path / "pyrite/build/first_job").glob("year=*/*.parquet"))
