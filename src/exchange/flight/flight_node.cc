#include <arrow/flight/server.h>
#include <arrow/record_batch.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "base/errors.h"
#include "exchange/flight/call_message.h"
#include "exchange/flight/flight_errors.h"
#include "exchange/flight/security.h"
#include "exchange/flight/transport.h"
#include "exchange/node.h"
#include "exchange/status.h"
#include "exchange/ticket.h"

namespace pyrite::exchange {
namespace {

namespace flight = arrow::flight;

// How long calls may go on that do not look at `cancelled` while the node stops.
constexpr std::chrono::seconds kStopPatience(1);

// What a caller reads, until the node stops.
class UntilStop : public arrow::RecordBatchReader {
 public:
  UntilStop(std::shared_ptr<arrow::RecordBatchReader> reader, const std::atomic<bool>& stopping)
      : reader_(std::move(reader)), stopping_(stopping) {}

  std::shared_ptr<arrow::Schema> schema() const override { return reader_->schema(); }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    return stopping_ ? StoppingStatus() : reader_->ReadNext(batch);
  }

 private:
  std::shared_ptr<arrow::RecordBatchReader> reader_;
  const std::atomic<bool>& stopping_;
};

class FlightService : public flight::FlightServerBase {
 public:
  FlightService(std::shared_ptr<OutputStore> store, ActionHandler handler)
      : store_(std::move(store)), handler_(std::move(handler)) {}

  void BeginStop() { stopping_ = true; }

  arrow::Status DoGet(const flight::ServerCallContext& context, const flight::Ticket& ticket,
                      std::unique_ptr<flight::FlightDataStream>* stream) override {
    try {
      *stream = std::make_unique<flight::RecordBatchStream>(Open(ticket.ticket), WriteOptions());
      return arrow::Status::OK();
    } catch (...) {
      return FlightStatus(CurrentError());
    }
  }

  arrow::Status DoAction(const flight::ServerCallContext& context, const flight::Action& action,
                         std::unique_ptr<flight::ResultStream>* results) override {
    try {
      std::string reply = Call(context, action.type, action.body->ToString());
      if (stopping_) return StoppingStatus();
      flight::Result result{arrow::Buffer::FromString(std::move(reply))};
      *results = std::make_unique<flight::SimpleResultStream>(std::vector{std::move(result)});
      return arrow::Status::OK();
    } catch (...) {
      return stopping_ ? StoppingStatus() : FlightStatus(CurrentError());
    }
  }

  // See call_message.h.
  arrow::Status DoExchange(const flight::ServerCallContext& context,
                           std::unique_ptr<flight::FlightMessageReader> reader,
                           std::unique_ptr<flight::FlightMessageWriter> writer) override {
    std::shared_ptr<arrow::Buffer> failure;
    try {
      Request request = ParseRequest(reader->descriptor().cmd);
      if (request.kind == Request::Kind::kRead) {
        ARROW_RETURN_NOT_OK(Send(request.subject, writer.get()));
      } else if (request.kind == Request::Kind::kPing) {
        ARROW_RETURN_NOT_OK(writer->WriteMetadata(ReplyMessage("")));
      } else {
        ARROW_ASSIGN_OR_RAISE(auto body, reader->Next());
        std::string reply = Call(context, request.subject, ReadBody(body.app_metadata));
        if (!stopping_) ARROW_RETURN_NOT_OK(writer->WriteMetadata(ReplyMessage(reply)));
      }
    } catch (...) {
      failure = ErrorMessage(CurrentError());
    }
    if (stopping_) return StoppingStatus();
    return failure == nullptr ? arrow::Status::OK() : writer->WriteMetadata(failure);
  }

 private:
  static arrow::ipc::IpcWriteOptions WriteOptions() {
    auto options = arrow::ipc::IpcWriteOptions::Defaults();
    options.use_threads = false;
    return options;
  }

  std::shared_ptr<arrow::RecordBatchReader> Open(const std::string& text) const {
    Ticket ticket = ParseTicket(text);
    return std::make_shared<UntilStop>(store_->Open(ticket.id, ticket.partitions), stopping_);
  }

  std::string Call(const flight::ServerCallContext& context, const std::string& name,
                   const std::string& body) const {
    return handler_(name, body, [&] { return stopping_ || context.is_cancelled(); });
  }

  // Raises what reading the output raises; fails when the caller is gone.
  arrow::Status Send(const std::string& ticket, flight::FlightMessageWriter* writer) const {
    auto batches = Open(ticket);
    ARROW_RETURN_NOT_OK(writer->Begin(batches->schema(), WriteOptions()));
    while (!stopping_) {
      std::shared_ptr<arrow::RecordBatch> batch;
      Check(batches->ReadNext(&batch));
      if (batch == nullptr) break;
      ARROW_RETURN_NOT_OK(writer->WriteRecordBatch(*batch));
    }
    return writer->Close();
  }

  const std::shared_ptr<OutputStore> store_;
  const ActionHandler handler_;
  std::atomic<bool> stopping_ = false;
};

class RunningNode : public FlightNode {
 public:
  RunningNode(const NodeOptions& options, std::shared_ptr<OutputStore> store, ActionHandler handler)
      : service_(std::move(store), std::move(handler)) {
    if (!service_.Init(ServerOptionsOf(options)).ok()) {
      throw SparkError("SERVER_CANNOT_LISTEN.PYRITE",
                       {{"address", options.host + ":" + std::to_string(options.port)}});
    }
  }

  ~RunningNode() override { Stop(); }

  int port() const override { return service_.port(); }

  void Stop() override {
    service_.BeginStop();
    if (stopped_.exchange(true)) return;
    auto deadline = std::chrono::system_clock::now() + kStopPatience;
    static_cast<void>(service_.Shutdown(&deadline));
  }

 private:
  FlightService service_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace

std::unique_ptr<FlightNode> StartFlightNode(const NodeOptions& options,
                                            std::shared_ptr<OutputStore> store,
                                            ActionHandler handler) {
  return std::make_unique<RunningNode>(options, std::move(store), std::move(handler));
}

}  // namespace pyrite::exchange
