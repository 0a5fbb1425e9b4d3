"""The temporary views that the wrong queries name: three with rows, and TPC-H's with one row each."""
import datetime
import decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

ROWS = {
    "t": [
        (1, 10, 100, "one", 1.5, decimal.Decimal("12.34"), datetime.date(2020, 1, 31), datetime.datetime(2020, 1, 31, 12, 30), True,
         [1, 2, None], {"k": 1}, (1, "x")),
        (2, None, 9223372036854775807, "12", float("nan"), decimal.Decimal("-0.01"), None, None, False, [], {}, (None, "y")),
        (3, 2147483647, -5, "", 0.0, None, datetime.date(1, 1, 1), datetime.datetime(1970, 1, 1), None, None, None, None),
    ],
    "u": [(1, 10, "a"), (2, 20, "b"), (3, None, None)],
    "w": [(1, 1), (1, 2), (None, 3)],
}  # fmt: skip

TPCH = {
    "customer": "1L c_custkey, 'c' c_name, 'a' c_address, 1 c_nationkey, '10-1' c_phone, 1.50BD c_acctbal, 'BUILDING' c_mktsegment, 'x' c_comment",
    "lineitem": "1L l_orderkey, 1L l_partkey, 1L l_suppkey, 1 l_linenumber, 1.00BD l_quantity, 2.00BD l_extendedprice, 0.05BD l_discount, "
                "0.02BD l_tax, 'N' l_returnflag, 'O' l_linestatus, DATE'1996-01-01' l_shipdate, DATE'1996-01-02' l_commitdate, "
                "DATE'1996-01-03' l_receiptdate, 'NONE' l_shipinstruct, 'AIR' l_shipmode, 'x' l_comment",
    "nation": "1 n_nationkey, 'FRANCE' n_name, 1 n_regionkey, 'x' n_comment",
    "orders": "1L o_orderkey, 1L o_custkey, 'O' o_orderstatus, 9.00BD o_totalprice, DATE'1996-01-01' o_orderdate, '1-URGENT' o_orderpriority, "
              "'c' o_clerk, 0 o_shippriority, 'x' o_comment",
    "part": "1L p_partkey, 'green' p_name, 'M' p_mfgr, 'Brand#12' p_brand, 'BRASS' p_type, 15 p_size, 'MED BOX' p_container, "
            "3.00BD p_retailprice, 'x' p_comment",
    "partsupp": "1L ps_partkey, 1L ps_suppkey, 5 ps_availqty, 4.00BD ps_supplycost, 'x' ps_comment",
    "region": "1 r_regionkey, 'EUROPE' r_name, 'x' r_comment",
    "supplier": "1L s_suppkey, 's' s_name, 'a' s_address, 1 s_nationkey, '10-1' s_phone, 2.00BD s_acctbal, 'x' s_comment",
}  # fmt: skip


def schemas():
    """{name: DDL} of the views with rows: those of tests/plan."""
    lines = (ROOT / "tests/plan/tables.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def create(spark):
    for name, schema in schemas().items():
        spark.createDataFrame(ROWS[name], schema).createOrReplaceTempView(name)
    for name, columns in TPCH.items():
        spark.sql(f"SELECT {columns}").createOrReplaceTempView(name)


def columns():
    """Every column's name."""
    found = {part.split()[0] for schema in schemas().values() for part in schema.replace(", STRING>", ">").split(", ")}
    return {name for name in found if name.isidentifier()} | {item.split()[-1] for row in TPCH.values() for item in row.split(", ")}
