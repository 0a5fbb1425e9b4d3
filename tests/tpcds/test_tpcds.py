"""All 99 TPC-DS queries at SF1: rows and schemas are those that real Spark gave."""
import sys
from pathlib import Path

import pytest
import tpcds_results
from result_json import frame_json

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import tpcds

EXPECTED = tpcds_results.read()


@pytest.fixture(scope="module")
def folder(spark):
    folder = ROOT / ".data/tpcds-sf1"
    if not folder.is_dir():
        pytest.fail("no TPC-DS data: run tools/make_tpcds")
    tpcds.read_tables(spark, folder)
    return folder


@pytest.mark.parametrize("name", tpcds.NAMES)
def test_query(spark, folder, name):
    tpcds_results.check(frame_json(spark.sql(tpcds.sql(name, folder))), EXPECTED[name])
