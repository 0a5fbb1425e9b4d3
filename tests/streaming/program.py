"""Runs the expressions of stream_cases.py and returns [[expression, what it gives or {"error": [class, condition]}], ...]."""
import json
import os
import sys
import tempfile
import time

import stream_cases
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from result_json import frame_json


class Setting:
    """The files, streams and helpers that the expressions name."""

    def __init__(self, spark, folder):
        self.spark, self.folder, self.runs = spark, folder, 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, lines):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write("".join(line + "\n" for line in lines))
        then = time.time() - 1000 + len(os.listdir(os.path.dirname(self.path(name))))
        os.utime(self.path(name), (then, then))

    def make_files(self):
        self.write("people/1-a.json", ['{"name":"Anna","age":20}', '{"name":"Ben","age":30}'])
        self.write("people/2-b.json", ['{"name":"Cleo","age":30}', '{"name":"Dan"}', '{"name":"Ann","age":50}'])
        self.write("events/1.json", ['{"at":"2024-01-01T00:00:00","v":1}', '{"at":"2024-01-01T01:30:00","v":2}'])
        self.write("csv/1.csv", ["x,1", "y,2"])
        people = self.spark.createDataFrame([("Eva", 1, 7), ("Flo", 2, 8)], "name STRING, age INT, p INT")
        people.coalesce(1).write.partitionBy("p").parquet(self.path("parts"))
        self.spark.sql("DROP TABLE IF EXISTS stored")
        people.coalesce(1).write.saveAsTable("stored")

    def run(self, writer, trigger=None):
        query = writer.trigger(**(trigger or {"availableNow": True})).start()
        try:
            query.awaitTermination(60)
            return query
        finally:
            query.stop()

    def rows(self, frame, mode="append", trigger=None):
        self.runs += 1
        name = f"rows_{self.runs}"
        self.run(frame.writeStream.format("memory").queryName(name).outputMode(mode), trigger)
        return self.spark.table(name)

    def batches(self, frame):
        query = self.run(frame.writeStream.format("noop"))
        return [[p.batchId, p.numInputRows] for p in query.recentProgress if p.numInputRows]

    def start(self, writer):
        self.run(writer)

    def fails(self, frame):
        query = frame.writeStream.format("noop").trigger(availableNow=True).start()
        try:
            query.awaitTermination(60)
        except Exception as error:
            found = query.exception()
            return [type(error).__name__, error.getCondition(), type(found).__name__, query.isActive]

    def sink(self, kind, frame, partitionBy=()):
        self.runs += 1
        out = self.path(f"sink_{self.runs}")
        writer = frame.writeStream.option("checkpointLocation", out + "_check").partitionBy(*partitionBy)
        if kind == "table":
            self.spark.sql("DROP TABLE IF EXISTS streamed")
            query = writer.trigger(availableNow=True).toTable("streamed")
            query.awaitTermination(60)
            return self.spark.table("streamed")
        self.run(writer.format(kind).option("path", out))
        return self.spark.read.format(kind).schema(frame.schema).load(out)

    def again(self, frame):
        """A second run from the same checkpoint reads only what has come since."""
        writer = frame.writeStream.format("parquet").option("path", self.path("again"))
        writer = writer.option("checkpointLocation", self.path("again_check"))
        first = self.run(writer)
        counts = [self.spark.read.parquet(self.path("again")).count()]
        self.write("people/3-c.json", ['{"name":"Gil","age":1}'])
        second = self.run(writer)
        counts.append(self.spark.read.parquet(self.path("again")).count())
        third = self.run(writer)
        counts.append(self.spark.read.parquet(self.path("again")).count())
        os.remove(self.path("people/3-c.json"))
        return [counts, first.id == second.id == third.id, len({first.runId, second.runId, third.runId})]

    def view(self, frame, name, query):
        frame.createOrReplaceTempView(name)
        return self.spark.sql(query)

    def twice(self):
        """Two queries of one name cannot run at a time."""
        rate = self.spark.readStream.format("rate").load()
        query = rate.writeStream.format("noop").queryName("same").start()
        try:
            rate.writeStream.format("noop").queryName("same").start()
        finally:
            query.stop()

    def names(self):
        spark = self.spark
        json_stream = lambda schema, name: spark.readStream.schema(schema).json(self.path(name))
        helpers = ["path", "rows", "batches", "start", "fails", "sink", "again", "view", "twice"]
        return {
            **{name: getattr(self, name) for name in helpers},
            "spark": spark, "F": F, "W": Window,
            "people": json_stream("name STRING, age INT", "people"),
            "events": json_stream("at TIMESTAMP, v INT", "events"),
            "rate": spark.readStream.format("rate").load(),
            "static": spark.sql("SELECT * FROM VALUES ('Anna', 1, TIMESTAMP'2024-01-01'), ('Zoe', 2, NULL) AS t(name, v, at)"),
        }


def outcome(expression, names):
    try:
        found = eval(expression, names)
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        return {"error": [type(error).__name__, condition]}
    if isinstance(found, DataFrame):
        result = frame_json(found)
        result["rows"].sort(key=json.dumps)
        return result
    return found if found is None or isinstance(found, (list, bool)) else str(found)


def main(spark, *chosen):
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(spark, folder)
        setting.make_files()
        names = setting.names()
        answers = []
        for expression in chosen or stream_cases.EXPRESSIONS:
            print(expression, file=sys.stderr)
            answers.append([expression, outcome(expression, names)])
        for table in ["stored", "streamed"]:
            spark.sql(f"DROP TABLE IF EXISTS {table}")
    return answers
