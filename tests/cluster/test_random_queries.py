"""Random queries on one process and on 1, 2 and 5 workers, also with little memory, with and without adaptive execution, and over
tables that the workers keep: the same rows everywhere.

PYRITE_RANDOM_QUERIES=5000 tries so many; PYRITE_RANDOM_SEED=n begins with that one.
"""
import os

import pytest
from random_queries import TABLES, make
from server import Server
from workers import session

COUNT = int(os.environ.get("PYRITE_RANDOM_QUERIES", 60))
FIRST = int(os.environ.get("PYRITE_RANDOM_SEED", 0))
MANY = 200_000
# Partitions of a few rows are large, and are spread over all tasks.
SKEWED = {"spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": "100b", "spark.sql.adaptive.skewJoin.skewedPartitionFactor": "0.5",
          "spark.sql.adaptive.coalescePartitions.minPartitionSize": "20kb"}  # fmt: skip
CLUSTERS = {
    "1 worker": (["--cluster", "local[1]"], {}),
    "2 workers": (["--cluster", "local[2]"], {}),
    "5 workers": (["--cluster", "local[5]", "--memory-limit", "320MB"], SKEWED),  # 64 MB each
    "not adaptive": (["--cluster", "local[3]"], {"spark.sql.adaptive.enabled": "false"}),
    "kept tables": (["--cluster", "local[2]"], SKEWED),
}


@pytest.fixture(scope="module")
def tables(spark, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    for name, query in TABLES.items():
        files = {"facts": 3}.get(name, 1)
        frame = spark.sql(query).repartition(files) if files > 1 else spark.sql(query)
        frame.write.option("parquet.block.size", "65536").parquet(str(folder / name))
    return folder


def with_tables(spark, folder):
    for name in TABLES:
        spark.read.parquet(str(folder / name)).createOrReplaceTempView(name)
    return spark


def comparable(spark, query):
    """The query, or a digest of its rows when they are too many for the client."""
    try:
        count = spark.sql(f"SELECT count(*) FROM ({query})").first()[0]
    except Exception:  # result() has it
        return query
    return query if count <= MANY else f"SELECT count(*), sum(hash(*)) FROM ({query})"


def result(spark, query):
    try:
        frame = spark.sql(query)
        return sorted((tuple(row) for row in frame.collect()), key=repr)
    except Exception as error:  # a query that fails has to fail everywhere, and alike
        return getattr(error, "getCondition", lambda: None)() or str(error)


@pytest.fixture(scope="module", params=CLUSTERS, ids=str)
def on_workers(request, tables):
    arguments, settings = CLUSTERS[request.param]
    with Server(*arguments, "--cluster-least-rows", "0") as server:
        made = session(server)
        for key, value in settings.items():
            made.conf.set(key, value)
        with_tables(made, tables)
        if request.param == "kept tables":
            for name in TABLES:
                made.catalog.cacheTable(name)
        yield made
        made.stop()


@pytest.fixture(scope="module")
def on_one_process(spark, tables):
    return with_tables(spark, tables)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
def test_same_rows(on_workers, on_one_process, seed):
    query = comparable(on_one_process, make(seed))
    expected = result(on_one_process, query)
    assert result(on_workers, query) == expected, query
