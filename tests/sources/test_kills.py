"""kill -9 of the server in mid-write, again and again: the next server finds the old rows or the new ones, whole.

PYRITE_KILLS says how many times (make test-all: 50). The instant differs each time, from the write's begin to past its end.
"""
import contextlib
import os
import random
import signal
import threading
import time
from pathlib import Path

import pyarrow.dataset
from pyspark.sql import SparkSession
from server import Server

KILLS = int(os.environ.get("PYRITE_KILLS", 8))
SCHEMA = "id long, s string, p int"
ROWS = 200_000
OLD = range(1000)
NEW = range(1000, 1000 + ROWS)


def frame(spark, ids):
    return spark.range(ids.start, ids.stop).selectExpr("id", "concat('text ', id) s", "CAST(id % 7 AS INT) p")


def fingerprint(ids):
    """(p, rows, sum of ids) of each partition."""
    found = {}
    for number in ids:
        count, total = found.get(number % 7, (0, 0))
        found[number % 7] = count + 1, total + number
    return sorted((p, count, total) for p, (count, total) in found.items())


def read(spark, path, format):
    rows = spark.read.schema(SCHEMA).format(format).load(path).groupBy("p").agg({"s": "count", "id": "sum"})
    return sorted((row.p, row["count(s)"], row["sum(id)"]) for row in rows.collect())


class Scenario:
    """A write over a table of OLD: `after` is what it holds once the write has happened."""

    partitions = []

    def __init__(self, format):
        self.format = format

    def __str__(self):
        return f"{type(self).__name__} {self.format}"

    def prepare(self, spark, path):
        frame(spark, OLD).write.partitionBy(*self.partitions).format(self.format).save(path)

    def before(self):
        return fingerprint(OLD)

    def after(self):
        return fingerprint(NEW)

    def write(self, spark, path):
        frame(spark, NEW).write.mode("overwrite").partitionBy(*self.partitions).format(self.format).save(path)


class Overwrite(Scenario):
    pass


class PartitionedOverwrite(Scenario):
    partitions = ["p"]


class Append(Scenario):
    def after(self):
        return fingerprint([*OLD, *NEW])

    def write(self, spark, path):
        frame(spark, NEW).write.mode("append").partitionBy(*self.partitions).format(self.format).save(path)


class PartitionedAppend(Append):
    partitions = ["p"]


class DynamicOverwrite(Scenario):
    partitions = ["p"]

    def after(self):
        return fingerprint([*(n for n in OLD if n % 7 > 2), *(n for n in NEW if n % 7 <= 2)])

    def write(self, spark, path):
        write = frame(spark, NEW).where("p <= 2").write.mode("overwrite").partitionBy("p")
        write.option("partitionOverwriteMode", "dynamic").format(self.format).save(path)


class Table(Append):
    """A table of files, inserted into."""

    partitions = ["p"]

    def write(self, spark, path):
        spark.sql(f"CREATE TABLE IF NOT EXISTS t ({SCHEMA}) USING {self.format} PARTITIONED BY (p) LOCATION '{path}'")
        frame(spark, NEW).write.insertInto("t")


class TableOverwrite(Table):
    def after(self):
        return fingerprint(NEW)

    def write(self, spark, path):
        spark.sql(f"CREATE TABLE IF NOT EXISTS t ({SCHEMA}) USING {self.format} PARTITIONED BY (p) LOCATION '{path}'")
        frame(spark, NEW).write.insertInto("t", overwrite=True)


SCENARIOS = [kind(format) for kind in (Overwrite, Append, DynamicOverwrite, Table, PartitionedOverwrite, PartitionedAppend,
                                       TableOverwrite) for format in ("parquet", "csv", "json")]


def seconds_of(scenario, spark, path):
    scenario.prepare(spark, path)
    start = time.monotonic()
    scenario.write(spark, path)
    seconds = time.monotonic() - start
    assert read(spark, path, scenario.format) == scenario.after()
    return seconds


def kill_in(seconds, server, write):
    def write_and_fail():  # or succeed: the kill may come too late
        with contextlib.suppress(Exception):
            write()

    threading.Thread(target=write_and_fail, daemon=True).start()
    time.sleep(seconds)
    os.kill(server.pid, signal.SIGKILL)
    server.process.wait()


def seen_by_others(path):
    """The ids that a reader sees who knows nothing of Pyrite."""
    return pyarrow.dataset.dataset(path, format="parquet").to_table(columns=["id"])["id"].to_pylist()


def left_over(folder):
    return [path for path in Path(folder).rglob(".pyrite*")]


def test_kills(tmp_path):
    chance = random.Random(KILLS)
    outcomes = {"old": 0, "new": 0}
    server = Server()
    try:
        for number in range(KILLS):
            scenario = SCENARIOS[number * 5 % len(SCENARIOS)]
            path = str(tmp_path / f"{number}" / "t")
            spark = SparkSession.builder.remote(server.url).create()
            seconds = seconds_of(scenario, spark, str(tmp_path / f"{number}" / "whole"))
            if isinstance(scenario, Table):
                spark.sql("DROP TABLE t")
            scenario.prepare(spark, path)
            # Most often near the end, where the files are put in place.
            kill_in(seconds * chance.triangular(0, 1.3, 0.95), server, lambda: scenario.write(spark, path))
            spark.client._channel.close()  # or it tries to reach the dead server for minutes
            if type(scenario) is Overwrite and scenario.format == "parquet":
                assert sorted(seen_by_others(path)) in (list(OLD), list(NEW))
            server = Server()
            spark = SparkSession.builder.remote(server.url).create()
            found = read(spark, path, scenario.format)
            assert found in (scenario.before(), scenario.after()), f"{scenario}, kill {number}"
            outcomes["new" if found == scenario.after() else "old"] += 1
            frame(spark, OLD).write.mode("overwrite").partitionBy(*scenario.partitions).format(scenario.format).save(path)
            assert read(spark, path, scenario.format) == fingerprint(OLD)
            assert left_over(tmp_path / f"{number}") == []
            spark.stop()
    finally:
        server.stop()
    print(outcomes)
