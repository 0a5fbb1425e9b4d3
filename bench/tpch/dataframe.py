"""The 22 TPC-H queries as DataFrame programs, with the columns of their SQL form.

QUERIES maps q01 to q22 to functions of the tables: `QUERIES["q06"](tables)` where `tables.lineitem` is a DataFrame.
"""
from datetime import date

from pyspark.sql import functions as F

col, lit = F.col, F.lit


def revenue():
    return col("l_extendedprice") * (1 - col("l_discount"))


def q01(t):
    return (
        t.lineitem.where(col("l_shipdate") <= date(1998, 9, 2))
        .groupBy("l_returnflag", "l_linestatus")
        .agg(
            F.sum("l_quantity").alias("sum_qty"),
            F.sum("l_extendedprice").alias("sum_base_price"),
            F.sum(revenue()).alias("sum_disc_price"),
            F.sum(revenue() * (1 + col("l_tax"))).alias("sum_charge"),
            F.avg("l_quantity").alias("avg_qty"),
            F.avg("l_extendedprice").alias("avg_price"),
            F.avg("l_discount").alias("avg_disc"),
            F.count("*").alias("count_order"),
        )
        .orderBy("l_returnflag", "l_linestatus")
    )


def q02(t):
    offers = (
        t.partsupp.join(t.supplier, col("ps_suppkey") == col("s_suppkey"))
        .join(t.nation, col("s_nationkey") == col("n_nationkey"))
        .join(t.region.where("r_name = 'EUROPE'"), col("n_regionkey") == col("r_regionkey"))
    )
    cheapest = offers.groupBy(col("ps_partkey").alias("key")).agg(F.min("ps_supplycost").alias("cost"))
    return (
        t.part.where((col("p_size") == 15) & col("p_type").endswith("BRASS"))
        .join(offers, col("p_partkey") == col("ps_partkey"))
        .join(cheapest, (col("p_partkey") == col("key")) & (col("ps_supplycost") == col("cost")))
        .select("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment")
        .orderBy(F.desc("s_acctbal"), "n_name", "s_name", "p_partkey")
        .limit(100)
    )


def q03(t):
    return (
        t.customer.where(col("c_mktsegment") == "BUILDING")
        .join(t.orders.where(col("o_orderdate") < "1995-03-15"), col("c_custkey") == col("o_custkey"))
        .join(t.lineitem.where(col("l_shipdate") > "1995-03-15"), col("l_orderkey") == col("o_orderkey"))
        .groupBy("l_orderkey", "o_orderdate", "o_shippriority")
        .agg(F.sum(revenue()).alias("revenue"))
        .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
        .sort(col("revenue").desc(), "o_orderdate")
        .limit(10)
    )


def q04(t):
    late = t.lineitem.where("l_commitdate < l_receiptdate")
    return (
        t.orders.where((col("o_orderdate") >= "1993-07-01") & (col("o_orderdate") < "1993-10-01"))
        .join(late, t.orders.o_orderkey == late.l_orderkey, "left_semi")
        .groupBy("o_orderpriority")
        .agg(F.count(lit(1)).alias("order_count"))
        .orderBy("o_orderpriority")
    )


def q05(t):
    year = col("o_orderdate").between(date(1994, 1, 1), date(1994, 12, 31))
    return (
        t.customer.join(t.orders.where(year), col("c_custkey") == col("o_custkey"))
        .join(t.lineitem, col("l_orderkey") == col("o_orderkey"))
        .join(t.supplier, (col("l_suppkey") == col("s_suppkey")) & (col("c_nationkey") == col("s_nationkey")))
        .join(t.nation, col("s_nationkey") == col("n_nationkey"))
        .join(t.region.filter(col("r_name") == "ASIA"), col("n_regionkey") == col("r_regionkey"))
        .groupBy("n_name")
        .agg(F.sum(revenue()).alias("revenue"))
        .orderBy("revenue", ascending=False)
    )


def q06(t):
    return (
        t.lineitem.where((col("l_shipdate") >= date(1994, 1, 1)) & (col("l_shipdate") < date(1995, 1, 1)))
        .where(F.expr("l_discount BETWEEN 0.05 AND 0.07"))
        .where(col("l_quantity") < 24)
        .agg(F.sum(col("l_extendedprice") * col("l_discount")).alias("revenue"))
    )


def q07(t):
    n1 = t.nation.select(col("n_nationkey").alias("n1_key"), col("n_name").alias("supp_nation"))
    n2 = t.nation.select(col("n_nationkey").alias("n2_key"), col("n_name").alias("cust_nation"))
    pairs = ((col("supp_nation") == "FRANCE") & (col("cust_nation") == "GERMANY")) | (
        (col("supp_nation") == "GERMANY") & (col("cust_nation") == "FRANCE")
    )
    return (
        t.supplier.join(t.lineitem, col("s_suppkey") == col("l_suppkey"))
        .where(col("l_shipdate").between("1995-01-01", "1996-12-31"))
        .join(t.orders, col("o_orderkey") == col("l_orderkey"))
        .join(t.customer, col("c_custkey") == col("o_custkey"))
        .join(n1, col("s_nationkey") == col("n1_key"))
        .join(n2, col("c_nationkey") == col("n2_key"))
        .where(pairs)
        .select("supp_nation", "cust_nation", F.year("l_shipdate").alias("l_year"), revenue().alias("volume"))
        .groupBy("supp_nation", "cust_nation", "l_year")
        .agg(F.sum("volume").alias("revenue"))
        .orderBy("supp_nation", "cust_nation", "l_year")
    )


def q08(t):
    n1 = t.nation.alias("n1")
    n2 = t.nation.alias("n2")
    brazil = F.when(col("nation") == "BRAZIL", col("volume")).otherwise(0)
    return (
        t.part.where(col("p_type") == "ECONOMY ANODIZED STEEL")
        .join(t.lineitem, col("p_partkey") == col("l_partkey"))
        .join(t.supplier, col("s_suppkey") == col("l_suppkey"))
        .join(t.orders, col("l_orderkey") == col("o_orderkey"))
        .where(col("o_orderdate").between(lit("1995-01-01").cast("date"), lit("1996-12-31").cast("date")))
        .join(t.customer, col("o_custkey") == col("c_custkey"))
        .join(n1, col("c_nationkey") == col("n1.n_nationkey"))
        .join(t.region.where("r_name = 'AMERICA'"), col("n1.n_regionkey") == col("r_regionkey"))
        .join(n2, col("s_nationkey") == col("n2.n_nationkey"))
        .select(F.year("o_orderdate").alias("o_year"), revenue().alias("volume"), col("n2.n_name").alias("nation"))
        .groupBy("o_year")
        .agg((F.sum(brazil) / F.sum("volume")).alias("mkt_share"))
        .sort("o_year")
    )


def q09(t):
    amount = revenue() - col("ps_supplycost") * col("l_quantity")
    return (
        t.part.where(col("p_name").contains("green"))
        .join(t.lineitem, col("p_partkey") == col("l_partkey"))
        .join(t.supplier, col("s_suppkey") == col("l_suppkey"))
        .join(t.partsupp, (col("ps_suppkey") == col("l_suppkey")) & (col("ps_partkey") == col("l_partkey")))
        .join(t.orders, col("o_orderkey") == col("l_orderkey"))
        .join(t.nation, col("s_nationkey") == col("n_nationkey"))
        .withColumn("o_year", F.year("o_orderdate"))
        .withColumn("amount", amount)
        .withColumnRenamed("n_name", "nation")
        .groupBy("nation", "o_year")
        .agg(F.sum("amount").alias("sum_profit"))
        .orderBy(col("nation").asc(), col("o_year").desc())
    )


def q10(t):
    quarter = (col("o_orderdate") >= "1993-10-01") & (col("o_orderdate") < "1994-01-01")
    keys = ["c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment"]
    return (
        t.customer.join(t.orders.where(quarter), t.customer.c_custkey == t.orders.o_custkey)
        .join(t.lineitem.where(col("l_returnflag") == "R"), col("l_orderkey") == col("o_orderkey"))
        .join(t.nation, col("c_nationkey") == col("n_nationkey"))
        .groupBy(*keys)
        .agg(F.sum(revenue()).alias("revenue"))
        .select("c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment")
        .orderBy(F.desc("revenue"))
        .limit(20)
    )


def q11(t):
    stock = (
        t.partsupp.join(t.supplier, col("ps_suppkey") == col("s_suppkey"))
        .join(t.nation, col("s_nationkey") == col("n_nationkey"))
        .where("n_name = 'GERMANY'")
        .withColumn("cost", col("ps_supplycost") * col("ps_availqty"))
    )
    threshold = stock.agg((F.sum("cost") * F.expr("0.0001")).alias("threshold"))
    return (
        stock.groupBy("ps_partkey")
        .agg(F.sum("cost").alias("value"))
        .crossJoin(threshold)
        .where(col("value") > col("threshold"))
        .drop("threshold")
        .orderBy(F.desc("value"))
    )


def q12(t):
    urgent = col("o_orderpriority").isin("1-URGENT", "2-HIGH")
    return (
        t.orders.join(t.lineitem, col("o_orderkey") == col("l_orderkey"))
        .where(col("l_shipmode").isin("MAIL", "SHIP"))
        .where((col("l_commitdate") < col("l_receiptdate")) & (col("l_shipdate") < col("l_commitdate")))
        .where((col("l_receiptdate") >= date(1994, 1, 1)) & (col("l_receiptdate") < date(1995, 1, 1)))
        .groupBy("l_shipmode")
        .agg(
            F.sum(F.when(urgent, 1).otherwise(0)).alias("high_line_count"),
            F.sum(F.when(~urgent, 1).otherwise(0)).alias("low_line_count"),
        )
        .orderBy("l_shipmode")
    )


def q13(t):
    kept = t.orders.where(~col("o_comment").like("%special%requests%"))
    return (
        t.customer.join(kept, col("c_custkey") == col("o_custkey"), "left")
        .groupBy("c_custkey")
        .agg(F.count("o_orderkey").alias("c_count"))
        .groupBy("c_count")
        .agg(F.count("*").alias("custdist"))
        .orderBy(["custdist", "c_count"], ascending=[False, False])
    )


def q14(t):
    promotion = F.when(col("p_type").startswith("PROMO"), revenue()).otherwise(0)
    return (
        t.lineitem.join(t.part, t.lineitem.l_partkey == t.part.p_partkey)
        .where("l_shipdate >= DATE '1995-09-01' AND l_shipdate < DATE '1995-10-01'")
        .select((F.expr("100.00") * F.sum(promotion) / F.sum(revenue())).alias("promo_revenue"))
    )


def q15(t):
    revenues = (
        t.lineitem.where((col("l_shipdate") >= "1996-01-01") & (col("l_shipdate") < "1996-04-01"))
        .groupBy(col("l_suppkey").alias("supplier_no"))
        .agg(F.sum(revenue()).alias("total_revenue"))
    )
    best = revenues.agg(F.max("total_revenue").alias("best"))
    return (
        t.supplier.join(revenues, col("s_suppkey") == col("supplier_no"))
        .join(best, col("total_revenue") == col("best"))
        .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
        .orderBy("s_suppkey")
    )


def q16(t):
    complaints = t.supplier.where(col("s_comment").rlike("Customer.*Complaints"))
    return (
        t.partsupp.join(t.part, col("p_partkey") == col("ps_partkey"))
        .where((col("p_brand") != "Brand#45") & ~col("p_type").like("MEDIUM POLISHED%"))
        .where(col("p_size").isin([49, 14, 23, 45, 19, 3, 36, 9]))
        .join(complaints, col("ps_suppkey") == col("s_suppkey"), "left_anti")
        .groupBy("p_brand", "p_type", "p_size")
        .agg(F.countDistinct("ps_suppkey").alias("supplier_cnt"))
        .orderBy(F.desc("supplier_cnt"), "p_brand", "p_type", "p_size")
    )


def q17(t):
    small = t.lineitem.groupBy(col("l_partkey").alias("key")).agg(
        (F.expr("0.2") * F.avg("l_quantity")).alias("limit_quantity"))
    return (
        t.lineitem.join(t.part, col("p_partkey") == col("l_partkey"))
        .where((col("p_brand") == "Brand#23") & (col("p_container") == "MED BOX"))
        .join(small, col("l_partkey") == col("key"))
        .where(col("l_quantity") < col("limit_quantity"))
        .agg((F.sum("l_extendedprice") / F.expr("7.0")).alias("avg_yearly"))
    )


def q18(t):
    large = t.lineitem.groupBy(col("l_orderkey").alias("key")).agg(F.sum("l_quantity").alias("total")).where("total > 300")
    return (
        t.customer.join(t.orders, col("c_custkey") == col("o_custkey"))
        .join(large, col("o_orderkey") == col("key"), "semi")
        .join(t.lineitem, col("o_orderkey") == col("l_orderkey"))
        .groupBy("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice")
        .sum("l_quantity")
        .orderBy(col("o_totalprice").desc(), "o_orderdate")
        .limit(100)
    )


def q19(t):
    def kind(brand, containers, quantity, size):
        return (
            (col("p_brand") == brand)
            & col("p_container").isin(containers)
            & col("l_quantity").between(quantity, quantity + 10)
            & col("p_size").between(1, size)
        )

    kinds = (
        kind("Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 5)
        | kind("Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 10)
        | kind("Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 15)
    )
    return (
        t.lineitem.join(t.part, col("p_partkey") == col("l_partkey"))
        .where(kinds & col("l_shipmode").isin("AIR", "AIR REG") & (col("l_shipinstruct") == "DELIVER IN PERSON"))
        .agg(F.sum(revenue()).alias("revenue"))
    )


def q20(t):
    shipped = (
        t.lineitem.where((col("l_shipdate") >= "1994-01-01") & (col("l_shipdate") < "1995-01-01"))
        .groupBy("l_partkey", "l_suppkey")
        .agg((F.expr("0.5") * F.sum("l_quantity")).alias("half"))
    )
    forest = t.part.where(col("p_name").startswith("forest"))
    plenty = (
        t.partsupp.join(forest, col("ps_partkey") == col("p_partkey"), "leftsemi")
        .join(shipped, (col("ps_partkey") == col("l_partkey")) & (col("ps_suppkey") == col("l_suppkey")))
        .where(col("ps_availqty") > col("half"))
        .select("ps_suppkey")
        .distinct()
    )
    return (
        t.supplier.join(t.nation.where("n_name = 'CANADA'"), col("s_nationkey") == col("n_nationkey"))
        .join(plenty, col("s_suppkey") == col("ps_suppkey"), "left_semi")
        .select("s_name", "s_address")
        .orderBy("s_name")
    )


def q21(t):
    late = t.lineitem.where(col("l_receiptdate") > col("l_commitdate"))
    l1, l2, l3 = late.alias("l1"), t.lineitem.alias("l2"), late.alias("l3")
    others = (col("l2.l_orderkey") == col("l1.l_orderkey")) & (col("l2.l_suppkey") != col("l1.l_suppkey"))
    late_others = (col("l3.l_orderkey") == col("l1.l_orderkey")) & (col("l3.l_suppkey") != col("l1.l_suppkey"))
    return (
        t.supplier.join(l1, col("s_suppkey") == col("l1.l_suppkey"))
        .join(t.orders.where(col("o_orderstatus") == "F"), col("o_orderkey") == col("l1.l_orderkey"))
        .join(t.nation.where(col("n_name") == "SAUDI ARABIA"), col("s_nationkey") == col("n_nationkey"))
        .join(l2, others, "left_semi")
        .join(l3, late_others, "left_anti")
        .groupBy("s_name")
        .agg(F.count("*").alias("numwait"))
        .orderBy(F.desc("numwait"), "s_name")
        .limit(100)
    )


def q22(t):
    codes = ["13", "31", "23", "29", "30", "18", "17"]
    people = t.customer.select("c_custkey", "c_acctbal", F.substring("c_phone", 1, 2).alias("cntrycode")).where(
        col("cntrycode").isin(codes))
    mean = people.where(col("c_acctbal") > 0).agg(F.avg("c_acctbal").alias("mean"))
    return (
        people.crossJoin(mean)
        .where("c_acctbal > mean")
        .join(t.orders, col("o_custkey") == col("c_custkey"), "anti")
        .groupBy("cntrycode")
        .agg(F.count("*").alias("numcust"), F.sum("c_acctbal").alias("totacctbal"))
        .orderBy("cntrycode")
    )


QUERIES = {name: function for name, function in sorted(globals().items()) if name[0] == "q" and name[1:].isdigit()}
