"""A plain PySpark program over the TPC-H tables: nothing in it knows about Pyrite.

usage: pyrite run examples/first_job.py [TABLES [OUTPUT]]
"""
import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F


def main(tables=".data/tpch-sf1", output="build/first_job"):
    spark = SparkSession.builder.appName("first job").getOrCreate()

    def read(name):
        return spark.read.parquet(f"{tables}/{name}.parquet")

    orders, customer, nation = read("orders"), read("customer"), read("nation")
    lineitem = read("lineitem")

    revenue = F.col("l_extendedprice") * (1 - F.col("l_discount"))
    sales = (
        lineitem.join(orders, lineitem.l_orderkey == orders.o_orderkey)
        .join(customer, orders.o_custkey == customer.c_custkey)
        .join(nation, customer.c_nationkey == nation.n_nationkey)
        .where(F.col("o_orderdate") >= "1995-01-01")
        .groupBy(F.col("n_name").alias("nation"), F.year("o_orderdate").alias("year"))
        .agg(
            F.sum(revenue).alias("revenue"),
            F.countDistinct("o_custkey").alias("customers"),
            F.avg("l_quantity").alias("quantity"),
        )
    )

    # The best years of each nation, by a window.
    best_first = Window.partitionBy("nation").orderBy(F.desc("revenue"))
    ranked = sales.withColumn("rank", F.row_number().over(best_first))
    ranked.where("rank = 1").orderBy(F.desc("revenue")).show(10)

    # The same table by SQL, from what was written.
    ranked.write.mode("overwrite").partitionBy("year").parquet(output)
    spark.read.parquet(output).createOrReplaceTempView("sales")
    spark.sql("""
        SELECT year, count(*) AS nations, sum(customers) AS customers, max(revenue) AS best
        FROM sales
        GROUP BY year
        HAVING count(*) > 1
        ORDER BY year
    """).show()

    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
