"""Functions of Python hide nothing from the optimizer: what is read is what they and their query need."""
import re

import pandas as pd
import pytest
from pyspark.sql import functions as F
from pyspark.sql.functions import udf
from pyspark.sql.types import LongType

plus = udf(lambda x: x + 1, LongType())
draws = udf(lambda x: x + 1, LongType()).asNondeterministic()


@pytest.fixture(scope="module")
def numbers(spark, tmp_path_factory):
    path = str(tmp_path_factory.mktemp("numbers") / "t")
    spark.sql("SELECT id AS a, id * 2 AS b, id % 3 AS c, 'x' AS d FROM range(100)").write.parquet(path)

    class Digits:  # here, since workers cannot import this module
        def eval(self, number: int):
            for digit in str(number):
                yield (digit,)

    spark.udtf.register("digits", F.udtf(Digits, returnType="digit string"))
    frame = spark.read.parquet(path)
    frame.createOrReplaceTempView("numbers")
    return frame


def scan(frame, capsys):
    """The columns that are read, and the conditions on them."""
    capsys.readouterr()
    frame.explain()
    columns, filters = re.search(r"FileScan parquet \[(.*?)\](?:, Filters: \[(.*)\])?", capsys.readouterr().out).groups()
    return columns, filters or ""


def test_columns_that_nobody_reads_are_not_read(numbers, capsys):
    frame = numbers.withColumn("p", plus("a")).select("p", "b")
    assert scan(frame, capsys)[0] == "a, b"
    assert frame.orderBy("b").collect() == [(i + 1, 2 * i) for i in range(100)]
    joined = numbers.withColumn("p", plus("a")).alias("l").join(numbers.alias("r"), F.expr("l.p = r.a")).select("l.p", "r.c")
    assert scan(joined, capsys)[0] in ("a", "a, c")
    assert sorted(joined.collect()) == [(i + 1, (i + 1) % 3) for i in range(99)]


def test_calls_that_nobody_reads_are_not_made(numbers, capsys):
    fails = udf(lambda x: 1 // 0, LongType())
    frame = numbers.withColumn("p", fails("a")).withColumn("q", plus("b")).select("q")
    assert scan(frame, capsys)[0] == "b"
    assert sorted(frame.collect()) == [(2 * i + 1,) for i in range(100)]
    assert numbers.withColumn("p", fails("a")).count() == 100


def test_conditions_are_asked_first(numbers, capsys):
    frame = numbers.withColumn("p", plus("a")).where("b > 190 AND p > 98").select("p")
    assert scan(frame, capsys) == ("a", "(b > 190)")
    assert sorted(frame.collect()) == [(99,), (100,)]
    twice = numbers.withColumn("p", plus("a")).withColumn("q", plus("p")).where("c = 1").select("q")
    assert "c" in scan(twice, capsys)[1]
    assert sorted(twice.collect()) == [(i + 2,) for i in range(100) if i % 3 == 1]


def test_functions_that_draw_are_asked_about_all_rows(numbers, capsys):
    frame = numbers.withColumn("p", draws("a")).where("b > 190").select("p")
    assert scan(frame, capsys)[1] == ""
    assert frame.count() == 4
    first = numbers.withColumn("p", plus("a")).where("rand() >= 0").where("b > 190").select("p")
    assert scan(first, capsys)[1] == ""


def test_groups_are_left_out_before_they_are_made(numbers, capsys):
    @F.pandas_udf("long")
    def total(values: pd.Series) -> int:
        return values.sum()

    frame = numbers.groupBy("c").agg(total("a").alias("t")).where("c > 1")
    assert "c" in scan(frame, capsys)[1]
    assert frame.collect() == [(2, sum(i for i in range(100) if i % 3 == 2))]


def test_table_functions_pass_what_is_read(spark, numbers, capsys):
    frame = spark.sql("SELECT digit, c FROM numbers, LATERAL digits(a) WHERE c = 2")
    assert scan(frame, capsys)[0] == "a, c"
    assert sorted(frame.collect()) == sorted((digit, 2) for i in range(2, 100, 3) for digit in str(i))
    assert scan(spark.sql("SELECT digit FROM numbers, LATERAL digits(a)"), capsys)[0] == "a"
    assert spark.sql("SELECT count(*) FROM numbers, LATERAL digits(a)").collect() == [(190,)]


def test_what_is_read_in_other_ways_stays(spark, numbers):
    with_p = numbers.withColumn("p", plus("a"))
    with_p.createOrReplaceTempView("with_p")
    assert with_p.union(with_p).count() == 200
    assert with_p.distinct().count() == 100
    assert with_p.dropDuplicates(["c"]).count() == 3
    assert len(with_p.mapInPandas(lambda batches: batches, with_p.schema).collect()) == 100
    assert spark.sql("WITH w AS (SELECT * FROM with_p) SELECT count(*) FROM w x JOIN w y ON x.p = y.a").collect() == [(99,)]
    outer = spark.sql("SELECT count(*) FROM with_p WHERE EXISTS (SELECT 1 FROM numbers n WHERE n.b = p)")
    assert outer.collect() == [(50,)]
    windows = spark.sql("SELECT sum(n) FROM (SELECT row_number() OVER (PARTITION BY c ORDER BY p) AS n, d FROM with_p)")
    assert windows.collect() == [(34 * 35 // 2 + 2 * (33 * 34 // 2),)]
    assert spark.sql("SELECT e, p FROM with_p LATERAL VIEW explode(array(a, b)) AS e WHERE c = 0").count() == 68
