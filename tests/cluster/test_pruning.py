"""What filters leave out of a scan is in no slice: row groups and files by their statistics, files by their partition's values."""
import re

import pyarrow.parquet as parquet
import pytest
from server import Server
from workers import session

ROWS = 120000


@pytest.fixture(scope="module")
def on_workers():
    with Server("--cluster", "local[4]", "--cluster-least-rows", "0") as server:
        spark = session(server)
        yield spark
        spark.stop()


@pytest.fixture(scope="module")
def tables(spark, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    rows = spark.sql(f"SELECT id, DATE'2024-01-01' + CAST(id DIV 1000 AS INT) AS day, id % 40 AS p, concat('x', id) AS s FROM range({ROWS})")
    (folder / "groups").mkdir()
    parquet.write_table(rows.toArrow(), folder / "groups/one.parquet", row_group_size=10000)
    for part in range(12):
        rows.where(f"id DIV 10000 = {part}").write.mode("append").parquet(str(folder / "files"))
    rows.where("id < 4000").write.partitionBy("p").parquet(str(folder / "partitions"))
    return folder


def slices(frame):
    found = re.search(r"READ_PARQUET, (\d+) slice", frame._explain_string())
    return int(found[1]) if found else 0


CASES = [
    ("groups", "true", 4, ROWS), ("groups", "id < 10", 1, 10), ("groups", "day = DATE'2024-02-01'", 1, 1000),
    ("groups", "id < 10 OR id > 119990", 2, 19), ("groups", "id > 60000", 4, 59999), ("groups", "s = 'x5'", 4, 1),
    ("files", "true", 4, ROWS), ("files", "id BETWEEN 25000 AND 25010", 1, 11), ("files", "day < DATE'2024-01-15' AND id > 10500", 1, 3499),
    ("files", "id IN (5, 65000)", 2, 2), ("files", "id < 30000 AND s <> ''", 3, 30000),
    ("partitions", "true", 4, 4000), ("partitions", "p = 3", 1, 100), ("partitions", "p IN (3, 4)", 2, 200),
]  # fmt: skip


@pytest.mark.parametrize("table, condition, count, rows", CASES)
def test_slices(spark, on_workers, tables, table, condition, count, rows):
    here, there = (s.read.parquet(str(tables / table)).where(condition) for s in (spark, on_workers))
    assert there.count() == here.count() == rows
    assert sorted(there.collect()) == sorted(here.collect())
    assert slices(there.groupBy("s").count()) == count
