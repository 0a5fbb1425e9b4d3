// The commands of df.writeStream, StreamingQuery and spark.streams. Each fills in its response.
#pragma once

#include "connect/proto.h"
#include "streaming/query_manager.h"

namespace pyrite::connect {

void RunStreaming(const proto::WriteStreamOperationStart& command, streaming::QueryManager& queries,
                  proto::ExecutePlanResponse* response);
void RunStreaming(const proto::StreamingQueryCommand& command, streaming::QueryManager& queries,
                  proto::ExecutePlanResponse* response);
void RunStreaming(const proto::StreamingQueryManagerCommand& command,
                  streaming::QueryManager& queries, proto::ExecutePlanResponse* response);

void ToProto(const streaming::ListenerEvent& event, proto::ExecutePlanResponse* response);

}  // namespace pyrite::connect
