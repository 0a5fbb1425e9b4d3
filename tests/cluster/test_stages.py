"""The stages of the TPC-H queries on two workers, as EXPLAIN shows them: tests/cluster/stages/qNN.txt.

PYRITE_UPDATE_GOLDEN=1 writes the files anew.
"""
import os
from pathlib import Path

import pytest
import tpch as tpch_bench

FOLDER = Path(__file__).resolve().parent / "stages"


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_stages(on_cluster, name):
    plan = on_cluster.sql("EXPLAIN " + tpch_bench.sql(name)).collect()[0][0]
    stages = plan[plan.index("== Stages ==") :]
    path = FOLDER / f"{name}.txt"
    if os.environ.get("PYRITE_UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(stages)
    assert stages == path.read_text()
