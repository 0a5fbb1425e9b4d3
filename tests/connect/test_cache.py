"""cache, persist, checkpoint: the rows are kept, within the memory limit, until they are given up."""
import os
from pathlib import Path

import pytest
from pyspark import StorageLevel
from pyspark.sql import functions as F
from pyspark.sql.connect.session import SparkSession

from server import Server


def replace_files(folder, other):
    """As another program would: nobody tells the server."""
    for file in Path(folder).glob("*.parquet"):
        file.unlink()
    for file in Path(other).glob("*.parquet"):
        file.rename(Path(folder) / file.name)


@pytest.fixture
def table(spark, tmp_path):
    """A folder of 1,000 rows, and how to put 10 rows in their place."""
    path, other = str(tmp_path / "table"), str(tmp_path / "other")
    spark.range(1000).write.parquet(path)
    spark.range(10).write.parquet(other)
    return path, lambda: replace_files(path, other)


def test_cached_rows_stay(spark, table):
    path, replace = table
    even = spark.read.parquet(path).where("id % 2 = 0")
    assert even.cache().is_cached and even.count() == 500
    replace()
    assert even.count() == 500
    # Any plan that has it as a part reads the rows, whoever wrote it.
    assert spark.read.parquet(path).where("id % 2 = 0").select((F.col("id") + 1).alias("n")).count() == 500
    assert even.alias("a").join(even.alias("b"), "id").count() == 500
    assert spark.range(1).select(F.lit(1)).union(even).count() == 501
    assert spark.read.parquet(path).count() == 10
    even.unpersist()
    assert even.count() == 5


def test_rows_are_computed_at_the_first_use(spark, table):
    path, replace = table
    frame = spark.read.parquet(path).cache()
    replace()
    assert frame.count() == 10
    frame.unpersist()


def test_a_write_renews_what_was_cached(spark, table):
    path, _ = table
    frame = spark.read.parquet(path).cache()
    assert frame.count() == 1000
    spark.range(7).write.mode("overwrite").parquet(path)
    assert frame.count() == 7
    frame.unpersist()


def test_caches_belong_to_a_session(new_session, table):
    path, replace = table
    one, other = new_session(), new_session()
    frame = one.read.parquet(path).cache()
    assert frame.count() == 1000
    replace()
    assert other.read.parquet(path).count() == 10 and frame.count() == 1000


def test_clear_cache(spark, table):
    path, replace = table
    frame = spark.read.parquet(path).cache()
    assert frame.count() == 1000
    replace()
    spark.catalog.clearCache()
    assert frame.storageLevel == StorageLevel.NONE and frame.count() == 10


def test_cached_view(spark, table):
    path, replace = table
    spark.read.parquet(path).createOrReplaceTempView("kept")
    assert not spark.catalog.isCached("kept")
    spark.catalog.cacheTable("kept", StorageLevel.MEMORY_ONLY)
    assert spark.catalog.isCached("kept") and spark.table("kept").storageLevel == StorageLevel.MEMORY_ONLY
    assert spark.sql("SELECT count(*) FROM kept").collect() == [(1000,)]
    replace()
    assert spark.sql("SELECT count(*) FROM kept").collect() == [(1000,)]
    spark.catalog.uncacheTable("kept")
    assert not spark.catalog.isCached("kept")


def test_view_after_its_files_were_replaced(spark, table):
    path, replace = table
    spark.read.parquet(path).createOrReplaceTempView("replaced")
    replace()
    assert spark.sql("SELECT count(*) FROM replaced").collect() == [(10,)]


def test_order_and_types_are_kept(spark):
    frame = spark.sql(
        "SELECT id, array(id, NULL) AS a, named_struct('x', map('k', id)) AS s, CAST(id AS DECIMAL(20, 2)) AS d,"
        " timestamp_seconds(id) AS t, INTERVAL '1' SECOND AS i, NULL AS n"
        " FROM range(5000)").orderBy(F.col("id").desc())
    before = frame.collect()
    frame.cache()
    assert frame.collect() == before and frame.collect() == before
    frame.unpersist()


def test_frame_without_columns(spark):
    frame = spark.range(5).select().cache()
    assert frame.count() == 5 and frame.count() == 5
    assert spark.range(5).select().localCheckpoint().count() == 5
    frame.unpersist()


def test_cached_rows_of_an_error(spark):
    frame = spark.range(3).select(F.expr("1 / (id - 1)").alias("x")).cache()
    for _ in range(2):
        with pytest.raises(Exception, match="DIVIDE_BY_ZERO"):
            frame.collect()
    frame.unpersist()


def test_same_semantics(spark):
    def frame(name="x", second=2):
        return spark.range(10).withColumn(name, F.col("id") * second)

    assert frame().sameSemantics(frame("y")) and frame().semanticHash() == frame("y").semanticHash()
    assert not frame().sameSemantics(frame(second=3))
    local = spark.createDataFrame([(1, "a"), (2, None)], "n int, t string")
    assert local.sameSemantics(spark.createDataFrame([(1, "a"), (2, None)], "n int, t string"))
    assert not local.sameSemantics(spark.createDataFrame([(1, "a"), (2, "b")], "n int, t string"))
    assert spark.range(5).where("id > 1 AND id < 4").sameSemantics(spark.range(5).where("id < 4 AND id > 1"))


def memory_of(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) << 10


def test_kept_rows_spill_beyond_the_memory_limit(tmp_path, monkeypatch):
    with Server("--memory-limit", "200MB", "--threads", "2", "--spill-dir", str(tmp_path)) as server:
        spark = SparkSession.builder.remote(server.url).create()
        monkeypatch.setattr(SparkSession._active_session, "session", spark, raising=False)
        base = memory_of(server.pid)
        frames = [spark.range(2_000_000).select("id", F.expr(f"repeat(CAST(id AS STRING), 10) || '{n}'").alias("t"))
                  for n in range(3)]
        kept = [frames[0].cache(), frames[1].localCheckpoint(), frames[2].persist(StorageLevel.MEMORY_ONLY)]
        for _ in range(2):
            for frame in kept:
                assert frame.agg(F.sum("id"), F.max(F.length("t"))).collect() == [(1999999000000, 71)]
        assert memory_of(server.pid) - base < 450 << 20
        assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) > 0
        spark.stop()
    assert os.listdir(tmp_path) == []
