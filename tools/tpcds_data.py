"""Writes TPC-DS tables as Parquet files, and the queries' texts into queries/ beside them (run by tools/make_tpcds).

usage: .venv-tpcds/bin/python tools/tpcds_data.py SCALE FOLDER
"""
import sys
from pathlib import Path

import duckdb
import duckdb_extension_tpcds


def load_extension(connection):
    package = Path(duckdb_extension_tpcds.__file__).parent
    [extension] = package.rglob("tpcds.duckdb_extension")
    connection.execute(f"LOAD '{extension}'")


def main(scale, folder):
    folder = Path(folder)
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    load_extension(connection)
    connection.execute(f"CALL dsdgen(sf = {scale})")
    for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        connection.execute(f"COPY {table} TO '{folder}/{table}.parquet' (FORMAT parquet)")
    (folder / "queries").mkdir()
    for number, text in connection.execute("SELECT query_nr, query FROM tpcds_queries()").fetchall():
        (folder / f"queries/q{number:02}.sql").write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
