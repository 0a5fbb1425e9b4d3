"""Plans far larger than usual. Each returns what it computed, or the condition that refused it, and the seconds it took."""
import sys
import time

from pyspark.sql import functions as F


def chained_with_column(spark, count=2000):
    frame = spark.range(3)
    for number in range(count):
        frame = frame.withColumn("id", F.col("id") + 1)
    return [row[0] for row in frame.orderBy("id").collect()]


def chained_new_columns(spark, count=2000):
    frame = spark.range(2)
    for number in range(count):
        frame = frame.withColumn(f"c{number}", F.col("id") + number)
    rows = frame.orderBy("id").collect()
    return [len(rows[0]), rows[1][-1]]


def chained_columns_of_columns(spark, count=400):
    frame = spark.range(2).withColumn("c0", F.col("id"))
    for number in range(1, count):
        frame = frame.withColumn(f"c{number}", F.col(f"c{number - 1}") + 1)
    rows = frame.orderBy("id").collect()
    return [len(rows[0]), rows[1][-1]]


def chained_renames(spark, count=2000):
    frame = spark.range(2)
    for number in range(count):
        frame = frame.withColumnRenamed("id" if number == 0 else f"c{number - 1}", f"c{number}")
    return [frame.columns, frame.count()]


def chained_drops(spark, count=1000):
    frame = spark.range(2).select("*", *[F.lit(number).alias(f"c{number}") for number in range(count)])
    for number in range(count - 1):
        frame = frame.drop(f"c{number}")
    return [list(row) for row in frame.orderBy("id").collect()]


def chained_filters(spark, count=300):
    frame = spark.range(1000)
    for number in range(count):
        frame = frame.where(F.col("id") != number)
    return frame.count()


def chained_joins(spark, count=100):
    frame = spark.range(3)
    for number in range(count):
        frame = frame.join(spark.range(3).select("id", (F.col("id") + number).alias(f"c{number}")), "id")
    return [[row[0], row[1], row[2]] for row in frame.orderBy("id").collect()]


def many_unions_by_name(spark, count=300):
    frame = spark.range(1).withColumn("c", F.lit(1))
    for number in range(1, count):
        frame = frame.unionByName(spark.range(number, number + 1).select(F.lit(2).alias("c"), "id"))
    return [list(row) for row in frame.agg(F.sum("id"), F.sum("c")).collect()]


def many_columns(spark, count=1000):
    frame = spark.range(2).select(*[(F.col("id") + number).alias(f"c{number}") for number in range(count)])
    rows = frame.orderBy("c0").collect()
    return [len(rows[0]), sum(rows[1])]


def many_columns_sql(spark, count=1000):
    columns = ", ".join(f"id + {number} AS c{number}" for number in range(count))
    rows = spark.sql(f"SELECT {columns} FROM range(2) ORDER BY c0").collect()
    return [len(rows[0]), sum(rows[1])]


def long_in_list(spark, count=10000):
    values = list(range(0, 2 * count, 2))
    return spark.range(count).where(F.col("id").isin(values)).count()


def long_in_list_sql(spark, count=10000):
    values = ", ".join(str(number) for number in range(0, 2 * count, 2))
    return spark.sql(f"SELECT count(*) FROM range({count}) WHERE id IN ({values})").collect()[0][0]


def many_unions(spark, count=300):
    frame = spark.range(1)
    for number in range(1, count):
        frame = frame.union(spark.range(number, number + 1))
    return frame.agg(F.sum("id")).collect()[0][0]


def many_unions_sql(spark, count=300):
    text = " UNION ALL ".join(f"SELECT {number} AS id" for number in range(count))
    return spark.sql(f"SELECT sum(id) FROM ({text})").collect()[0][0]


def nested_parentheses(spark, count=1000):
    return spark.sql("SELECT " + "(" * count + "1" + ")" * count + " AS one").collect()[0][0]


def nested_sums(spark, count=1000):
    return spark.sql("SELECT " + " + ".join(["1"] * count) + " AS total").collect()[0][0]


def nested_not(spark, count=1000):
    return spark.sql("SELECT " + "NOT " * count + "true AS yes").collect()[0][0]


def nested_subqueries(spark, count=200):
    text = "SELECT 1 AS one"
    for number in range(count):
        text = f"SELECT one FROM ({text})"
    return spark.sql(text).collect()[0][0]


CASES = {function.__name__: function for function in (
    chained_with_column, chained_new_columns, chained_columns_of_columns, chained_renames, chained_drops, chained_filters,
    chained_joins, many_unions_by_name, many_columns, many_columns_sql, long_in_list, long_in_list_sql,
    many_unions, many_unions_sql, nested_parentheses, nested_sums, nested_not, nested_subqueries)}  # fmt: skip


def main(spark, name):
    # The Python client walks its own plan by recursion.
    sys.setrecursionlimit(100_000)
    start = time.perf_counter()
    try:
        result = {"value": CASES[name](spark)}
    except Exception as error:
        condition = error.getCondition() if hasattr(error, "getCondition") else None
        result = {"class": type(error).__name__, "condition": condition, "message": str(error)[:500]}
    result["seconds"] = time.perf_counter() - start
    result["alive"] = spark.sql("SELECT 1").collect()[0][0] == 1
    return result
