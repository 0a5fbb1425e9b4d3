"""Messages that today's client does not send, or not so: old forms of local data, large requests, clones."""
import hashlib
import io
import uuid
import zlib

import grpc
import pyarrow as pa
import pytest
from pyspark.sql.connect.proto import base_pb2 as proto
from pyspark.sql.connect.proto import relations_pb2

from raw import Raw, data_of, status_detail


@pytest.fixture
def raw(server):
    channel = grpc.insecure_channel(server.url.removeprefix("sc://"), options=[
        ("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)])
    session = Raw(server.url, channel=channel)
    yield session
    session.release_session()


def stream_of(table):
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def run(raw, relation):
    request = raw.request(proto.ExecutePlanRequest)
    request.plan.root.CopyFrom(relation)
    return [row for data in data_of(raw.stub.ExecutePlan(request)) for row in pa.ipc.open_stream(data).read_all().to_pylist()]


def upload(raw, name, data):
    request = raw.request(proto.AddArtifactsRequest)
    artifact = request.batch.artifacts.add(name=name)
    artifact.data.data, artifact.data.crc = data, zlib.crc32(data)
    answer = raw.stub.AddArtifacts(iter([request]))
    assert [found.is_crc_successful for found in answer.artifacts] == [True]


def test_cached_local_relation(raw):
    """As clients before 4.1 send large local data: the whole relation is one artifact."""
    local = relations_pb2.LocalRelation(data=stream_of(pa.table({"n": [1, 2, 3]})), schema="n bigint")
    data = local.SerializeToString()
    name = hashlib.sha256(data).hexdigest()
    upload(raw, "cache/" + name, data)
    relation = relations_pb2.Relation()
    relation.cached_local_relation.hash = name
    assert run(raw, relation) == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_cached_local_relation_that_is_none(raw):
    upload(raw, "cache/x", b"\x0a\xff garbage")
    relation = relations_pb2.Relation()
    relation.cached_local_relation.hash = "x"
    with pytest.raises(grpc.RpcError) as error:
        run(raw, relation)
    assert status_detail(error.value)[0].startswith("CONNECT_INVALID_PLAN.")


def test_a_request_of_hundreds_of_megabytes(raw):
    table = pa.table({"text": pa.array(["x" * 1_000_000] * 200)})
    relation = relations_pb2.Relation()
    relation.aggregate.group_type = relations_pb2.Aggregate.GROUP_TYPE_GROUPBY
    relation.aggregate.input.local_relation.data = stream_of(table)
    alias = relation.aggregate.aggregate_expressions.add().alias
    alias.name.append("total")
    alias.expr.expression_string.expression = "sum(length(text))"
    assert run(raw, relation) == [{"total": 200_000_000}]


def test_clone(raw, server):
    view = raw.request(proto.ExecutePlanRequest)
    view.plan.command.create_dataframe_view.input.range.end = 3
    view.plan.command.create_dataframe_view.input.range.step = 1
    view.plan.command.create_dataframe_view.name = "cloned"
    list(raw.stub.ExecutePlan(view))
    wanted = str(uuid.uuid4())
    answer = raw.stub.CloneSession(raw.request(proto.CloneSessionRequest, new_session_id=wanted))
    assert answer.new_session_id == wanted and answer.new_server_side_session_id
    clone = Raw(server.url, session_id=wanted)
    assert len(data_of(clone.execute("SELECT * FROM cloned"))) == 1
    list(clone.execute("DROP VIEW cloned"))
    assert len(data_of(raw.execute("SELECT * FROM cloned"))) == 1
    clone.release_session()
    with pytest.raises(grpc.RpcError) as error:
        raw.stub.CloneSession(raw.request(proto.CloneSessionRequest, new_session_id=wanted))
    assert status_detail(error.value)[0] == "INVALID_CLONE_SESSION_REQUEST.TARGET_SESSION_ID_ALREADY_CLOSED"


def test_progress_of_a_long_query(server):
    raw = Raw(server.url)
    stream = raw.execute("SELECT count(*) FROM range(100000) a CROSS JOIN range(100000) b WHERE a.id * b.id % 7 = 1")
    for response in stream:
        if response.HasField("execution_progress"):
            stage = response.execution_progress.stages[0]
            assert 0 <= stage.num_completed_tasks <= stage.num_tasks and not stage.done
            break
    else:
        pytest.fail("no progress")
    raw.interrupt()
    raw.release_session()
