"""TPC-H and TPC-DS at SF1 on two workers: the rows and schemas that real Spark gave, as on one machine."""
from pathlib import Path

import expected
import pytest
import tpcds
import tpcds_results
import tpch as tpch_bench
from result_json import frame_json

ROOT = Path(__file__).resolve().parents[2]
TPCDS = tpcds_results.read()


@pytest.mark.parametrize("name", tpch_bench.NAMES)
def test_tpch(on_cluster, name):
    expected.check(name, frame_json(on_cluster.sql(tpch_bench.sql(name))), expected.read(name)["sql"])


@pytest.fixture(scope="module")
def tpcds_tables(on_cluster):
    folder = ROOT / ".data/tpcds-sf1"
    if not folder.is_dir():
        pytest.fail("no TPC-DS data: run tools/make_tpcds")
    tpcds.read_tables(on_cluster, folder)
    return folder


@pytest.mark.parametrize("name", tpcds.NAMES)
def test_tpcds(on_cluster, tpcds_tables, name):
    tpcds_results.check(frame_json(on_cluster.sql(tpcds.sql(name, tpcds_tables))), TPCDS[name])
