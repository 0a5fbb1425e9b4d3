"""df.observe: metrics of the rows that pass."""
import pytest
from pyspark.sql import Observation
from pyspark.sql import functions as F


def test_observation(spark):
    observation = Observation("stats")
    frame = spark.range(100).observe(observation, F.count(F.lit(1)).alias("rows"), F.max("id"),
                                     (F.sum("id") + 1).alias("total"))
    assert frame.where("id < 10").count() == 10
    assert observation.get == {"rows": 100, "max(id)": 99, "total": 4951}


def test_types_of_metrics(spark):
    observation = Observation()
    frame = spark.sql("SELECT CAST(id AS DECIMAL(10, 2)) AS d, CAST(id AS DOUBLE) AS f, CAST(id AS STRING) AS s,"
                      " date_add(DATE'2020-01-01', CAST(id AS INT)) AS day FROM range(3)")
    frame.observe(observation, F.sum("d").alias("d"), F.avg("f").alias("f"), F.min("s").alias("s"),
                  F.max("day").alias("day"), F.max(F.lit(None)).alias("n"), F.collect_list("s").alias("l"),
                  F.max(F.struct("f", "s")).alias("r")).collect()
    got = observation.get
    assert str(got["d"]) == "3.00" and got["f"] == 1.0 and got["s"] == "0" and str(got["day"]) == "2020-01-03"
    assert got["n"] is None and sorted(got["l"]) == ["0", "1", "2"] and got["r"] == (2.0, "2")


def test_named_metrics(spark):
    frame = spark.range(5).observe("named", F.count(F.lit(1)).alias("rows")).observe("more", F.sum("id"))
    observed = {metrics.name: dict(zip(metrics.keys, (value.long for value in metrics.metrics)))
                for metrics in observed_metrics(frame)}
    assert observed == {"named": {"rows": 5}, "more": {"sum(id)": 10}}


def observed_metrics(frame):
    from pyspark.sql.connect.client.core import PlanObservedMetrics

    client = frame.sparkSession.client
    request = client._execute_plan_request_with_metadata()
    request.plan.CopyFrom(frame._plan.to_proto(client))
    return [item for item in client._execute_and_fetch_as_iterator(request, {}) if isinstance(item, PlanObservedMetrics)]


def test_observed_write(spark, tmp_path):
    observation = Observation()
    spark.range(50).observe(observation, F.count(F.lit(1)).alias("rows")).write.parquet(str(tmp_path / "out"))
    assert observation.get == {"rows": 50}
    assert spark.read.parquet(str(tmp_path / "out")).count() == 50


def test_rows_are_computed_once(spark):
    observation = Observation()
    frame = spark.range(1000).select(F.expr("uuid()").alias("u")).observe(observation, F.max("u").alias("u"))
    assert max(row[0] for row in frame.collect()) == observation.get["u"]


def test_an_error_in_a_metric_is_the_observations(spark):
    observation = Observation()
    frame = spark.range(3).observe(observation, F.sum(F.expr("1 / (id - 1)")).alias("bad"))
    assert frame.count() == 3
    with pytest.raises(Exception, match="DIVIDE_BY_ZERO"):
        observation.get


@pytest.mark.parametrize("metric, condition", [
    (F.col("id"), "NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE"),
    (F.count_distinct("id"), "AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED"),
    (F.expr("count(id) FILTER (WHERE id > 1)"), "AGGREGATE_EXPRESSION_WITH_FILTER_UNSUPPORTED"),
    (F.sum("id") + F.col("id"), "NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE"),
])
def test_what_is_no_metric(spark, metric, condition):
    with pytest.raises(Exception, match=condition):
        spark.range(3).observe("m", metric.alias("x")).collect()
