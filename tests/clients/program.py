"""What any client since 3.5 can say: returns [[case, result], ...], the same for each of them. Values go through str: JSON has no dates."""
import datetime
import decimal
import re

from pyspark.sql import Row, Window
from pyspark.sql import functions as F


def plain(value):
    """3.5 answers with NumPy's numbers at times."""
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.item() if hasattr(value, "item") else value


def rows(frame):
    return [[str(value) for value in row] for row in frame.collect()]


def failure(act):
    """An error's class and condition, which stands at the message's start: 3.5 has it nowhere else."""
    try:
        act()
    except Exception as error:
        return [type(error).__name__, re.match(r"\[(\w*)", str(error)).group(1)]
    return None


def people(spark):
    return spark.createDataFrame([
        Row(name="ada", age=36, born=datetime.date(1815, 12, 10), paid=decimal.Decimal("1.50"), tags=["a", "b"]),
        Row(name="bob", age=None, born=None, paid=None, tags=[]),
    ], "name string, age int, born date, paid decimal(10,2), tags array<string>")


def frames(spark):
    frame = people(spark)
    yield "schema", frame.schema.simpleString()
    yield "rows", rows(frame)
    yield "filter", rows(frame.where(F.col("age") > 30).select("name", (F.col("age") + 1).alias("next")))
    yield "with columns", rows(frame.withColumn("n", F.size("tags")).withColumnRenamed("name", "who").drop("born"))
    yield "group", rows(spark.range(10).groupBy((F.col("id") % 3).alias("k")).agg(F.sum("id").alias("s"), F.count("*")).orderBy("k"))
    yield "pivot", rows(spark.range(6).groupBy((F.col("id") % 2).alias("k")).pivot("id", [1, 2]).count().orderBy("k"))
    yield "join", rows(frame.alias("a").join(frame.alias("b"), F.col("a.name") == F.col("b.name"), "left").select("a.name", "b.age").orderBy("name"))
    window = Window.partitionBy(F.col("id") % 2).orderBy("id")
    yield "window", rows(spark.range(4).select("id", F.row_number().over(window).alias("n"), F.lag("id").over(window).alias("l")).orderBy("id"))
    yield "union", rows(spark.range(2).union(spark.range(1)).distinct().orderBy("id"))
    yield "explode", rows(frame.select("name", F.explode("tags").alias("tag")))
    yield "higher-order", rows(spark.range(1).select(F.transform(F.array(F.lit(1), F.lit(2)), lambda x: x * 10).alias("t")))
    yield "null functions", rows(frame.na.fill({"age": 0}).select("name", "age").orderBy("name"))
    yield "statistics", rows(spark.range(5).describe("id"))
    yield "sort and limit", rows(spark.range(100).sort(F.desc("id")).limit(3).offset(1))
    yield "tail", [list(row) for row in spark.range(10).tail(2)]
    yield "when", rows(spark.range(2).select(F.when(F.col("id") == 0, "zero").otherwise("more").alias("w")))
    yield "cached", [frame.cache().count(), frame.unpersist().count()]
    yield "same semantics", [frame.sameSemantics(frame), spark.range(1).isLocal(), spark.range(1).isStreaming]
    yield "columns", [frame.columns, frame.dtypes, frame.isEmpty()]


def sql(spark):
    yield "sql", rows(spark.sql("SELECT id, id * 2 AS twice FROM range(3)"))
    yield "sql arguments", rows(spark.sql("SELECT :a + 1 AS b", args={"a": 41}))
    yield "sql positions", rows(spark.sql("SELECT ? AS a, ? AS b", args=[1, "x"]))
    spark.range(3).createOrReplaceTempView("three")
    yield "view", rows(spark.sql("SELECT sum(id) FROM three"))
    yield "table", spark.table("three").count()
    yield "command", rows(spark.sql("SHOW DATABASES"))
    yield "catalog", [spark.catalog.tableExists("three"), spark.catalog.dropTempView("three"), spark.catalog.currentDatabase()]
    yield "common table", rows(spark.sql("WITH c AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT sum(a) FROM c"))
    spark.conf.set("spark.sql.shuffle.partitions", "7")
    yield "configuration", [spark.conf.get("spark.sql.shuffle.partitions"), spark.conf.get("no.such", "fallback")]


def pandas(spark):
    import pandas as pd

    source = pd.DataFrame({"n": [1, 2], "x": [1.5, 2.5], "s": ["a", "b"]})
    frame = spark.createDataFrame(source)
    yield "from pandas", [frame.schema.simpleString(), rows(frame)]
    yield "to pandas", frame.toPandas().to_dict("list")
    yield "large local data", spark.createDataFrame([(n, "x" * 100) for n in range(20000)], "n int, s string").agg(F.sum("n")).collect()[0][0]
    yield "rows one by one", sum(row[0] for row in spark.range(5000).toLocalIterator())


def files(spark, folder):
    path = folder + "/rows"
    spark.range(100).withColumn("k", F.col("id") % 2).write.mode("overwrite").partitionBy("k").parquet(path)
    yield "parquet", rows(spark.read.parquet(path).groupBy("k").count().orderBy("k"))
    spark.range(2).selectExpr("id", "'a,b' AS s").write.mode("overwrite").option("header", True).csv(path + "_csv")
    yield "csv", rows(spark.read.csv(path + "_csv", header=True, inferSchema=True).orderBy("id"))


def errors(spark):
    yield "unknown column", failure(lambda: spark.range(1).select("nope").collect())
    yield "unknown table", failure(lambda: spark.table("nowhere").collect())
    yield "syntax", failure(lambda: spark.sql("SELEC 1").collect())
    yield "division", failure(lambda: spark.sql("SELECT 1 / 0").collect())
    yield "cast", failure(lambda: spark.sql("SELECT CAST('x' AS INT)").collect())


def main(spark):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return [plain(case) for part in (frames(spark), sql(spark), pandas(spark), files(spark, folder), errors(spark)) for case in part]
