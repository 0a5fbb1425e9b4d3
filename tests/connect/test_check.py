"""`pyrite check`: what a program uses, and what of it is not as in Spark."""
import json

import pytest

from test_command_line import pyrite


@pytest.fixture
def check(tmp_path):
    """check(source) -> [(line, status, subject), ...] of all that is found."""

    def run(source, name="program.py"):
        path = tmp_path / name
        path.write_text(source)
        done = pyrite("check", "--json", str(path))
        found = json.loads(done.stdout)
        assert done.returncode == (1 if found["counts"]["missing"] + found["counts"]["unreadable"] else 0)
        return [(finding["line"], finding["status"], finding["subject"]) for finding in found["findings"]]

    return run


def test_a_program_as_in_spark(check):
    assert check("""
from pyspark.sql import SparkSession, functions as F
from pyspark.sql.window import Window

spark = SparkSession.builder.master("local[2]").config("a", "b").getOrCreate()
df = spark.read.option("header", True).csv("x").withColumn("y", F.col("a") + 1)
w = Window.partitionBy("a").orderBy(F.desc("y"))
df.select("*", F.row_number().over(w).alias("n")).where(df.y.isNotNull()).groupBy("a").agg(F.sum("y")).write.parquet("out")
spark.sql("SELECT a, count(*) FROM t GROUP BY a").show()
spark.stop()
""") == []


def test_methods_by_the_class_of_what_they_are_called_on(check):
    assert check("""
import pyspark.sql.functions as F
from pyspark.sql import DataFrame, SparkSession

def clean(frame: DataFrame):
    return frame.dropDuplicates().na.drop()

session = SparkSession.builder.getOrCreate()
orders = clean(session.table("orders"))
orders.join(F.broadcast(orders), "id").toJSON()
orders.groupBy("a").applyInPandasWithState(len, "a int", "b int", "append", "none")
(orders.write
    .format("delta")
    .save("x"))
orders.explain()
session.sparkContext.parallelize([1])
[].foreach(print)
""") == [(10, "missing", "DataFrame.toJSON"), (11, "missing", "GroupedData.applyInPandasWithState"), (12, "missing", "format delta"),
         (15, "differs", "DataFrame.explain"), (16, "missing", "SparkSession.sparkContext")]


def test_functions_and_modules(check):
    assert check("""
from pyspark.sql.functions import unwrap_udt, col
from pyspark.ml.feature import VectorAssembler
import pyspark.pandas as ps

plus = unwrap_udt(col("x"))
""") == [(3, "missing", "pyspark.ml.feature.VectorAssembler"), (4, "missing", "pyspark.pandas"), (6, "missing", "function unwrap_udt")]


def test_objects_of_unknown_classes(check):
    assert check("def f(anything):\n    return anything.pandas_api()\n") == [(2, "missing", "DataFrame.pandas_api")]


def test_sql_texts(check):
    assert check("""
table = "t"
query = '''
    DELETE FROM t
    WHERE a = 1
'''
spark.sql(query)
spark.sql(f"SELECT * FROM {table} WHERE a = '{table}'")
spark.sql("SELEC 1")
spark.sql(query_of_today())
spark.sql("SELECT from_avro(x, 's'), rand()")
spark.range(1).selectExpr("sum(id)", "reflect('a', 'b')")
""") == [(7, "missing", "SQL: DELETE FROM"), (9, "unreadable", "SQL"), (10, "unchecked", "SQL"),
         (11, "missing", "SQL function from_avro"), (11, "differs", "SQL function rand"), (12, "missing", "SQL function reflect")]


def test_scripts_and_notebooks(check):
    assert check("SELECT 1;\n\nMERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE;\n", "script.sql") == [
        (3, "missing", "SQL: MERGE INTO")]
    cells = [{"cell_type": "markdown", "source": "x"}, {"cell_type": "code", "source": ["%time\n", "df.toJSON()\n"]}]
    assert check(json.dumps({"cells": cells}), "notebook.ipynb") == [(2, "missing", "DataFrame.toJSON")]


def test_report_and_exit_codes(tmp_path):
    (tmp_path / "good.py").write_text("spark.range(3).show()\n")
    (tmp_path / "inner").mkdir()
    done = pyrite("check", str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "1 file: 2 uses as in Spark, 0 differ, 0 missing, 0 not checked\n")
    assert "good.py:1  same       DataFrame.show\n" in pyrite("check", "--all", str(tmp_path)).stdout
    (tmp_path / "inner" / "bad.py").write_text("df.rdd\n")
    done = pyrite("check", str(tmp_path))
    assert done.returncode == 1 and "bad.py:1  missing    DataFrame.rdd: there is no JVM" in done.stdout
    (tmp_path / "inner" / "bad.py").write_text("def\n")
    assert pyrite("check", str(tmp_path)).returncode == 1
    assert pyrite("check").returncode == 2
    assert pyrite("check", str(tmp_path / "nowhere")).returncode == 2
    assert pyrite("check", "--nosuch", str(tmp_path)).returncode == 2
