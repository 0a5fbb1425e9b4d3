"""What the protocol says of a plan without running it, and plans of unusual size."""
import grpc
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import functions as F
from pyspark.storagelevel import StorageLevel

from raw import Raw, status_detail


def test_schema(spark):
    frame = spark.sql("SELECT 1 AS a, named_struct('b', array('x')) AS s, map('k', 1.5) AS m")
    assert frame.schema.simpleString() == "struct<a:int,s:struct<b:array<string>>,m:map<string,decimal(2,1)>>"
    assert not frame.schema["a"].nullable


def test_print_schema(spark, capsys):
    spark.sql("SELECT 1 AS a, array(struct('x' AS b)) AS s").printSchema()
    assert capsys.readouterr().out == (
        "root\n |-- a: integer (nullable = false)\n |-- s: array (nullable = false)\n"
        " |    |-- element: struct (containsNull = false)\n |    |    |-- b: string (nullable = false)\n\n")


def test_print_schema_to_a_level(spark, capsys):
    spark.sql("SELECT struct('x' AS b) AS s").printSchema(1)
    assert capsys.readouterr().out == "root\n |-- s: struct (nullable = false)\n\n"


def test_show(spark, capsys):
    frame = spark.createDataFrame([(1, "a" * 30), (None, "b")], "n int, text string")
    frame.show()
    assert capsys.readouterr().out == (
        "+----+--------------------+\n|   n|                text|\n+----+--------------------+\n"
        "|   1|aaaaaaaaaaaaaaaaa...|\n|NULL|                   b|\n+----+--------------------+\n\n")
    frame.show(1, truncate=False)
    assert "|1  |" + "a" * 30 + "|\n" in (out := capsys.readouterr().out) and "only showing top 1 row" in out
    frame.show(vertical=True)
    assert capsys.readouterr().out.startswith("-RECORD 0")


@pytest.mark.parametrize("mode", ["simple", "extended", "codegen", "cost", "formatted"])
def test_explain(spark, capsys, mode):
    spark.range(3).where("id > 1").explain(mode=mode)
    shown = "WholeStageCodegen subtrees" if mode == "codegen" else "== Physical Plan =="
    assert shown in capsys.readouterr().out
    assert "Physical Plan" in spark.sql("EXPLAIN SELECT 1").collect()[0][0]


def test_semantic_hash(spark):
    one, same, other = (spark.range(3).where(F.col("id") > n) for n in (1, 1, 2))
    assert one.sameSemantics(same) and one.semanticHash() == same.semanticHash()
    assert not one.sameSemantics(other)


def test_other_analyses(spark):
    frame = spark.createDataFrame([(1,)], "a int")
    assert frame.isLocal() and not spark.range(1).isLocal() and not frame.isStreaming
    assert spark.version == "4.2.0" and spark.range(1).inputFiles() == []


def test_ddl_parse(spark):
    frame = spark.createDataFrame([(1, [2.5], None)], "a int NOT NULL, `b c` array<double>, d struct<e: date>")
    assert frame.schema.simpleString() == "struct<a:int,b c:array<double>,d:struct<e:date>>"
    with pytest.raises(PySparkException) as error:
        spark.createDataFrame([(1,)], "a nosuchtype").collect()
    assert error.value.getCondition() in ("UNSUPPORTED_DATATYPE", "PARSE_SYNTAX_ERROR")


def test_storage_level(spark):
    frame = spark.range(10).withColumn("x", F.col("id") * 2)
    assert frame.storageLevel == StorageLevel.NONE
    assert frame.cache().count() == 10
    assert frame.storageLevel == StorageLevel.MEMORY_AND_DISK_DESER
    assert frame.agg(F.sum("x")).collect() == [(90,)]
    frame.unpersist()
    assert frame.storageLevel == StorageLevel.NONE
    frame.persist(StorageLevel.DISK_ONLY)
    assert frame.storageLevel == StorageLevel.DISK_ONLY and frame.count() == 10
    frame.unpersist()


def test_checkpoint_keeps_the_rows(spark):
    for frame in (spark.range(5).withColumn("r", F.expr("uuid()")).localCheckpoint(),
                  spark.range(5).withColumn("r", F.expr("uuid()")).checkpoint(),
                  spark.range(5).withColumn("r", F.expr("uuid()")).localCheckpoint(eager=False)):
        rows = frame.collect()
        assert len(rows) == 5 and frame.collect() == rows
        assert frame.join(frame, "id").count() == 5


def test_checkpoint_of_another_session(spark, new_session):
    """The client takes some conditions for a lost session, and would try again for ever."""
    frame = new_session().range(5).localCheckpoint()
    with pytest.raises(PySparkException) as error:
        frame.collect()
    assert error.value.getCondition() == "CONNECT_INVALID_PLAN.DATAFRAME_NOT_FOUND"


def test_error_details(spark, server):
    raw = Raw(server.url)
    with pytest.raises(grpc.RpcError) as error:
        list(raw.execute("SELECT nope FROM range(1)"))
    condition, error_id = status_detail(error.value)
    assert condition == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    details = raw.error_details(error_id)
    found = details.errors[details.root_error_idx]
    assert found.spark_throwable.error_class == condition and found.spark_throwable.sql_state == "42703"
    assert found.spark_throwable.message_parameters["objectName"] == "`nope`"
    assert found.spark_throwable.query_contexts[0].fragment == "nope"
    raw.release_session()
    with pytest.raises(PySparkException) as error:
        spark.sql("SELECT 1 / 0").collect()
    assert error.value.getCondition() == "DIVIDE_BY_ZERO" and error.value.getSqlState() == "22012"
    assert error.value.getQueryContext()[0].fragment() == "1 / 0"


def test_errors_before_running(spark):
    with pytest.raises(PySparkException) as error:
        spark.sql("SELEC 1")
    assert error.value.getCondition() == "PARSE_SYNTAX_ERROR"
    with pytest.raises(PySparkException) as error:
        spark.sql("SELECT * FROM nowhere")
    assert error.value.getCondition() == "TABLE_OR_VIEW_NOT_FOUND"


def test_deep_plan(run_client, server, tmp_path):
    program = tmp_path / "deep.py"
    program.write_text(
        "import sys\nfrom pyspark.sql import functions as F\n"
        "def main(spark):\n"
        "    sys.setrecursionlimit(100_000)\n"
        "    frame = spark.range(2)\n"
        "    for number in range(2000):\n"
        "        frame = frame.withColumn('id', F.col('id') + 1)\n"
        "    return [frame.schema.simpleString(), sorted(row[0] for row in frame.collect())]\n")
    assert run_client("pyspark-client", program) == ["struct<id:bigint>", [2000, 2001]]
    assert server.alive()


def test_compressed_plan(new_session):
    pytest.importorskip("zstandard")
    spark = new_session()
    values = list(range(20000))
    spark.conf.set("spark.connect.session.planCompression.threshold", 1000)
    assert spark.conf.get("spark.connect.session.planCompression.defaultAlgorithm") == "ZSTD"
    text = ", ".join(f"{value}" for value in values)
    assert spark.sql(f"SELECT count(*) FROM range(100) WHERE id IN ({text})").collect() == [(100,)]
    frame = spark.range(100).where(F.col("id").isin(values))
    assert frame.count() == 100 and frame.columns == ["id"]
    assert spark.client._plan_compression_threshold == 1000


def test_progress_handler(new_session):
    spark = new_session()
    seen = []
    spark.registerProgressHandler(lambda stages, inflight_tasks, operation_id, done: seen.append((operation_id, done)))
    assert spark.range(1000).count() == 1000
    assert seen and seen[-1][1] is True
    spark.clearProgressHandlers()


def test_results_in_chunks(new_session):
    spark = new_session()
    spark.client._preferred_arrow_chunk_size = 2000
    rows = spark.sql("SELECT id, repeat('x', 50) AS t FROM range(5000)").collect()
    assert [row[0] for row in rows] == list(range(5000))


def test_large_results(spark):
    table = spark.sql("SELECT id, repeat('x', 1000) AS t FROM range(100000)").toArrow()
    assert table.num_rows == 100000 and table.column("t")[99999].as_py() == "x" * 1000
