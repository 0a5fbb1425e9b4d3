"""Writes by two workers, each of its rows: the files read back as those that one process writes."""
import os
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.errors import ArithmeticException, PySparkException
from server import Server
from workers import session

ROWS = 20_000
TEXTS = ["a", "b,c", "é", "", None, 'q"uote', "x/y=z %", "long " * 20]
FORMATS = ["parquet", "csv", "json", "orc"]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A table of three files, of several row groups each."""
    folder = tmp_path_factory.mktemp("data")
    for number in range(3):
        ids = range(number, ROWS, 3)
        columns = {
            "id": pa.array(ids, pa.int64()), "p": pa.array([i % 5 if i % 11 else None for i in ids], pa.int32()),
            "q": pa.array([TEXTS[i % 7] for i in ids]), "s": pa.array([TEXTS[i % len(TEXTS)] for i in ids]),
            "d": pa.array([Decimal(i).scaleb(-2) for i in ids], pa.decimal128(12, 2)), "f": pa.array([i / 7 for i in ids]),
            "day": pa.array([i % 30_000 for i in ids], pa.int32()).cast(pa.date32()), "even": pa.array([i % 2 == 0 for i in ids]),
        }  # fmt: skip
        pq.write_table(pa.table(columns), folder / f"{number}.parquet", row_group_size=1000)
    return str(folder)


@pytest.fixture(scope="module")
def on_workers(data):
    with Server("--cluster", "local[2]", "--cluster-least-rows", "0") as server:
        spark = session(server)
        spark.read.parquet(data).createOrReplaceTempView("rows")
        yield spark
        spark.stop()


@pytest.fixture(scope="module")
def here(spark, data):
    spark.read.parquet(data).createOrReplaceTempView("rows")
    return spark


def rows(spark, path, format="parquet", **options):
    read = spark.read.options(**options).format(format).load(str(path))
    return read.schema, sorted(map(tuple, read.collect()), key=repr)


def files(path):
    return [file for file in Path(path).rglob("part-*") if file.is_file()]


def left_over(folder):
    return list(Path(folder).rglob(".pyrite*"))


def check_same(on_workers, here, tmp_path, query, write, format="parquet", several=True, **options):
    """`write(frame, path)` on the workers and in one process gives the same rows."""
    write(here.sql(query), str(tmp_path / "here"))
    write(on_workers.sql(query), str(tmp_path / "workers"))
    assert rows(here, tmp_path / "workers", format, **options) == rows(here, tmp_path / "here", format, **options)
    assert (tmp_path / "workers/_SUCCESS").exists()
    assert left_over(tmp_path) == []
    if several:
        assert len(files(tmp_path / "workers")) > len(files(tmp_path / "here"))


@pytest.mark.parametrize("partitions", [[], ["p"], ["q", "p"]], ids=str)
@pytest.mark.parametrize("format", FORMATS)
def test_formats(on_workers, here, tmp_path, format, partitions):
    def write(frame, path):
        frame.write.partitionBy(*partitions).format(format).save(path)

    check_same(on_workers, here, tmp_path, "SELECT * FROM rows", write, format)


@pytest.mark.parametrize("partitions", [[], ["p"]], ids=str)
def test_text(on_workers, here, tmp_path, partitions):
    def write(frame, path):
        frame.write.partitionBy(*partitions).text(path)

    query = "SELECT s" + "".join(f", {name}" for name in partitions) + " FROM rows"
    check_same(on_workers, here, tmp_path, query, write, "text")


@pytest.mark.parametrize("format, options", [
    ("parquet", {"compression": "zstd"}), ("csv", {"compression": "gzip", "header": "true"}), ("csv", {"sep": ";", "quoteAll": "true"}),
    ("json", {"compression": "bzip2"}), ("json", {"ignoreNullFields": "false"}), ("orc", {"compression": "zlib"}),
], ids=str)  # fmt: skip
def test_options(on_workers, here, tmp_path, format, options):
    def write(frame, path):
        frame.write.options(**options).format(format).save(path)

    read = {name: value for name, value in options.items() if name in ("header", "sep")}
    check_same(on_workers, here, tmp_path, "SELECT * FROM rows WHERE id % 3 > 0", write, format, **read)


@pytest.mark.parametrize("query", [
    "SELECT q, p, count(*) n, sum(d) d FROM rows GROUP BY q, p",
    "SELECT a.id, b.s, a.day FROM rows a JOIN rows b ON a.id = b.id + 1 WHERE b.even",
    "SELECT id, row_number() OVER (PARTITION BY q ORDER BY id) n FROM rows",
    "SELECT DISTINCT p, even FROM rows UNION ALL SELECT 1, true",
])  # fmt: skip
def test_queries(on_workers, here, tmp_path, query):
    check_same(on_workers, here, tmp_path, query, lambda frame, path: frame.write.parquet(path))


@pytest.mark.parametrize("query", [
    "SELECT * FROM rows WHERE id < 0", "SELECT p, sum(id) s FROM rows WHERE id < 0 GROUP BY p", "SELECT count(*) n FROM rows",
])  # fmt: skip
@pytest.mark.parametrize("options", [{}, {"maxRecordsPerFile": 10}], ids=str)
def test_no_rows_leave_one_file(on_workers, here, tmp_path, query, options):
    check_same(on_workers, here, tmp_path, query, lambda frame, path: frame.write.options(**options).parquet(path), several=False)
    assert len(files(tmp_path / "workers")) == 1


def test_modes(on_workers, here, tmp_path):
    path = str(tmp_path / "t")
    half = on_workers.sql("SELECT id, s FROM rows WHERE even")
    half.write.parquet(path)
    with pytest.raises(PySparkException) as raised:
        half.write.parquet(path)
    assert raised.value.getCondition() == "PATH_ALREADY_EXISTS"
    for mode, factor in [("ignore", 1), ("append", 2), ("overwrite", 1)]:
        half.write.mode(mode).parquet(path)
        found = here.read.parquet(path).selectExpr("count(*)", "count(DISTINCT id)").first()
        assert tuple(found) == (ROWS // 2 * factor, ROWS // 2)
        assert len(files(path)) == 2 * factor
    assert left_over(tmp_path) == []


def test_a_table_is_overwritten_from_itself(on_workers, here, tmp_path):
    path = str(tmp_path / "t")
    on_workers.sql("SELECT id FROM rows").write.parquet(path)
    for _ in range(2):
        on_workers.read.parquet(path).selectExpr("id + 1 AS id").write.mode("overwrite").parquet(path)
    assert here.read.parquet(path).selectExpr("min(id)", "max(id)", "count(*)").first() == (2, ROWS + 1, ROWS)


def test_dynamic_overwrite(on_workers, here, tmp_path):
    path = str(tmp_path / "t")
    on_workers.sql("SELECT id, p FROM rows").write.partitionBy("p").parquet(path)
    write = on_workers.sql("SELECT -id AS id, p FROM rows WHERE p < 2").write.mode("overwrite").partitionBy("p")
    write.option("partitionOverwriteMode", "dynamic").parquet(path)
    found = here.read.parquet(path).groupBy("p").agg({"id": "sum"}).collect()
    sums = {p: sum(i for i in range(ROWS) if (i % 5 if i % 11 else None) == p) for p in (0, 1, 2, 3, 4, None)}
    assert {row[0]: row[1] for row in found} == {p: -s if p in (0, 1) else s for p, s in sums.items()}


@pytest.mark.parametrize("one", ["orderBy", "coalesce", "repartition"])
def test_one_file(on_workers, here, tmp_path, one):
    frame = on_workers.sql("SELECT id, s FROM rows")
    frame = frame.orderBy("id") if one == "orderBy" else getattr(frame, one)(1).where("id >= 0")
    frame.write.parquet(str(tmp_path / "t"))
    assert len(files(tmp_path / "t")) == 1
    ids = [row.id for row in here.read.parquet(str(tmp_path / "t")).collect()]
    assert (ids if one == "orderBy" else sorted(ids)) == list(range(ROWS))


@pytest.mark.parametrize("partitions", [[], ["even"]], ids=str)
def test_records_per_file(on_workers, here, tmp_path, partitions):
    def write(frame, path):
        frame.write.option("maxRecordsPerFile", 1500).partitionBy(*partitions).parquet(path)

    check_same(on_workers, here, tmp_path, "SELECT id, s, even FROM rows", write, several=False)
    counts = [pq.read_metadata(file).num_rows for file in files(tmp_path / "workers")]
    assert max(counts) == 1500 and sum(counts) == ROWS
    assert len(counts) <= ROWS / 1500 + 2 * max(1, 2 * len(partitions))


def test_tables(on_workers):
    on_workers.sql("CREATE TABLE made USING parquet PARTITIONED BY (p) AS SELECT id, s, p FROM rows")
    on_workers.sql("INSERT INTO made SELECT id + 100000, s, p FROM rows WHERE even")
    assert on_workers.table("made").selectExpr("count(*)", "count(DISTINCT id)").first() == (ROWS * 3 // 2, ROWS * 3 // 2)
    on_workers.sql("INSERT OVERWRITE made SELECT id, s, p FROM rows WHERE id < 100")
    assert on_workers.table("made").selectExpr("count(*)", "sum(id)").first() == (100, 4950)
    on_workers.table("rows").write.bucketBy(4, "id").sortBy("id").saveAsTable("buckets")
    assert on_workers.table("buckets").selectExpr("count(*)", "sum(id)").first() == (ROWS, sum(range(ROWS)))
    for name in ("made", "buckets"):
        on_workers.sql(f"DROP TABLE {name}")


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_an_error_of_one_task_leaves_the_old_data(on_workers, here, tmp_path, format):
    path = str(tmp_path / "t")
    on_workers.sql("SELECT id FROM rows WHERE id < 10").write.format(format).save(path)
    before = sorted(os.listdir(path))
    with pytest.raises(ArithmeticException) as raised:
        on_workers.sql("SELECT 1 / (id - 19999) AS id FROM rows").write.mode("overwrite").format(format).save(path)
    assert raised.value.getCondition() == "DIVIDE_BY_ZERO"
    assert sorted(os.listdir(path)) == before
    assert left_over(tmp_path) == []


def test_rows_know_their_file(on_workers, data):
    read = on_workers.read.parquet(data).selectExpr("id", "_metadata.file_name AS file", "_metadata.row_index AS place")
    assert read.where("file = id % 3 || '.parquet' AND place = id DIV 3").count() == ROWS


def test_rows_that_only_the_server_has(on_workers, here, tmp_path):
    small = on_workers.createDataFrame([(number, f"n{number}") for number in range(5)], "p int, name string")
    rows_of_workers = on_workers.table("rows").select("id", "p")
    rows_of_workers.join(small, "p").write.parquet(str(tmp_path / "joined"))
    assert here.read.parquet(str(tmp_path / "joined")).selectExpr("count(*)", "sum(CAST(name = 'n' || p AS INT))").first() == (
        sum(i % 11 > 0 for i in range(ROWS)), sum(i % 11 > 0 for i in range(ROWS)))
    kept = rows_of_workers.where("id < 1000").cache()
    kept.union(rows_of_workers).write.csv(str(tmp_path / "union"))
    assert here.read.csv(str(tmp_path / "union"), schema="id int, p int").count() == ROWS + 1000
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("count, format", [(1, "parquet"), (3, "csv"), (7, "parquet"), (40, "orc")])
def test_as_many_files_as_the_program_says(on_workers, here, tmp_path, count, format):
    def write(frame, path):
        frame.repartition(count).write.format(format).save(path)

    check_same(on_workers, here, tmp_path, "SELECT id, s FROM rows", write, format, several=False)
    assert len(files(tmp_path / "workers")) == count


def test_files_of_keys(on_workers, here, tmp_path):
    def write(frame, path):
        frame.repartition(5, "day").write.parquet(path)

    check_same(on_workers, here, tmp_path, "SELECT id, day FROM rows", write, several=False)
    assert sorted(counted(tmp_path / "workers")) == sorted(counted(tmp_path / "here"))


def counted(path):
    return [pq.read_metadata(file).num_rows for file in files(path)]


@pytest.mark.parametrize("by", [("p",), ("p", "q"), ("q",)], ids=str)
def test_one_file_in_each_partition(on_workers, here, tmp_path, by):
    def write(frame, path):
        frame.repartition(*by).write.partitionBy("p", "q").parquet(path)

    check_same(on_workers, here, tmp_path, "SELECT * FROM rows", write, several=False)
    assert len(files(tmp_path / "workers")) == len({file.parent for file in files(tmp_path / "workers")})


def test_files_of_one_size_of_keys(on_workers, here, tmp_path):
    def write(frame, path):
        frame.repartition(4, "p").write.option("maxRecordsPerFile", 1500).parquet(path)

    check_same(on_workers, here, tmp_path, "SELECT id, p FROM rows", write, several=False)
    assert sorted(counted(tmp_path / "workers")) == sorted(counted(tmp_path / "here"))


def test_files_of_one_size_in_partitions_of_their_own(on_workers, here, tmp_path):
    def write(frame, path):
        frame.repartition("p").write.partitionBy("p").option("maxRecordsPerFile", 1500).parquet(path)

    check_same(on_workers, here, tmp_path, "SELECT id, p FROM rows", write, several=False)
    assert sorted(counted(tmp_path / "workers")) == sorted(counted(tmp_path / "here"))


@pytest.mark.parametrize("count, found", [(2, 2), (3, 3), (9, 4)], ids=str)
def test_no_more_files_than_the_program_says(here, data, tmp_path, count, found):
    def write(frame, path):
        frame.coalesce(count).write.parquet(path)

    with Server("--cluster", "local[4]", "--cluster-least-rows", "0") as server:
        four = session(server)
        four.read.parquet(data).createOrReplaceTempView("rows")
        check_same(four, here, tmp_path, "SELECT id, s FROM rows", write, several=False)
        assert len(files(tmp_path / "workers")) == found
        four.read.parquet(data).coalesce(2).write.option("maxRecordsPerFile", 7000).parquet(str(tmp_path / "counted"))
        assert sorted(counted(tmp_path / "counted")) == [6000, 7000, 7000]
        four.stop()
