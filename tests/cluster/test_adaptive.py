"""What real sizes change: which side of a join goes to all tasks, how many tasks read small partitions, who reads large ones."""
import pytest
from test_profiles import analyzed, tasks
from workers import tables_on

# The optimizer takes a fifth of the rows to pass each of the conditions: hundreds of megabytes. None do.
GUESSED = "SELECT count(*) AS n, max(l_comment) AS a, max(l_shipmode) AS b, max(c), max(d), max(e) FROM lineitem JOIN (" \
    "SELECT l_suppkey % 7 * 10000 + l_linenumber AS k, l_comment AS c, upper(l_comment) AS d, reverse(l_comment) AS e " \
    "FROM lineitem WHERE l_comment LIKE '%a%b%c%d%e%f%g%' AND l_comment LIKE '%zz%') ON l_partkey = k"
SMALL = "SELECT l_suppkey % 50 AS g, count(*) AS n, count(DISTINCT l_shipmode) AS m FROM lineitem GROUP BY 1"
# Three quarters of the rows have one key.
SKEWED = "SELECT sum(a.l_linenumber) AS s, count(*) AS n, count(c) AS m FROM (SELECT CASE WHEN l_orderkey % 4 = 0 THEN l_orderkey ELSE 7 END AS k, " \
    "l_linenumber, l_comment FROM lineitem) a LEFT JOIN (SELECT CAST(CAST(o_orderkey AS STRING) AS BIGINT) AS k, o_comment AS c, o_clerk FROM orders) b ON a.k = b.k " \
    "AND a.l_comment <> b.o_clerk"


@pytest.fixture(scope="module")
def adapting(tpch):
    with tables_on("local[3]", tpch) as spark:
        yield spark


@pytest.fixture
def setting(adapting):
    changed = []

    def change(key, value):
        changed.append(f"spark.sql.adaptive.{key}")
        adapting.conf.set(changed[-1], value)

    yield change
    for key in changed:
        adapting.conf.unset(key)


def counts(text):
    """The number of tasks that have run, by stage."""
    stages = [int(line.split()[1].rstrip(":")) for line in text.splitlines() if line.startswith("stage ")]
    return {stage: len(tasks(text, stage)) for stage in stages}


def test_a_side_that_turns_out_small_goes_to_all_tasks(adapting, setting):
    by_real_size = analyzed(adapting, GUESSED)
    rows = adapting.sql(GUESSED).collect()
    setting("enabled", "false")
    by_estimate = analyzed(adapting, GUESSED)
    assert adapting.sql(GUESSED).collect() == rows
    assert len(counts(by_real_size)) < len(counts(by_estimate)), by_real_size + by_estimate


def test_small_partitions_share_a_task(adapting, setting):
    rows = sorted(adapting.sql(SMALL).collect())
    assert counts(analyzed(adapting, SMALL))[3] == 1
    setting("coalescePartitions.minPartitionSize", "1b")
    assert counts(analyzed(adapting, SMALL))[3] == 3
    assert sorted(adapting.sql(SMALL).collect()) == rows
    setting("coalescePartitions.enabled", "false")
    assert counts(analyzed(adapting, SMALL))[3] == 3


def test_large_partitions_are_read_by_all_tasks(adapting, setting):
    setting("enabled", "false")
    rows = adapting.sql(SKEWED).collect()
    setting("enabled", "true")
    setting("skewJoin.skewedPartitionThresholdInBytes", "1mb")
    setting("skewJoin.skewedPartitionFactor", "1.2")
    text = analyzed(adapting, SKEWED)
    assert "shares of" in text and "all of" in text, text
    assert adapting.sql(SKEWED).collect() == rows
    setting("skewJoin.enabled", "false")
    assert "shares of" not in analyzed(adapting, SKEWED)
