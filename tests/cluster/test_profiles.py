"""What is seen of a query on the cluster: EXPLAIN that runs it, the log, the pictures."""
import re
from xml.etree import ElementTree

import pytest
import tpch as tpch_bench
from server import Server
from workers import logged, tables_on

QUERY = "SELECT l_returnflag, count(*) AS n FROM lineitem GROUP BY 1"
# More groups than fit into the memory of a worker.
LARGE = "SELECT sum(n) FROM (SELECT l_comment, l_extendedprice, count(*) AS n FROM lineitem GROUP BY 1, 2)"


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return tmp_path_factory.mktemp("places")


@pytest.fixture(scope="module")
def profiled(places, tpch):
    with tables_on("local[2]", tpch, "--query-log", str(places / "log"), "--query-pictures", str(places / "pictures")) as made:
        yield made


def analyzed(spark, query):
    return spark.sql("EXPLAIN ANALYZE " + query).collect()[0][0]


def tasks(text, stage):
    """The rows of a stage's table, by heading."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith(f"stage {stage}:"):
            break
    rows = []
    for line in lines:
        if line.startswith("stage "):
            break
        if match := re.fullmatch(r"    (\S+:\d+) +(\d+) +(\d+) +(\S+ s) +(\S+ s) +(\d+) +(\S+ \S*B) +(\d+) +(\S+ \S*B)"
                                 r" +(\S+ \S*B) +(\S+ \S*B) *", line):
            rows.append(dict(zip(["worker", "task", "attempt", "time", "waited", "read", "bytes read", "rows", "bytes",
                                  "file", "spilled"], match.groups())))
    return rows


def test_explain_analyze_has_what_each_task_has_done(profiled):
    text = analyzed(profiled, QUERY)
    assert text.startswith("== Analyzed Query ==\n3 rows in ")
    scans, finals = tasks(text, 0), tasks(text, 1)
    assert [int(task["rows"]) for task in scans] == [3, 3]
    assert len({task["worker"] for task in scans}) == 2
    assert sum(int(task["read"]) for task in finals) == 6
    assert sum(int(task["rows"]) for task in finals) == 3


def test_what_is_spilled_is_told(tpch):
    with tables_on("local[2]", tpch, "--memory-limit", "200MB") as spark:
        text = analyzed(spark, LARGE)
        made = [row for stage in range(3) for row in tasks(text, stage)]
        assert any(row["spilled"].endswith("MiB") for row in made), text
        assert sum(int(row["rows"]) for row in made if row["task"] == "0") > 1000000


def test_explain_of_a_data_frame_runs_it_when_set(profiled, capsys):
    profiled.conf.set("pyrite.explain.analyze", "true")
    try:
        profiled.sql(QUERY).explain()
    finally:
        profiled.conf.unset("pyrite.explain.analyze")
    assert capsys.readouterr().out.startswith("== Analyzed Query ==\n3 rows in ")


def test_explain_analyze_without_workers(spark, tpch):
    tpch_bench.read_tables(spark, tpch)
    text = analyzed(spark, QUERY)
    assert "READ_PARQUET" in text and "6,001,215" in text.replace("6001215", "6,001,215")


def test_explain_analyze_fails_as_the_query_does(profiled):
    with pytest.raises(Exception, match="DIVIDE_BY_ZERO"):
        analyzed(profiled, "SELECT sum(l_orderkey / (l_linenumber - l_linenumber)) FROM lineitem")
    with pytest.raises(Exception, match="DIVIDE_BY_ZERO"):
        analyzed(profiled, "SELECT 1 / 0")


def test_the_log_has_a_line_for_each_event(profiled, places):
    log = places / "log"
    before = len(logged(log))
    profiled.sql(QUERY).collect()
    new = logged(log)[before:]
    assert [line["event"] for line in new] == ["query begins", *["task"] * 3, "query ends"]  # one for all small partitions
    assert len({line["query"] for line in new}) == 1
    assert new[0]["stages"] == 3 and new[-1]["rows"] == 3
    made = [line for line in new if line["event"] == "task"]
    assert sorted((line["stage"], line["task"], line["attempt"]) for line in made) == [(0, 0, 0), (0, 1, 0), (1, 0, 0)]
    for line in made:
        assert {"worker", "ms", "waited_ms", "rows", "bytes", "rows_read", "bytes_read", "file_bytes",
                "spill_bytes", "time"} <= line.keys()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])


def test_each_query_has_a_picture(profiled, places):
    before = set((places / "pictures").glob("*.html"))
    profiled.sql(tpch_bench.sql("q03")).collect()
    (page,) = set((places / "pictures").glob("*.html")) - before
    text = page.read_text()
    svg = ElementTree.fromstring(text[text.index("<svg"):text.index("</svg>") + len("</svg>")])
    boxes = svg.findall("{*}rect")
    stages = len(re.findall(r"^  stage\d+ \[", page.with_suffix(".dot").read_text(), re.MULTILINE))
    assert len(boxes) == stages > 2
    assert len(svg.findall("{*}path")) == stages - 1  # each stage but the result's goes into one other
    for box in boxes:
        assert 0 < float(box.get("x")) + float(box.get("width")) < float(svg.get("width"))
        assert 0 < float(box.get("y")) + float(box.get("height")) < float(svg.get("height"))


def test_a_log_that_cannot_be_written():
    with pytest.raises(RuntimeError, match="/nowhere/log"):
        Server("--cluster", "local[1]", "--query-log", "/nowhere/log")
