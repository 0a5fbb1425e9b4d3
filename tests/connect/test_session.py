"""Sessions: isolation, configuration, views, artifacts."""
import uuid

import pytest
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import SparkSession


def condition_of(action):
    with pytest.raises(PySparkException) as error:
        action()
    return error.value.getCondition()


def test_sessions_are_isolated(new_session):
    one, other = new_session(), new_session()
    one.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    one.range(3).createOrReplaceTempView("isolated")
    assert other.conf.get("spark.sql.session.timeZone") != "Asia/Tokyo"
    assert one.table("isolated").count() == 3
    assert condition_of(lambda: other.table("isolated").count()) == "TABLE_OR_VIEW_NOT_FOUND"


def test_global_views_are_shared(new_session):
    one, other = new_session(), new_session()
    name = "shared_" + uuid.uuid4().hex
    one.range(3).createGlobalTempView(name)
    assert other.table("global_temp." + name).count() == 3
    other.sql(f"DROP VIEW global_temp.{name}")
    assert condition_of(lambda: one.table("global_temp." + name).count()) == "TABLE_OR_VIEW_NOT_FOUND"


def test_a_stopped_session_leaves_the_others(new_session):
    one, other = new_session(), new_session()
    one.range(1).collect()
    one.stop()
    assert other.range(2).count() == 2


def test_configuration_set_get_unset(spark):
    spark.conf.set("spark.sql.shuffle.partitions", 7)
    assert spark.conf.get("spark.sql.shuffle.partitions") == "7"
    spark.conf.unset("spark.sql.shuffle.partitions")
    assert spark.conf.get("spark.sql.shuffle.partitions") == "200"
    spark.conf.set("spark.sql.ansi.enabled", False)
    assert spark.conf.get("spark.sql.ansi.enabled") == "false"
    assert spark.sql("SELECT CAST('x' AS INT)").collect()[0][0] is None
    spark.conf.unset("spark.sql.ansi.enabled")
    assert spark.conf.get("spark.sql.ansi.enabled") == "true"


def test_configuration_of_the_users_own(spark):
    spark.conf.set("my.setting", "x")
    assert spark.conf.get("my.setting") == "x"
    assert spark.conf.getAll["my.setting"] == "x"
    spark.conf.unset("my.setting")
    assert spark.conf.get("my.setting", "fallback") == "fallback"
    assert spark.conf.get("my.setting", None) is None
    assert condition_of(lambda: spark.conf.get("my.setting")) == "SQL_CONF_NOT_FOUND"


def test_configuration_that_is_static(spark):
    assert condition_of(lambda: spark.conf.set("spark.sql.warehouse.dir", "x")) == "CANNOT_MODIFY_STATIC_CONFIG"
    assert condition_of(lambda: spark.conf.unset("spark.sql.warehouse.dir")) == "CANNOT_MODIFY_STATIC_CONFIG"
    assert not spark.conf.isModifiable("spark.sql.warehouse.dir")
    assert spark.conf.isModifiable("spark.sql.shuffle.partitions")
    assert not spark.conf.isModifiable("my.setting")


def test_configuration_with_a_wrong_value(spark):
    assert condition_of(lambda: spark.conf.set("spark.sql.session.timeZone", "Moon/Base")) == (
        "INVALID_CONF_VALUE.TIME_ZONE")
    assert condition_of(lambda: spark.conf.set("spark.sql.ansi.enabled", "maybe")).startswith("INVALID_CONF_VALUE")


def test_builder_configuration(server):
    spark = (SparkSession.builder.remote(server.url).config("spark.sql.shuffle.partitions", "3")
             .appName("builder").create())
    assert spark.conf.get("spark.sql.shuffle.partitions") == "3"
    spark.stop()


def test_sql_set(spark):
    assert spark.sql("SET spark.sql.shuffle.partitions = 5").collect() == [("spark.sql.shuffle.partitions", "5")]
    assert spark.conf.get("spark.sql.shuffle.partitions") == "5"
    assert spark.sql("SET spark.sql.shuffle.partitions").collect()[0]["value"] == "5"
    assert spark.sql("SET no.such.key").collect()[0]["value"] == "<undefined>"
    spark.sql("RESET spark.sql.shuffle.partitions")
    assert spark.conf.get("spark.sql.shuffle.partitions") == "200"
    assert ("spark.sql.shuffle.partitions", "200") in [row[:2] for row in spark.sql("SET -v").collect()]


def test_sql_views(spark):
    assert spark.sql("CREATE TEMPORARY VIEW three AS SELECT id AS n FROM range(3)").collect() == []
    assert spark.sql("SELECT sum(n) FROM three").collect() == [(3,)]
    assert condition_of(lambda: spark.sql("CREATE TEMPORARY VIEW three AS SELECT 1")) == (
        "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS")
    spark.sql("CREATE OR REPLACE TEMP VIEW three (m) AS SELECT 5")
    assert spark.table("three").columns == ["m"]
    assert condition_of(lambda: spark.sql("CREATE OR REPLACE TEMP VIEW bad AS SELECT nope")).startswith(
        "UNRESOLVED_COLUMN")
    spark.sql("DROP VIEW three")
    assert condition_of(lambda: spark.sql("DROP VIEW three")) == "TABLE_OR_VIEW_NOT_FOUND"
    spark.sql("DROP VIEW IF EXISTS three")


def test_dataframe_views(spark):
    frame = spark.range(4)
    frame.createTempView("four")
    with pytest.raises(AnalysisException):
        frame.createTempView("four")
    spark.range(5).createOrReplaceTempView("four")
    assert spark.table("FOUR").count() == 5


def test_drop_temp_view(spark):
    spark.range(1).createOrReplaceTempView("dropped")
    assert spark.catalog.dropTempView("dropped")
    assert not spark.catalog.dropTempView("dropped")


def test_sql_arguments(spark):
    assert spark.sql("SELECT :a + 1 AS x, :b AS y", args={"a": 41, "b": "it's"}).collect() == [(42, "it's")]
    assert spark.sql("SELECT ? + ?", args=[1, 2]).collect() == [(3,)]
    frame = spark.range(3)
    assert spark.sql("SELECT count(*) FROM {frame} WHERE id > :low", args={"low": 0}, frame=frame).collect() == [(2,)]


def test_arguments_as_identifiers(spark):
    spark.sql("CREATE OR REPLACE TEMP VIEW argued AS SELECT id FROM range(10) WHERE id < 4")
    assert spark.sql("SELECT count(*) FROM IDENTIFIER(:name)", args={"name": "argued"}).collect() == [(4,)]


def test_file_artifacts(spark, tmp_path):
    small = tmp_path / "small.txt"
    small.write_text("hello")
    large = tmp_path / "large.bin"
    large.write_bytes(b"0123456789abcdef" * 20000)
    spark.addArtifacts(str(small), str(large), file=True)
    client = spark.client
    status = client._artifact_manager
    assert status.is_cached_artifact("0" * 64) is False


def test_cached_local_relation(spark):
    rows = [(number, "x" * 200) for number in range(60000)]  # over the threshold of a cached relation
    frame = spark.createDataFrame(rows, "n int, text string")
    assert frame.count() == 60000
    assert frame.selectExpr("sum(n)", "sum(length(text))").collect() == [(59999 * 30000, 12000000)]


def test_clone(spark):
    spark.conf.set("my.cloned", "yes")
    spark.range(2).createOrReplaceTempView("cloned")
    copy = spark.cloneSession() if hasattr(spark, "cloneSession") else None
    if copy is None:
        client = spark.client.clone()
        assert client._session_id != spark.session_id
        return
    assert copy.conf.get("my.cloned") == "yes" and copy.table("cloned").count() == 2
    copy.sql("DROP VIEW cloned")
    assert spark.table("cloned").count() == 2
