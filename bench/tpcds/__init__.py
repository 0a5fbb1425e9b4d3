"""TPC-DS: the tables, and the 99 queries as SQL, whose texts stand beside the tables (tools/make_tpcds)."""
import re
from pathlib import Path
from types import SimpleNamespace

TABLES = ["call_center", "catalog_page", "catalog_returns", "catalog_sales", "customer", "customer_address", "customer_demographics",
          "date_dim", "household_demographics", "income_band", "inventory", "item", "promotion", "reason", "ship_mode", "store",
          "store_returns", "store_sales", "time_dim", "warehouse", "web_page", "web_returns", "web_sales", "web_site"]  # fmt: skip
NAMES = [f"q{number:02}" for number in range(1, 100)]


def sql(name, folder, dialect="spark"):
    """The text; for Spark its double-quoted names in backquotes."""
    text = (Path(folder) / f"queries/{name}.sql").read_text().strip().rstrip(";")
    if dialect != "spark":
        return text
    return re.sub(r"'[^']*'|\"([^\"]*)\"", lambda match: f"`{match.group(1)}`" if match.group(1) else match.group(), text)


def read_tables(spark, folder):
    """The tables as DataFrames, which are also the temporary views that the SQL names."""
    tables = SimpleNamespace()
    for name in TABLES:
        frame = spark.read.parquet(f"{folder}/{name}.parquet")
        frame.createOrReplaceTempView(name)
        setattr(tables, name, frame)
    return tables
