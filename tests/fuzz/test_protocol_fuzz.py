"""Mutated requests against a live server: it answers each of them, and lives (make test-all).

The seeds are the plans of the protocol tests and of TPC-H. A mutation changes, cuts, repeats or splices bytes, or swaps subtrees of two messages.
PYRITE_FUZZ_SECONDS (60) is how long, PYRITE_FUZZ_SEED where it begins.
"""
import os
import random
import sys
import time
import uuid
from pathlib import Path

import grpc
import pytest
from google.protobuf import text_format
from google.protobuf.message import DecodeError
from pyspark.sql.connect.proto import base_pb2 as proto

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/connect/protocol"), str(ROOT / "bench/tpch")]

import cases  # noqa: E402
from server import Server  # noqa: E402

METHODS = {"ExecutePlan": True, "AnalyzePlan": False, "Config": False, "Interrupt": False, "ArtifactStatus": False,
           "ReleaseExecute": False, "ReattachExecute": True, "FetchErrorDetails": False, "GetStatus": False}
ANSWER_SECONDS = 5  # some mutated queries are large ones: those are interrupted
# What a server that is well may answer a mutated request with.
SOUND = {grpc.StatusCode.INTERNAL, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED,
         grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNIMPLEMENTED}


def seeds(session):
    """(method, message) of every kind of request."""
    def make(kind, text):
        request = kind(session_id=session, user_context=proto.UserContext(user_id="fuzz"))
        text_format.Merge(text, request)
        return request

    for text in cases.RELATIONS:
        yield "ExecutePlan", make(proto.ExecutePlanRequest, f"plan {{ root {{ {text} }} }}")
        yield "AnalyzePlan", make(proto.AnalyzePlanRequest, f"schema {{ plan {{ root {{ {text} }} }} }}")
    for text in cases.EXPRESSIONS:
        yield "ExecutePlan", make(proto.ExecutePlanRequest, f"plan {{ root {{ project {{ input {{ {cases.R} }} expressions {{ {text} }} }} }} }}")
    for text in cases.COMMANDS:
        if "write_operation" not in text:  # a mutated path is a place on this machine
            yield "ExecutePlan", make(proto.ExecutePlanRequest, f"plan {{ command {{ {text} }} }}")
    for text in cases.ANALYSES:
        yield "AnalyzePlan", make(proto.AnalyzePlanRequest, text)
    for method, text in cases.REQUESTS:
        if method in METHODS:
            kind = {"ArtifactStatus": "ArtifactStatuses"}.get(method, method)
            yield method, make(getattr(proto, kind + "Request"), text)


def mutated_bytes(data, other, rng):
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 4, 16])):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 1 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del data[at:at + rng.choice([1, 2, 8, 64])]
        elif kind == 3:
            data[at:at] = data[at:at + rng.choice([1, 4, 32])] * rng.choice([1, 2, 50])
        elif kind == 4:
            start = rng.randrange(len(other) + 1)
            data[at:at] = other[start:start + rng.choice([2, 8, 64])]
        else:
            data[at:at] = rng.choice([b"\xff" * 9 + b"\x01", b"\x80\x80\x80\x80\x10", b"\x00", b"\xff\xff\xff\xff\x0f"])
    return bytes(data)


def submessages(message):
    """(holder, field, index or None, value) of all messages inside."""
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE or (field.message_type.GetOptions().map_entry):
            continue
        for index, part in enumerate(value) if field.is_repeated else [(None, value)]:
            yield message, field, index, part
            yield from submessages(part)


def swapped(message, other, rng):
    """The message with one of its parts replaced by a part of the same type of another one, or nested in itself."""
    changed = type(message)()
    changed.CopyFrom(message)
    parts = list(submessages(changed))
    rng.shuffle(parts)
    for _, _, _, part in parts:
        fitting = [found for _, _, _, found in submessages(other) if found.DESCRIPTOR == part.DESCRIPTOR and found != part]
        if fitting:
            part.CopyFrom(rng.choice(fitting))
            break
    return changed


def ask(channel, method, data):
    """Sends the bytes as they are. False when the server does not answer as a sound one does."""
    path = f"/spark.connect.SparkConnectService/{method}"
    same = dict(request_serializer=bytes, response_deserializer=bytes)
    try:
        if METHODS[method]:
            for number, _ in enumerate(channel.unary_stream(path, **same)(data, timeout=ANSWER_SECONDS)):
                if number > 50:
                    break
        else:
            channel.unary_unary(path, **same)(data, timeout=ANSWER_SECONDS)
    except grpc.RpcError as error:
        return error.code() in SOUND
    return True


@pytest.mark.fuzz
@pytest.mark.timeout(4000)
def test_mutated_requests(tmp_path):
    seconds = float(os.environ.get("PYRITE_FUZZ_SECONDS", "60"))
    seed = int(os.environ.get("PYRITE_FUZZ_SEED", str(random.randrange(1 << 30))))
    rng, session, sent = random.Random(seed), str(uuid.uuid4()), 0
    print("seed", seed)
    corpus = list(seeds(session))
    with Server("--memory-limit", "1GB", "--detached-timeout", "5", "--spill-dir", str(tmp_path)) as server:
        channel = grpc.insecure_channel(server.url.removeprefix("sc://"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            method, message = rng.choice(corpus)
            _, other = rng.choice(corpus)
            if rng.random() < 0.4:
                try:
                    message = swapped(message, other, rng)
                except (DecodeError, TypeError):
                    continue
            data = message.SerializeToString()
            if rng.random() < 0.8:
                data = mutated_bytes(data, other.SerializeToString(), rng)
            sent += 1
            if not ask(channel, method, data) or not server.alive():
                (tmp_path / "last_request").write_bytes(data)
                assert server.alive(), f"seed {seed}, request {sent} ({method}): the server ended: {server.errors()}\n{data.hex()}"
                pytest.fail(f"seed {seed}, request {sent} ({method}) has no sound answer\n{data.hex()}")
        check = proto.AnalyzePlanRequest(session_id=str(uuid.uuid4()))
        check.spark_version.SetInParent()
        assert ask(channel, "AnalyzePlan", check.SerializeToString())
    print(sent, "requests")
