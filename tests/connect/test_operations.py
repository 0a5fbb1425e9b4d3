"""Reattaching, releasing, interrupting; clients that die."""
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import grpc
import pytest
from pyspark.errors import PySparkException

from raw import ENDLESS, Raw, data_of, status_detail
from server import Server

WIDE = "SELECT id, repeat('x', 100) AS text FROM range(300000)"
# Several responses, and all of them are kept for a client that comes back.
KEPT = "SELECT id, repeat('x', 40) AS text FROM range(150000)"


@pytest.fixture
def raw(server):
    session = Raw(server.url)
    yield session
    session.release_session()


def condition_of(call):
    with pytest.raises(grpc.RpcError) as error:
        list(call())
    return status_detail(error.value)[0]


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def wait_for_state(raw, operation_id, state):
    assert wait_until(lambda: raw.states().get(operation_id) == state), raw.states()


def test_reattach_goes_on_after_the_last_response(raw):
    whole = data_of(raw.execute(KEPT))
    assert len(whole) > 2
    for taken in (1, 2, len(whole)):
        operation_id = str(uuid.uuid4())
        stream = raw.execute(KEPT, operation_id)
        first = [next(stream) for _ in range(taken)]
        stream.cancel()
        rest = list(raw.reattach(operation_id, first[-1].response_id))
        assert rest[-1].HasField("result_complete")
        assert data_of(first) + data_of(rest) == whole
        raw.release(operation_id)


def test_responses_fit_any_client(server):
    raw = Raw(server.url, largest_response=4 << 20)
    batches = [response.arrow_batch for response in raw.execute(WIDE) if response.HasField("arrow_batch")]
    starts = [batch.start_offset for batch in batches]
    assert starts == [sum(batch.row_count for batch in batches[:number]) for number in range(len(batches))]
    assert sum(batch.row_count for batch in batches) == 300000
    raw.release_session()


def test_reattach_from_the_start(raw):
    operation_id = str(uuid.uuid4())
    first = list(raw.execute("SELECT 1 AS a", operation_id))
    again = list(raw.reattach(operation_id))
    assert [response.response_id for response in first] == [response.response_id for response in again]


def test_a_stream_that_is_not_reattachable(raw):
    responses = list(raw.execute("SELECT 1 AS a", reattachable=False))
    assert not responses[-1].HasField("result_complete") and len(data_of(responses)) == 1


def test_unknown_operation(raw):
    list(raw.execute("SELECT 1"))
    assert condition_of(lambda: raw.reattach(str(uuid.uuid4()))) == "INVALID_HANDLE.OPERATION_NOT_FOUND"


def test_unknown_session(server):
    raw = Raw(server.url)
    assert condition_of(lambda: raw.reattach(str(uuid.uuid4()))) == "INVALID_HANDLE.SESSION_NOT_FOUND"


def test_malformed_handles(server):
    assert condition_of(lambda: Raw(server.url, session_id="x").execute("SELECT 1")) == "INVALID_HANDLE.FORMAT"
    assert condition_of(lambda: Raw(server.url).execute("SELECT 1", "x")) == "INVALID_HANDLE.FORMAT"


def test_release_until_forgets_the_responses_before(raw):
    operation_id = str(uuid.uuid4())
    responses = list(raw.execute(KEPT, operation_id))
    raw.release(operation_id, until=responses[1].response_id)
    rest = list(raw.reattach(operation_id, responses[1].response_id))
    assert [response.response_id for response in rest] == [response.response_id for response in responses[2:]]
    assert condition_of(lambda: raw.reattach(operation_id, responses[0].response_id)) == (
        "INVALID_CURSOR.POSITION_NOT_AVAILABLE")


def test_release_forgets_the_operation(raw):
    operation_id = str(uuid.uuid4())
    list(raw.execute("SELECT 1", operation_id))
    assert raw.release(operation_id).operation_id == operation_id
    assert operation_id not in raw.states()
    assert condition_of(lambda: raw.reattach(operation_id)).startswith("INVALID_HANDLE.OPERATION_")
    assert condition_of(lambda: raw.execute("SELECT 1", operation_id)) == "INVALID_HANDLE.OPERATION_ABANDONED"


def test_release_ends_a_running_operation(raw, server):
    operation_id = str(uuid.uuid4())
    stream = raw.execute(ENDLESS, operation_id)
    wait_for_state(raw, operation_id, "RUNNING")
    raw.release(operation_id)
    assert condition_of(lambda: stream) == "OPERATION_CANCELED"
    assert wait_until(lambda: is_idle(server))


def test_release_session(server):
    raw = Raw(server.url)
    list(raw.execute("SELECT 1"))
    raw.release_session()
    raw.release_session()
    assert condition_of(lambda: raw.execute("SELECT 1")) == "INVALID_HANDLE.SESSION_CLOSED"


def test_release_session_ends_its_operations(server):
    raw = Raw(server.url)
    operation_id = str(uuid.uuid4())
    stream = raw.execute(ENDLESS, operation_id)
    wait_for_state(raw, operation_id, "RUNNING")
    raw.release_session()
    assert condition_of(lambda: stream) == "OPERATION_CANCELED"
    assert wait_until(lambda: is_idle(server))


@pytest.mark.parametrize("by", ["tag", "operation", "all"])
def test_interrupt(raw, by):
    operation_id = str(uuid.uuid4())
    stream = raw.execute(ENDLESS, operation_id, tags=["slow"])
    wait_for_state(raw, operation_id, "RUNNING")
    assert raw.interrupt(operation_tag="other") == []
    what = {"tag": {"operation_tag": "slow"}, "operation": {"operation_id": operation_id}, "all": {}}[by]
    assert raw.interrupt(**what) == [operation_id]
    assert condition_of(lambda: stream) == "OPERATION_CANCELED"
    assert raw.states()[operation_id] == "CANCELLED"


def test_interrupt_from_another_thread(spark):
    found = []

    def stop():
        wait_until(lambda: found.extend(spark.interruptTag("endless")) or found)

    spark.addTag("endless")
    thread = threading.Thread(target=stop)
    thread.start()
    try:
        with pytest.raises(PySparkException) as error:
            spark.sql(ENDLESS).collect()
    finally:
        spark.clearTags()
        thread.join()
    assert error.value.getCondition() == "OPERATION_CANCELED" and len(found) == 1
    assert spark.sql("SELECT 1").collect()[0][0] == 1


@pytest.mark.parametrize("reattachable", [False, True])
def test_a_killed_client_frees_its_query(reattachable):
    with Server("--detached-timeout", "2") as server:
        kill_a_client(server, reattachable)


def kill_a_client(server, reattachable):
    session_id = str(uuid.uuid4())
    command = [sys.executable, Path(__file__).with_name("endless_client.py"), server.url, session_id, str(reattachable)]
    client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert client.stdout.readline() == "started\n"
        raw = Raw(server.url, session_id)
        assert wait_until(lambda: list(raw.states().values()) == ["RUNNING"])
    finally:
        client.kill()
        client.wait()
        client.stdout.close()
    assert wait_until(lambda: raw.states() == {}), raw.states()
    assert wait_until(lambda: is_idle(server))


def test_a_query_waits_for_its_client(raw):
    operation_id = str(uuid.uuid4())
    stream = raw.execute("SELECT count(*) FROM range(4000) a CROSS JOIN range(4000) b WHERE a.id * b.id % 7 = 1",
                         operation_id)
    next(stream)
    stream.cancel()
    time.sleep(6)
    rest = list(raw.reattach(operation_id))
    assert rest[-1].HasField("result_complete")


def is_idle(server):
    """The server's threads do nothing for a while."""
    before = cpu_seconds(server.pid)
    time.sleep(0.3)
    return cpu_seconds(server.pid) - before < 0.1


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100
