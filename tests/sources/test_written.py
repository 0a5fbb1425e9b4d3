"""What df.write leaves on the disk: as real Spark left it (tools/record_sources.py)."""
import json
from pathlib import Path

import pytest
from write_cases import CASES, run

EXPECTED = {line["case"]: line for line in
            map(json.loads, (Path(__file__).parent / "expected_writes.jsonl").read_text().splitlines())}


def comparable(result):
    result = {k: v for k, v in result.items() if k not in ("case", "message")}
    if result.get("error") in (None, "", "ILLEGAL_ARGUMENT") and "class" in result:  # a Java exception without a condition
        return {"class": result["class"]}
    return result


@pytest.mark.parametrize("name", CASES)
def test_case(spark, tmp_path, name):
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    assert comparable(run(spark, tmp_path, CASES[name])) == comparable(EXPECTED[name])


@pytest.mark.parametrize("codec", ["gzip", "bzip2", "deflate", "lz4", "snappy"])
def test_compressed_files_are_read_again(spark, tmp_path, codec):
    path = str(tmp_path / "t")
    spark.range(0, 200_000, 1, 1).selectExpr("id", "concat('text ', id % 97) s").write.csv(path, compression=codec)
    read = spark.read.csv(path, schema="id long, s string")
    assert read.selectExpr("count(*)", "sum(id)", "count(distinct s)").first() == (200_000, 19_999_900_000, 97)
