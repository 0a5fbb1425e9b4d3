"""TPC-H: the tables, the 22 queries as SQL (sql/q01.sql ...) and as DataFrame programs (dataframe.py)."""
from pathlib import Path
from types import SimpleNamespace

TABLES = ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"]
NAMES = [f"q{number:02}" for number in range(1, 23)]


def sql(name, folder=None, dialect="spark"):
    """The text: every engine takes the same."""
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text()


def read_tables(spark, folder):
    """The tables as DataFrames, which are also the temporary views that the SQL names."""
    tables = SimpleNamespace()
    for name in TABLES:
        frame = spark.read.parquet(f"{folder}/{name}.parquet")
        frame.createOrReplaceTempView(name)
        setattr(tables, name, frame)
    return tables
