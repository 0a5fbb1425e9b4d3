"""The tasks of bench/micro.py, as programs for a client: runner(session, folder) runs one by its name.

Folder has TPC-H's lineitem at SF1 (6 million rows) as Parquet and as CSV.
"""
import os
import tempfile
import time
from pathlib import Path

LINEITEM = 6_001_215
MILLION = 1_000_000
COLUMNS = ["l_orderkey", "l_partkey", "l_linenumber", "CAST(l_quantity AS DOUBLE) quantity",
           "CAST(l_extendedprice AS DOUBLE) price", "l_returnflag", "CAST(l_shipdate AS TIMESTAMP) shipped"]
SCHEMA = "id long, name string, price double, day date"
WINDOW = """SELECT sum(place), sum(running) FROM (
    SELECT row_number() OVER (PARTITION BY l_suppkey ORDER BY l_shipdate, l_orderkey, l_linenumber) place,
           sum(l_linenumber) OVER (PARTITION BY l_suppkey ORDER BY l_shipdate, l_orderkey, l_linenumber) running
    FROM parquet.`{folder}/lineitem.parquet`)"""


def make_data():
    import duckdb

    folder = Path(__file__).resolve().parent.parent / ".data/tpch-sf1"
    if (folder / "lineitem.csv").exists():
        return
    duckdb.sql(f"COPY (FROM '{folder}/lineitem.parquet') TO '{folder}/lineitem.csv.part' (FORMAT csv, HEADER)")
    (folder / "lineitem.csv.part").rename(folder / "lineitem.csv")


class Tasks:
    def __init__(self, spark, folder):
        self.spark = spark
        self.folder = folder
        self.lineitem = spark.read.parquet(f"{folder}/lineitem.parquet")
        self.output = tempfile.TemporaryDirectory(prefix="pyrite-micro-")
        self.given = {}

    def settle(self, name):
        """Every engine finds its input in memory, and nothing left to be done for the one before it."""
        if name in GIVEN:
            self.data(GIVEN[name])
        os.sync()
        for file in ("lineitem.parquet", "lineitem.csv"):
            with open(f"{self.folder}/{file}", "rb") as stream:
                while stream.read(1 << 22):
                    pass
        wait_until_idle()

    def rows(self):
        import datetime

        day = datetime.date(2024, 1, 1)
        return [(i, f"name {i}", i * 0.5, day) for i in range(MILLION)]

    def data(self, form):
        """A million rows in that form, made once."""
        if form not in self.given:
            import pandas
            import pyarrow

            rows = self.rows()
            names = ["id", "name", "price", "day"]
            forms = {"rows": lambda: rows, "pandas": lambda: pandas.DataFrame(rows, columns=names),
                     "arrow": lambda: pyarrow.table(dict(zip(names, map(list, zip(*rows)))))}
            self.given[form] = forms[form]()
        return self.given[form]

    def create(self, form, schema=None):
        frame = self.spark.createDataFrame(self.data(form), schema)
        count, total = frame.selectExpr("count(name)", "sum(id)").first()
        assert (count, total) == (MILLION, MILLION * (MILLION - 1) // 2)
        return count

    def to_arrow(self):
        return self.lineitem.toArrow().num_rows

    def to_pandas(self):
        return len(self.lineitem.selectExpr(*COLUMNS).toPandas())

    def from_rows(self):
        return self.create("rows", SCHEMA)

    def from_pandas(self):
        return self.create("pandas")

    def from_arrow(self):
        return self.create("arrow")

    def read_csv(self):
        path = f"{self.folder}/lineitem.csv"
        os.utime(path)  # whoever remembers schemas of files has none for this one
        frame = self.spark.read.csv(path, header=True, inferSchema=True)
        return frame.selectExpr("count(l_comment)", "sum(l_extendedprice)", "max(l_shipdate)").first()[0]

    def write(self, format):
        path = f"{self.output.name}/{format}"
        frame = self.lineitem.drop("l_comment")
        frame.write.mode("overwrite").partitionBy("l_shipmode").format(format).save(path)
        return sum(1 for file in Path(path).rglob("part-*"))

    def write_parquet(self):
        self.write("parquet")
        return LINEITEM

    def write_csv(self):
        self.write("csv")
        return LINEITEM

    def window(self):
        self.spark.sql(WINDOW.format(folder=self.folder)).first()
        return LINEITEM

    def split(self):
        parts = self.lineitem.randomSplit([0.8, 0.2], seed=1)
        return sum(part.selectExpr("count(l_comment)").first()[0] for part in parts)


TASKS = {
    "toArrow, 6 million rows of 16 columns": Tasks.to_arrow,
    "toPandas, 6 million rows of 7 columns": Tasks.to_pandas,
    "createDataFrame, a million tuples": Tasks.from_rows,
    "createDataFrame, pandas, a million rows": Tasks.from_pandas,
    "createDataFrame, Arrow, a million rows": Tasks.from_arrow,
    "CSV with inference, 6 million rows": Tasks.read_csv,
    "Parquet write by 7 partitions, 6 million rows": Tasks.write_parquet,
    "CSV write by 7 partitions, 6 million rows": Tasks.write_csv,
    "two windows over 6 million rows": Tasks.window,
    "randomSplit of 6 million rows, both parts": Tasks.split,
}
NAMES = list(TASKS)
# The form of the data that the client is given.
GIVEN = {name: form for name, form in zip(NAMES[2:5], ["rows", "pandas", "arrow"])}


def wait_until_idle(seconds=20):
    """Until the machine has next to nothing to do, as for the engines' compilers and garbage: so many seconds at the most."""
    def times():
        fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        return fields[3] + fields[4], sum(fields[:8])  # idle, all

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        idle, all_times = times()
        time.sleep(0.3)
        idle_now, all_now = times()
        if idle_now - idle > 0.95 * (all_now - all_times):
            return


def runner(spark, folder):
    tasks = Tasks(spark, folder)

    def run(name):
        return range(TASKS[name](tasks))

    run.settle = tasks.settle
    return run
