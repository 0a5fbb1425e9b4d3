"""Sends the requests of cases.py, each RPC without the client's retries; returns [[case, {"value": ...} or {"error": [...]}], ...]."""
import re
import uuid
import zlib

import cases
import grpc
from google.protobuf import text_format
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from pyspark.sql.connect.proto import base_pb2 as proto

IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Sender:
    def __init__(self, spark):
        self.stub = spark.client._stub
        self.session_id, self.user = str(uuid.uuid4()), proto.UserContext(user_id="protocol")

    def request(self, kind, text):
        request = kind(session_id=self.session_id, user_context=self.user)
        text_format.Merge(text, request)
        return request

    def outcome(self, act):
        try:
            return {"value": act()}
        except grpc.RpcError as error:
            status = rpc_status.from_call(error)
            for detail in status.details if status else []:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return {"error": [info.metadata.get("errorClass", ""), info.metadata.get("sqlState", "")]}
            return {"error": ["", ""]}

    def execute(self, text):
        """The kinds of responses, and the rows' bytes by their number."""
        request = self.request(proto.ExecutePlanRequest, text)
        kinds, rows = [], 0
        for response in self.stub.ExecutePlan(request, timeout=60):
            kind = response.WhichOneof("response_type")
            rows += response.arrow_batch.row_count
            if kind is None and response.HasField("schema"):
                kind = "schema"
            if kind not in kinds and kind not in (None, "metrics", "execution_progress"):
                kinds.append(kind)
        return {"responses": sorted(kinds), "rows": rows}

    def unary(self, method, text):
        kind = {"Config": "Config", "Interrupt": "Interrupt", "AnalyzePlan": "AnalyzePlan", "ArtifactStatus": "ArtifactStatuses",
                "FetchErrorDetails": "FetchErrorDetails", "ReleaseExecute": "ReleaseExecute", "GetStatus": "GetStatus",
                "CloneSession": "CloneSession"}[method]
        answer = getattr(self.stub, method)(self.request(getattr(proto, kind + "Request"), text), timeout=60)
        for field in ("session_id", "server_side_session_id", "new_server_side_session_id"):
            if field in answer.DESCRIPTOR.fields_by_name:
                answer.ClearField(field)
        if method == "Config":  # their wording is free
            conditions = [re.match(r".*?\[([\w.]+)", warning).group(1) for warning in answer.warnings]
            del answer.warnings[:]
            answer.warnings.extend(conditions)
        if method == "AnalyzePlan" and answer.WhichOneof("result") in ("explain", "semantic_hash"):
            return answer.WhichOneof("result")
        return IDS.sub("ID", text_format.MessageToString(answer))

    def request_of(self, method, text):
        if method == "ExecutePlan":
            return self.execute(text)
        if method == "ReattachExecute":
            return len(list(self.stub.ReattachExecute(self.request(proto.ReattachExecuteRequest, text), timeout=60)))
        return self.unary(method, text)

    def upload(self, texts):
        answer = self.stub.AddArtifacts(iter([self.upload_request(text) for text in texts]), timeout=60)
        return [[artifact.name, artifact.is_crc_successful] for artifact in answer.artifacts]

    def upload_request(self, text):
        request = self.request(proto.AddArtifactsRequest, text)
        chunks = [artifact.data for artifact in request.batch.artifacts] if request.HasField("batch") else []
        chunks += [request.begin_chunk.initial_chunk] if request.HasField("begin_chunk") else []
        chunks += [request.chunk] if request.HasField("chunk") else []
        for chunk in chunks:
            if chunk.crc == -1:
                chunk.crc = zlib.crc32(chunk.data)
        return request


def main(spark):
    sender, answers = Sender(spark), []

    def ask(name, act, *arguments):
        name = name.strip()
        before = sum(case == name or case.startswith(name + " (again") for case, _ in answers)
        answers.append([f"{name} (again {before})" if before else name, sender.outcome(lambda: act(*arguments))])

    for text in cases.RELATIONS:
        ask("relation " + text, sender.execute, f"plan {{ root {{ {text} }} }}")
    for text in cases.EXPRESSIONS:
        ask("expression " + text, sender.execute,
            f"plan {{ root {{ project {{ input {{ {cases.R} }} expressions {{ {text} }} }} }} }}")
    for text in cases.COMMANDS:
        ask("command " + text, sender.execute, f"plan {{ command {{ {text} }} }}")
    for text in cases.ANALYSES:
        ask("analysis " + text, sender.unary, "AnalyzePlan", text)
    for method, text in cases.REQUESTS:
        ask(f"{method} {text}", sender.request_of, method, text)
    for texts in cases.UPLOADS:
        ask("upload " + " ".join(texts), sender.upload, texts)
    for name in ("files/a.txt", "cache/h", "jars/a.jar", "files/c", "files/e"):
        ask("uploaded " + name, sender.unary, "ArtifactStatus", f"names: '{name}'")
    return answers
