"""foreachBatch: a function of Python gets each batch as a DataFrame of the query's session."""
import os

import pytest
from pyspark.errors import StreamingQueryException
from pyspark.sql import functions as F

from stream_files import wait_until, write_json


@pytest.fixture
def frame(spark, tmp_path):
    write_json(tmp_path / "in/1.json", [{"v": 1}, {"v": 2}])
    return spark.readStream.schema("v INT").json(str(tmp_path / "in"))


def test_a_batch_is_a_frame(spark, tmp_path, frame):
    out = str(tmp_path / "out")

    def write(batch, number):
        assert not batch.isStreaming
        batch.withColumn("batch", F.lit(number)).write.mode("append").parquet(out)
        batch.sparkSession.range(batch.count()).createOrReplaceGlobalTempView("counted")

    query = frame.writeStream.foreachBatch(write).start()
    query.processAllAvailable()
    write_json(tmp_path / "in/2.json", [{"v": 3}])
    query.processAllAvailable()
    query.stop()
    rows = sorted((row.v, row.batch) for row in spark.read.parquet(out).collect())
    assert rows == [(1, 0), (2, 0), (3, 1)]
    assert spark.table("global_temp.counted").count() == 1
    assert query.lastProgress.sink.description == "ForeachBatchSink"


def test_what_the_function_raises_ends_the_query(frame):
    def fail(batch, number):
        raise ValueError("not this one")

    query = frame.writeStream.foreachBatch(fail).start()
    with pytest.raises(StreamingQueryException, match="not this one"):
        query.awaitTermination()
    assert "FOREACH_BATCH_USER_FUNCTION_ERROR" in str(query.exception())


def test_stopping_ends_the_function(frame, tmp_path):
    started = str(tmp_path / "started")

    def sleep(batch, number):
        import os
        import time

        with open(started + ".draft", "w") as file:
            file.write(str(os.getpid()))
        os.rename(started + ".draft", started)
        time.sleep(600)

    query = frame.writeStream.foreachBatch(sleep).start()
    wait_until(lambda: os.path.exists(started))
    query.stop()
    assert not query.isActive
    process = int(open(started).read())
    wait_until(lambda: not os.path.exists(f"/proc/{process}"))
