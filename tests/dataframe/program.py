"""Runs the expressions of *cases.py and returns [[expression, {"schema", "rows"} or {"error": [class, condition]}], ...]."""
import os
import tempfile

import cases
import method_cases
import partition_cases
import record_cases
import table_cases
import time_cases
from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql import types as T
from result_json import frame_json

SUBJECTS = [cases, time_cases, record_cases, method_cases, partition_cases, table_cases]


def outcome(expression, names):
    try:
        found = eval(expression, names)
        return frame_json(found[-1] if isinstance(found, tuple) else found)
    except Exception as error:  # whatever it is, it is the result
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        return {"error": [type(error).__name__, condition]}


def setting(spark):
    """Of a frame that is analyzed while a setting has another value: its rows as a new frame."""
    def run(key, value, make):
        spark.conf.set(key, value)
        try:
            frame = make()
            return frame if frame is None else spark.createDataFrame(frame.collect(), frame.schema)
        finally:
            spark.conf.unset(key)
    return run


def main(spark):
    names = {"spark": spark, "F": F, "T": T, "W": Window, "setting": setting(spark)}
    names["df"] = spark.createDataFrame(cases.ROWS, cases.SCHEMA)
    names["other"] = spark.createDataFrame(cases.OTHER_ROWS, cases.OTHER_SCHEMA)
    names["nested"] = spark.createDataFrame(cases.NESTED_ROWS, cases.NESTED_SCHEMA)
    events = spark.createDataFrame(time_cases.EVENTS, "at string, v int, k string")
    names["events"] = events.withColumn("at", F.col("at").cast("timestamp"))
    names["events"].createOrReplaceTempView("events")
    names["texts"] = lambda name: spark.createDataFrame([(text,) for text in record_cases.TEXTS[name]], "value string")
    with tempfile.TemporaryDirectory() as folder:
        names["path"] = lambda name: os.path.join(folder, name)
        answers = [[expression, outcome(expression, names)] for subject in SUBJECTS for expression in subject.EXPRESSIONS]
    for table in spark.catalog.listTables():  # the server is other tests' too
        if not table.isTemporary:
            spark.sql(f"DROP TABLE default.{table.name}")  # not a view of that name
    return answers
