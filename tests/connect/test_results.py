"""How rows are cut into responses."""
import io

import pyarrow as pa
import pytest

from raw import Raw

LIMIT = 4 << 20  # spark.connect.grpc.arrow.maxBatchSize


@pytest.fixture
def raw(server):
    session = Raw(server.url, largest_response=256 << 20)
    yield session
    session.release_session()


def batches_of(responses):
    return [response.arrow_batch for response in responses if response.HasField("arrow_batch")]


@pytest.mark.parametrize("rows, expression", [
    (3000, "repeat('x', 20000)"),
    (3000, "array(repeat('x', 10000), repeat('y', 10000))"),
    (3000, "transform(sequence(1, 2500), x -> CAST(x AS BIGINT))"),
    (3000, "named_struct('a', map('k', repeat('x', 20000)), 'b', 1)"),
    (3000, "CASE WHEN id % 1000 = 0 THEN repeat('x', 3000000) ELSE 'y' END"),
    (500000, "id"),
])
def test_no_response_is_larger_than_the_limit(raw, rows, expression):
    responses = list(raw.execute(f"SELECT id, {expression} AS wide FROM range({rows})"))
    assert max(response.ByteSize() for response in responses) <= LIMIT
    batches = batches_of(responses)
    start = 0
    for batch in batches:
        assert batch.start_offset == start and batch.row_count > 0
        start += batch.row_count
    assert start == rows
    tables = [pa.ipc.open_stream(io.BytesIO(batch.data)).read_all() for batch in batches]
    assert pa.concat_tables(tables)["id"].to_pylist() == list(range(rows))


def test_a_row_above_the_limit_comes_whole_to_clients_without_chunks(raw):
    batches = batches_of(raw.execute("SELECT repeat('x', 10000000) AS wide"))
    assert len(batches) == 1 and len(batches[0].data) > 10000000
    assert not batches[0].HasField("num_chunks_in_batch")


@pytest.mark.parametrize("size", [0, 1 << 20, 2000])
def test_a_row_above_the_limit_comes_in_chunks(raw, size):
    length = 10000000 if size != 2000 else 50000
    responses = list(raw.execute(f"SELECT 1 AS a, repeat('x', {length}) AS wide", chunk_bytes=size))
    assert max(response.ByteSize() for response in responses) <= LIMIT
    chunks = batches_of(responses)
    assert [chunk.chunk_index for chunk in chunks] == list(range(len(chunks)))
    assert {(chunk.num_chunks_in_batch, chunk.row_count, chunk.start_offset) for chunk in chunks} == {(len(chunks), 1, 0)}
    if size:
        assert max(len(chunk.data) for chunk in chunks) == size
    table = pa.ipc.open_stream(io.BytesIO(b"".join(chunk.data for chunk in chunks))).read_all()
    assert table.to_pylist() == [{"a": 1, "wide": "x" * length}]


def test_a_wide_row_reaches_the_client(spark):
    assert spark.sql("SELECT repeat('x', 20000000) AS wide").collect() == [("x" * 20000000,)]
