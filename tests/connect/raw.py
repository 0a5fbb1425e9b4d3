"""The protocol without the client's retries and reattaching: one RPC a call."""
import uuid

import grpc
from pyspark.sql.connect.proto import base_pb2 as proto
from pyspark.sql.connect.proto import base_pb2_grpc

# Takes hours if nobody stops it.
ENDLESS = "SELECT sum(a.id * b.id % 7) AS s FROM range(1000000000) a CROSS JOIN range(1000000000) b"


class Raw:
    """A session on the server, its own one or that of `session_id` and `user_id`."""

    def __init__(self, url, session_id=None, user_id="raw", largest_response=128 << 20, channel=None):
        options = [("grpc.max_receive_message_length", largest_response)]  # 128 MiB is the stock client's
        self.channel = channel or grpc.insecure_channel(url.removeprefix("sc://"), options=options)
        self.stub = base_pb2_grpc.SparkConnectServiceStub(self.channel)
        self.session_id = session_id or str(uuid.uuid4())
        self.user = proto.UserContext(user_id=user_id)

    def request(self, kind, **fields):
        return kind(session_id=self.session_id, user_context=self.user, **fields)

    def execute(self, sql, operation_id=None, reattachable=True, tags=(), chunk_bytes=None):
        """`chunk_bytes`: the client takes large batches in chunks, of that size (0: the server's choice)."""
        make_option = proto.ExecutePlanRequest.RequestOption
        options = [make_option(reattach_options=proto.ReattachOptions(reattachable=reattachable))]
        if chunk_bytes is not None:
            chunking = proto.ResultChunkingOptions(allow_arrow_batch_chunking=True)
            if chunk_bytes:
                chunking.preferred_arrow_chunk_size = chunk_bytes
            options.append(make_option(result_chunking_options=chunking))
        request = self.request(proto.ExecutePlanRequest, operation_id=operation_id or str(uuid.uuid4()),
                               request_options=options, tags=tags)
        request.plan.root.sql.query = sql
        return self.stub.ExecutePlan(request)

    def reattach(self, operation_id, last_response_id=None):
        return self.stub.ReattachExecute(self.request(
            proto.ReattachExecuteRequest, operation_id=operation_id, last_response_id=last_response_id))

    def release(self, operation_id, until=None):
        request = self.request(proto.ReleaseExecuteRequest, operation_id=operation_id)
        if until is None:
            request.release_all.SetInParent()
        else:
            request.release_until.response_id = until
        return self.stub.ReleaseExecute(request)

    def release_session(self):
        return self.stub.ReleaseSession(self.request(proto.ReleaseSessionRequest))

    def interrupt(self, **what):
        kind = "ALL" if not what else "TAG" if "operation_tag" in what else "OPERATION_ID"
        kind = proto.InterruptRequest.InterruptType.Value("INTERRUPT_TYPE_" + kind)
        request = self.request(proto.InterruptRequest, interrupt_type=kind, **what)
        return list(self.stub.Interrupt(request).interrupted_ids)

    def error_details(self, error_id):
        return self.stub.FetchErrorDetails(self.request(proto.FetchErrorDetailsRequest, error_id=error_id))

    def states(self):
        """Operation id -> state, of the operations that the server keeps for the session."""
        request = self.request(proto.GetStatusRequest)
        request.operation_status.SetInParent()
        statuses = self.stub.GetStatus(request).operation_statuses
        name = proto.GetStatusResponse.OperationStatus.OperationState.Name
        return {status.operation_id: name(status.state).removeprefix("OPERATION_STATE_") for status in statuses}


def status_detail(error):
    """(condition, error id) of an RPC's error."""
    from google.rpc import error_details_pb2
    from grpc_status import rpc_status

    for detail in rpc_status.from_call(error).details:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return info.metadata.get("errorClass"), info.metadata.get("errorId")
    return None, None


def data_of(responses):
    """The Arrow batches among the responses, in order."""
    return [response.arrow_batch.data for response in responses if response.HasField("arrow_batch")]
