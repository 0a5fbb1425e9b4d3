"""A query that is started again goes on where its checkpoint says, whatever ended the run before."""
import json
import signal

import pytest
from pyspark.sql import functions as F
from pyspark.sql.connect.session import SparkSession

from server import Server
from stream_files import wait_until, write_json


def start(frame, folder, kind="parquet", **options):
    writer = frame.writeStream.format(kind).option("checkpointLocation", str(folder / "check")).options(**options)
    return writer.option("path", str(folder / "out")).start()


def stream(spark, folder):
    return spark.readStream.schema("v INT").option("maxFilesPerTrigger", 1).json(str(folder / "in"))


def run(spark, folder):
    """The query, stopped once it has read all that is there."""
    query = start(stream(spark, folder), folder)
    query.processAllAvailable()
    query.stop()
    return query


def written(spark, folder):
    return sorted(row.v for row in spark.read.schema("v INT").parquet(str(folder / "out")).collect())


def test_offsets_and_commits_are_noted(spark, tmp_path):
    for number in range(3):
        write_json(tmp_path / f"in/{number}.json", [{"v": number}])
    query = run(spark, tmp_path)
    names = {name: sorted(path.name for path in (tmp_path / "check" / name).iterdir()) for name in ["offsets", "commits", "sources"]}
    assert names == {"offsets": ["0", "1", "2"], "commits": ["0", "1", "2"], "sources": ["0"]}
    assert json.loads((tmp_path / "check/metadata").read_text()) == {"id": query.id}
    assert written(spark, tmp_path) == [0, 1, 2]
    again = run(spark, tmp_path)
    assert again.id == query.id and again.recentProgress == []
    assert written(spark, tmp_path) == [0, 1, 2]


def test_a_batch_that_was_not_committed_is_not_written_twice(spark, tmp_path):
    for number in range(2):
        write_json(tmp_path / f"in/{number}.json", [{"v": number}])
    run(spark, tmp_path)
    (tmp_path / "check/commits/1").unlink()  # as if the server had died between the files and the note
    run(spark, tmp_path)
    assert written(spark, tmp_path) == [0, 1]
    assert (tmp_path / "check/commits/1").exists()


def test_groups_live_on_in_the_checkpoint(spark, tmp_path):
    write_json(tmp_path / "in/0.json", [{"v": 1}, {"v": 2}])

    def run(name):
        totals = stream(spark, tmp_path).groupBy().agg(F.sum("v").alias("s"))
        writer = totals.writeStream.outputMode("complete").format("memory").queryName(name)
        query = writer.option("checkpointLocation", str(tmp_path / "check")).start()
        query.processAllAvailable()
        query.stop()
        return [row.s for row in spark.table(name).collect()]

    assert run("totals_1") == [3]
    write_json(tmp_path / "in/1.json", [{"v": 10}])
    assert run("totals_2") == [13]


def test_another_query_s_checkpoint_is_refused(spark, tmp_path):
    write_json(tmp_path / "in/0.json", [{"v": 1}])
    run(spark, tmp_path)
    two = stream(spark, tmp_path).union(stream(spark, tmp_path))
    failed = start(two, tmp_path)
    with pytest.raises(Exception, match="with 1 sources, and this one has 2"):
        failed.awaitTermination()


def test_what_was_made_and_not_committed_is_made_again(spark, tmp_path):
    for number in range(3):
        write_json(tmp_path / f"in/{number}.json", [{"v": number}])
    run(spark, tmp_path)
    (tmp_path / "check/commits/2").unlink()
    staging = tmp_path / "out/.pyrite-staging-1-1"
    staging.mkdir()
    (last,) = (tmp_path / "out").glob("*-batch2-*")
    last.rename(staging / last.name)
    assert written(spark, tmp_path) == [0, 1]
    run(spark, tmp_path)
    assert written(spark, tmp_path) == [0, 1, 2]


@pytest.mark.timeout(280)
def test_a_server_that_was_killed_loses_and_doubles_nothing(tmp_path):
    files = 12
    for run in range(4):
        with Server() as server:
            spark = SparkSession.builder.remote(server.url).create()
            query = start(stream(spark, tmp_path), tmp_path) if run else None
            for number in range(run * 3, run * 3 + 3):
                write_json(tmp_path / f"in/{number}.json", [{"v": number}])
            query = query or start(stream(spark, tmp_path), tmp_path)
            if run < 3:
                wait_until(lambda: len(list((tmp_path / "check/offsets").glob("[0-9]*"))) > run * 2)
                server.process.send_signal(signal.SIGKILL)
                server.process.wait()
            else:
                query.processAllAvailable()
                assert written(spark, tmp_path) == list(range(files))
                spark.stop()
