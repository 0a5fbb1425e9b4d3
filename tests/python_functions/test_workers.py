"""The processes that run Python functions: used again, ended when a query is, none of the server's business when they die."""
import os
import threading
import time
import zipfile

import pandas as pd
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import functions as F
from server import Server


def process_ids(frame):
    def ids(batches):
        for batch in batches:
            yield pd.DataFrame({"pid": [os.getpid()] * len(batch)})

    return {row.pid for row in frame.mapInPandas(ids, "pid long").collect()}


def is_gone(pid):
    try:
        os.kill(pid, 0)
        return False
    except ProcessLookupError:
        return True


def wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def test_processes_are_used_again(spark):
    first = process_ids(spark.range(10))
    assert first and process_ids(spark.range(10)) <= first | process_ids(spark.range(10))
    assert all(pid != os.getpid() for pid in first)


def test_a_limit_takes_what_it_needs(spark):
    def many(batches):
        for batch in batches:
            for _ in range(1000):
                yield batch

    assert spark.range(10).mapInPandas(many, "id long").limit(5000).count() == 5000


def test_more_rows_come_than_go(spark):
    def many(batches):
        for batch in batches:
            for _ in range(2000):
                yield batch

    assert spark.range(5000).mapInPandas(many, "id long").count() == 10_000_000


def test_a_function_that_does_not_read_all(spark):
    def first(batches):
        yield next(batches)

    assert spark.range(1_000_000).repartition(1).mapInPandas(first, "id long").count() < 1_000_000


def test_an_interrupt_ends_the_process(spark, tmp_path):
    note = str(tmp_path / "pid")

    def sleep(batches):
        for _ in batches:
            with open(note, "w") as file:
                file.write(str(os.getpid()))
            time.sleep(600)
        yield

    def stop():
        wait_until(lambda: os.path.exists(note) and os.path.getsize(note) > 0)
        spark.interruptTag("sleeping")

    spark.addTag("sleeping")
    thread = threading.Thread(target=stop)
    thread.start()
    try:
        with pytest.raises(PySparkException) as error:
            spark.range(1).mapInPandas(sleep, "id long").collect()
    finally:
        spark.clearTags()
        thread.join()
    assert error.value.getCondition() == "OPERATION_CANCELED"
    assert wait_until(lambda: is_gone(int((tmp_path / "pid").read_text())))


def test_a_crash_leaves_the_server_alive(spark):
    with pytest.raises(PySparkException, match="Python worker exited unexpectedly"):
        spark.range(3).select(F.udf(lambda i: os.abort())("id")).collect()
    assert spark.range(3).count() == 3


def test_files_to_import(spark, new_session, tmp_path):
    def value(_):
        import pyrite_test_module

        return pyrite_test_module.VALUE

    other = new_session()
    for number, session in enumerate((spark, other)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "pyrite_test_module.py").write_text(f"VALUE = {number}")
        session.addArtifact(str(folder / "pyrite_test_module.py"), pyfile=True)
    for _ in range(2):
        for number, session in enumerate((spark, other)):
            assert session.range(1).select(F.udf(value, "int")("id")).collect() == [(number,)]
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("pyrite_test_archived.py", "VALUE = 'zipped'")
    spark.addArtifact(str(tmp_path / "archive.zip"), pyfile=True)
    archived = F.udf(lambda _: __import__("pyrite_test_archived").VALUE)
    assert spark.range(1).select(archived("id")).collect() == [("zipped",)]
    with pytest.raises(PySparkException, match="No module named 'pyrite_test_archived'"):
        other.range(1).select(archived("id")).collect()


def test_without_pyspark(tmp_path):
    from pyspark.sql.connect.session import SparkSession

    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nexec python3 -S "$@"\n')  # without site-packages
    python.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", str(python))
        with Server() as running:
            session = SparkSession.builder.remote(running.url).create()
            with pytest.raises(PySparkException) as error:
                session.range(3).select(F.udf(lambda i: i)("id")).collect()
            session.stop()
    assert error.value.getCondition() == "PYTHON_WORKER.PYRITE" and "Install pyspark" in str(error.value)
