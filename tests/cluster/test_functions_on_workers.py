"""Python functions run where the rows are: the same rows as on one process, in processes of the workers."""
import os
import signal
import threading
import time

import pandas as pd
import pytest
import tpch as tpch_bench
from pyspark.errors import PythonException
from pyspark.sql import Window
from pyspark.sql import functions as F
from server import Server
from workers import session, tables_on

LINES = ["l_orderkey", "l_linenumber", "l_suppkey", "l_quantity", "l_shipmode"]


def lines(spark):
    return spark.table("lineitem").select(*LINES)


def doubled(spark):
    double = F.udf(lambda quantity: quantity * 2, "decimal(15,2)")
    return lines(spark).select("l_shipmode", double("l_quantity").alias("q")).groupBy("l_shipmode").agg(F.sum("q"))


def in_pandas(spark):
    def late(batches):
        for batch in batches:
            yield batch[batch.l_linenumber > 5]

    return lines(spark).mapInPandas(late, lines(spark).schema).groupBy("l_suppkey").count()


def in_arrow(spark):
    return lines(spark).mapInArrow(lambda batches: batches, lines(spark).schema).groupBy("l_linenumber").count()


def of_groups(spark):
    def largest(group):
        return group.sort_values(["l_quantity", "l_orderkey", "l_linenumber"]).tail(1)

    return lines(spark).where("l_suppkey < 50").groupBy("l_suppkey").applyInPandas(largest, lines(spark).schema)


def of_aggregates(spark):
    @F.pandas_udf("double")
    def spread(values: pd.Series) -> float:
        return float(values.max() - values.min())

    return lines(spark).groupBy("l_shipmode", "l_linenumber").agg(spread(F.col("l_quantity").cast("double")))


def of_cogroups(spark):
    def both(left, right):
        return pd.DataFrame({"mode": [left.l_shipmode.iloc[0]], "left": [len(left)], "right": [len(right)]})

    left, right = lines(spark).where("l_linenumber < 3"), lines(spark).where("l_linenumber > 5")
    return left.groupBy("l_shipmode").cogroup(right.groupBy("l_shipmode")).applyInPandas(both, "mode string, left long, right long")


def of_a_table_function(spark):
    class Digits:
        def eval(self, number: int):
            for digit in str(number):
                yield (digit,)

    spark.udtf.register("digits", F.udtf(Digits, returnType="digit string"))
    few = "(SELECT * FROM orders WHERE o_orderkey % 800 = 0)"
    return spark.sql(f"SELECT digit, o_orderstatus, count(*) FROM {few}, LATERAL digits(o_custkey) GROUP BY ALL")


def below_a_window(spark):
    """It takes what the function has kept together."""
    place = F.row_number().over(Window.partitionBy("l_shipmode", "l_linenumber").orderBy("q"))
    return of_aggregates(spark).toDF("l_shipmode", "l_linenumber", "q").withColumn("n", place)


QUERIES = [doubled, in_pandas, in_arrow, of_groups, of_aggregates, of_cogroups, of_a_table_function, below_a_window]


def rows(frame):
    return sorted((tuple(row) for row in frame.collect()), key=repr)


def stages(frame, capsys):
    capsys.readouterr()
    frame.explain()
    return capsys.readouterr().out.partition("== Stages ==")[2]


@pytest.fixture(scope="module")
def here(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    return spark


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.__name__)
def test_same_rows_as_on_one_process(on_cluster, here, capsys, query):
    assert rows(query(on_cluster)) == rows(query(here))
    text = stages(query(on_cluster), capsys)
    stage = text[: text.index("PYRITE_PYTHON")].rpartition("stage ")[2]
    assert "2 tasks" in stage.splitlines()[0], text


def parents(frame):
    """The processes whose children have run a function over the rows."""
    def parent(batches):
        for batch in batches:
            yield pd.DataFrame({"pid": [os.getppid()] * len(batch)})

    return {row.pid for row in frame.mapInPandas(parent, "pid long").distinct().collect()}


def test_the_workers_run_them(workers, tpch):
    with tables_on(workers.url, tpch) as spark:
        assert parents(lines(spark)) == set(workers.pids)


def task_numbers(frame):
    """What TaskContext tells each process that runs a function over the rows: partition, attempt, its id; and how many rows it had."""
    def numbers(batches):
        from pyspark import TaskContext

        task = TaskContext.get()
        count = sum(len(batch) for batch in batches)
        yield pd.DataFrame([[task.partitionId(), task.attemptNumber(), task.taskAttemptId(), count]])

    return frame.mapInPandas(numbers, "partition int, attempt int, id long, count long").collect()


def test_each_process_is_a_partition(on_cluster, here):
    for spark, least in (on_cluster, 2), (here, 1):
        made = task_numbers(lines(spark))
        assert sorted(row.partition for row in made) == list(range(len(made))) and len(made) >= least
        assert {row.attempt for row in made} == {0}
        assert len({row.id for row in made}) == len(made)
        assert sum(row["count"] for row in made) == 6_001_215


def test_an_attempt_has_its_number(workers, tpch):
    def slow(batches):
        from pyspark import TaskContext

        for batch in batches:
            time.sleep(0.01)
            yield pd.DataFrame({"attempt": [TaskContext.get().attemptNumber()] * len(batch)})

    with tables_on(workers.url, tpch) as spark:
        threading.Timer(2, workers.kill, [1]).start()
        counts = dict(lines(spark).mapInPandas(slow, "attempt int").groupBy("attempt").count().collect())
        assert counts.keys() == {0, 1} and sum(counts.values()) == 6_001_215


def test_repartition_spreads_a_few_rows(workers):
    with Server("--cluster", workers.url) as server:
        spark = session(server)
        few = spark.createDataFrame([(i,) for i in range(12)], "a int")
        assert parents(few) == {server.pid}
        assert parents(few.repartition(1)) == {server.pid}
        assert parents(few.repartition(12).where("a >= 0")) == set(workers.pids)

        def parent(group):
            return pd.DataFrame({"a": group.a, "pid": os.getppid()})

        spread = few.repartition("a").groupBy("a").applyInPandas(parent, "a int, pid long").collect()
        assert {row.pid for row in spread} <= set(workers.pids) and len({row.pid for row in spread}) > 1
        assert sorted(row.a for row in spread) == list(range(12))
        spark.stop()


def test_files_to_import_come_along(workers, tmp_path):
    module = tmp_path / "pyrite_test_carried.py"
    module.write_text("VALUE = 7")

    def imported(_):
        import pyrite_test_carried

        return f"{pyrite_test_carried.VALUE} {os.path.dirname(pyrite_test_carried.__file__)} {os.getppid()}"

    with Server("--cluster", workers.url) as server:
        spark = session(server)
        spark.addArtifact(str(module), pyfile=True)
        module.unlink()
        for _ in range(2):
            frame = spark.range(60).repartition(6).select(F.udf(imported)("id").alias("said"))
            said = [row.said.split() for row in frame.distinct().collect()]
            assert {value for value, _, _ in said} == {"7"}
            assert {int(pid) for _, _, pid in said} == set(workers.pids)
            assert len({folder for _, folder, _ in said}) == 3  # each has its own copy
        spark.stop()


def test_an_error_is_the_functions(on_cluster):
    def fail(quantity):
        raise ValueError("a quantity of " + str(quantity))

    with pytest.raises(PythonException, match="ValueError: a quantity of"):
        lines(on_cluster).select(F.udf(fail)("l_quantity")).collect()


def test_a_lost_worker_costs_its_tasks(workers, here, tpch):
    wanted = rows(of_aggregates(here))
    with tables_on(workers.url, tpch) as spark:
        started = time.monotonic()
        assert rows(of_aggregates(spark)) == wanted
        timer = threading.Timer((time.monotonic() - started) / 2, workers.signal, [1, signal.SIGKILL])
        timer.start()
        assert rows(of_aggregates(spark)) == wanted
        timer.join()
        workers.wait(1)
        assert rows(of_aggregates(spark)) == wanted
