"""A query's life, as its client sees it: starting, looking, waiting, stopping, failing."""
import time

import pytest
from pyspark.errors import StreamingQueryException
from pyspark.sql import functions as F
from pyspark.sql.streaming import StreamingQueryListener

from stream_files import wait_until, write_json


@pytest.fixture
def folder(tmp_path):
    write_json(tmp_path / "in/1.json", [{"v": 1}, {"v": 2}])
    return tmp_path


@pytest.fixture
def frame(spark, folder):
    return spark.readStream.schema("v INT").json(str(folder / "in"))


@pytest.fixture(autouse=True)
def stop_all(spark):
    yield
    for query in spark.streams.active:
        query.stop()
    spark.streams.resetTerminated()


def values(spark, name):
    return sorted(row.v for row in spark.table(name).collect())


def test_rows_that_come_are_read_once(spark, folder, frame):
    query = frame.writeStream.format("memory").queryName("once").start()
    query.processAllAvailable()
    assert values(spark, "once") == [1, 2]
    write_json(folder / "in/2.json", [{"v": 3}])
    query.processAllAvailable()
    assert values(spark, "once") == [1, 2, 3]
    assert query.isActive and query.exception() is None
    query.stop()
    assert not query.isActive
    write_json(folder / "in/3.json", [{"v": 4}])
    assert values(spark, "once") == [1, 2, 3]


def test_a_query_is_found_by_its_names(spark, frame):
    query = frame.writeStream.format("noop").queryName("named").start()
    assert query.name == "named" and query.id != query.runId
    assert [(q.id, q.runId, q.name) for q in spark.streams.active] == [(query.id, query.runId, "named")]
    assert spark.streams.get(query.id).runId == query.runId
    query.stop()
    assert spark.streams.active == [] and spark.streams.get(query.id) is None
    unnamed = frame.writeStream.format("noop").start()
    assert unnamed.name is None


def test_progress_says_what_a_batch_did(spark, folder, frame):
    query = frame.writeStream.format("noop").queryName("told").start()
    query.processAllAvailable()
    write_json(folder / "in/2.json", [{"v": 3}])
    query.processAllAvailable()
    first, last = query.recentProgress
    assert (first.batchId, first.numInputRows, last.batchId, last.numInputRows) == (0, 2, 1, 1)
    assert query.lastProgress.batchId == 1 and str(last.id) == query.id and last.name == "told"
    assert last.sources[0].description == f"FileStreamSource[file:{folder / 'in'}]"
    assert last.sources[0].startOffset == '{"logOffset": 0}' and last.sources[0].endOffset == '{"logOffset": 1}'
    assert last.sink.numOutputRows == 1 and last.durationMs["triggerExecution"] >= 0
    assert query.status == {"message": "Waiting for data to arrive", "isDataAvailable": False, "isTriggerActive": False}
    assert "Physical Plan" in query_explain(query)


def query_explain(query):
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        query.explain()
    return out.getvalue()


def test_observed_metrics_are_in_the_progress(spark, frame):
    query = frame.observe("seen", F.count(F.lit(1)).alias("rows"), F.max("v").alias("most")).writeStream.format("noop").start()
    query.processAllAvailable()
    assert query.lastProgress.observedMetrics["seen"].asDict() == {"rows": 2, "most": 2}


def test_waiting_ends_with_the_timeout_or_the_query(spark, frame):
    query = frame.writeStream.format("noop").start()
    start = time.monotonic()
    assert query.awaitTermination(0.3) is False and time.monotonic() - start < 20
    assert spark.streams.awaitAnyTermination(0.3) is False
    query.stop()
    assert query.awaitTermination(10) is True and query.awaitTermination() is None
    assert spark.streams.awaitAnyTermination(10) is True
    spark.streams.resetTerminated()
    assert spark.streams.awaitAnyTermination(0.3) is False


def test_a_failure_is_the_query_s_end(spark, folder, frame):
    query = frame.select(F.raise_error(F.lit("no such luck"))).writeStream.format("noop").start()
    with pytest.raises(StreamingQueryException, match="no such luck"):
        query.awaitTermination()
    assert not query.isActive and "no such luck" in str(query.exception())
    assert query.status["message"].startswith("Terminated with exception")
    with pytest.raises(StreamingQueryException):
        spark.streams.awaitAnyTermination()


def test_a_trigger_s_interval_is_kept(spark, folder, frame):
    query = frame.writeStream.format("memory").queryName("ticks").trigger(processingTime="2 seconds").start()
    wait_until(lambda: values(spark, "ticks") == [1, 2])
    for number in range(2, 5):
        write_json(folder / f"in/{number}.json", [{"v": number}])
    wait_until(lambda: len(values(spark, "ticks")) == 5)
    times = [progress.timestamp for progress in query.recentProgress]
    assert 2 <= len(times) <= 4 and all(text.endswith("Z") for text in times)


def test_the_rate_source_gives_each_value_once(spark):
    rate = spark.readStream.format("rate").option("rowsPerSecond", 5).load()
    query = rate.writeStream.format("memory").queryName("rates").start()
    wait_until(lambda: spark.table("rates").count() >= 10)
    query.stop()
    rows = spark.table("rates").orderBy("value").collect()
    assert [row.value for row in rows] == list(range(len(rows))) and len(rows) % 5 == 0
    steps = {round((b.timestamp - a.timestamp).total_seconds(), 3) for a, b in zip(rows, rows[1:])}
    assert steps == {0.2}


def test_current_timestamp_is_the_batch_s(spark, folder, frame):
    query = frame.select("v", F.current_timestamp().alias("at")).writeStream.format("memory").queryName("nows").start()
    query.processAllAvailable()
    time.sleep(0.05)
    write_json(folder / "in/2.json", [{"v": 3}])
    query.processAllAvailable()
    at = {row.v: row["at"] for row in spark.table("nows").collect()}
    assert at[1] == at[2] < at[3]


def test_a_view_that_was_dropped_stays_away(spark, folder, frame):
    query = frame.writeStream.format("memory").queryName("gone").start()
    query.processAllAvailable()
    spark.catalog.dropTempView("gone")
    write_json(folder / "in/2.json", [{"v": 3}])
    query.processAllAvailable()
    assert not spark.catalog.tableExists("gone")


def test_listeners_hear_of_queries(spark, frame):
    heard = []

    class Listener(StreamingQueryListener):
        def onQueryStarted(self, event):
            heard.append(("started", event.name))

        def onQueryProgress(self, event):
            heard.append(("progress", event.progress.numInputRows))

        def onQueryIdle(self, event):
            pass

        def onQueryTerminated(self, event):
            heard.append(("terminated", event.exception))

    listener = Listener()
    spark.streams.addListener(listener)
    query = frame.writeStream.format("noop").queryName("heard").start()
    query.processAllAvailable()
    query.stop()
    wait_until(lambda: len(heard) >= 3)
    spark.streams.removeListener(listener)
    # The client tells of the beginning itself, when it knows the query: the first batch may be done by then.
    assert sorted(heard[:2]) == [("progress", 2), ("started", "heard")] and heard[2:] == [("terminated", None)]


def test_groups_are_kept_from_batch_to_batch(spark, folder, frame):
    totals = frame.groupBy((F.col("v") % 2).alias("odd")).agg(F.count("*").alias("n"), F.sum("v").alias("s"), F.avg("v").alias("a"))
    complete = totals.writeStream.format("memory").queryName("totals").outputMode("complete").start()
    update = totals.writeStream.format("memory").queryName("updates").outputMode("update").start()
    for query in [complete, update]:
        query.processAllAvailable()
    write_json(folder / "in/2.json", [{"v": 3}, {"v": 5}])
    for query in [complete, update]:
        query.processAllAvailable()
    assert sorted(map(tuple, spark.table("totals").collect())) == [(0, 1, 2, 2.0), (1, 3, 9, 3.0)]
    assert sorted(map(tuple, spark.table("updates").collect())) == [(0, 1, 2, 2.0), (1, 1, 1, 1.0), (1, 3, 9, 3.0)]


def test_queries_end_with_their_session(new_session, server, folder):
    session = new_session()
    frame = session.readStream.schema("v INT").json(str(folder / "in"))
    query = frame.writeStream.format("parquet").option("path", str(folder / "out")).option("checkpointLocation", str(folder / "check")).start()
    query.processAllAvailable()
    session.stop()
    before = sorted((folder / "out").rglob("*.parquet"))
    write_json(folder / "in/2.json", [{"v": 3}])
    time.sleep(0.5)
    assert sorted((folder / "out").rglob("*.parquet")) == before
