"""Files of odd sizes, for bench/micro.py --suite file_tasks: 10,000 small ones, and one large one (TPC-H's lineitem at SF10).

Every program reads its schema from the files but that of CSV and JSON, and lists the folder each time.
"""
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / ".data/small-files"
LARGE = ROOT / ".data/tpch-sf10/lineitem.parquet"
FILES, ROWS = 10_000, 100
TABLES = []
SCHEMA = "id long, name string, price double"


def make_data():
    import duckdb

    for format in ("parquet", "csv", "json", "parts"):
        folder = SMALL / format
        if folder.exists():
            continue
        parts = folder.with_suffix(".part")
        parts.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect()
        written = "parquet" if format == "parts" else format
        for number in range(FILES if format != "parts" else 1000):
            place = parts / f"p={number % 100}" if format == "parts" else parts
            place.mkdir(exist_ok=True)
            query = f"SELECT id, 'name ' || id AS name, id * 0.5::DOUBLE AS price FROM range({number * ROWS}, {number * ROWS + ROWS}) t(id)"
            connection.sql(f"COPY ({query}) TO '{place}/part-{number:05}.{written}' (FORMAT {written})")
        parts.rename(folder)


def clients(format, more="", schema=None, where=None):
    def run(spark):
        read = spark.read.schema(schema) if schema else spark.read
        frame = read.format(format).load(f"{SMALL}/{more or format}", header=True)
        if where:
            frame = frame.where(where)
        return frame.selectExpr("count(name)", "sum(price)").first()
    return run


def large(expressions, where="true"):
    return lambda spark: spark.read.parquet(str(LARGE)).where(where).selectExpr(*expressions).first()


DUCKDB = "SELECT count(name), sum(price) FROM read_{}('{}/{}/*.{}'{})"
ORDER = "l_orderkey = 30000001"
TASKS = {
    "10,000 Parquet files": (clients("parquet"), DUCKDB.format("parquet", SMALL, "parquet", "parquet", "")),
    "10,000 CSV files": (clients("csv", schema=SCHEMA), DUCKDB.format(
        "csv", SMALL, "csv", "csv", ", header = true, columns = {'id': 'BIGINT', 'name': 'VARCHAR', 'price': 'DOUBLE'}")),
    "10,000 JSON files": (clients("json", schema=SCHEMA), DUCKDB.format(
        "json", SMALL, "json", "json", ", columns = {'id': 'BIGINT', 'name': 'VARCHAR', 'price': 'DOUBLE'}")),
    "one of 100 partitions": (clients("parquet", "parts", where="p = 7"), DUCKDB.format(
        "parquet", SMALL, "parts/*", "parquet", ", hive_partitioning = true") + " WHERE p = 7"),
    "large Parquet file, one column": (large(["sum(l_partkey)"]), f"SELECT sum(l_partkey) FROM '{LARGE}'"),
    "large Parquet file, one order": (large(["count(*)", "sum(l_partkey)"], ORDER),
                                      f"SELECT count(*), sum(l_partkey) FROM '{LARGE}' WHERE {ORDER}"),
}
NAMES = list(TASKS)


def runner(spark, folder):
    return lambda name: [TASKS[name][0](spark)]


def sql(name, folder=None, dialect="duckdb"):
    return TASKS[name][1]
