#include <arrow/record_batch.h>

#include <utility>

#include "exchange/file_output.h"
#include "exchange/flight/cancel_watch.h"
#include "exchange/flight/connections.h"
#include "exchange/flight/heartbeat.h"
#include "exchange/flight/peer_call.h"
#include "exchange/flight/transport.h"
#include "exchange/peers.h"
#include "exchange/read_ahead.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

class LocalSource : public BatchSource {
 public:
  explicit LocalSource(std::shared_ptr<arrow::RecordBatchReader> reader)
      : reader_(std::move(reader)) {}

  std::shared_ptr<arrow::RecordBatch> Next() override {
    std::shared_ptr<arrow::RecordBatch> batch;
    Check(reader_->ReadNext(&batch));
    return batch;
  }

  void Cancel() override {}

 private:
  std::shared_ptr<arrow::RecordBatchReader> reader_;
};

class PeerSource : public BatchSource {
 public:
  PeerSource(std::unique_ptr<PeerCall> call, Heartbeat* heartbeat, const std::string& address)
      : call_(std::move(call)), guard_(heartbeat, address, [this] { call_->Cancel(); }) {}

  std::shared_ptr<arrow::RecordBatch> Next() override {
    try {
      return call_->Next();
    } catch (const SparkError&) {
      if (auto lost = guard_.lost()) throw *lost;
      throw;
    }
  }
  void Cancel() override { call_->Cancel(); }

 private:
  const std::unique_ptr<PeerCall> call_;
  const Heartbeat::Guard guard_;
};

// What readers keep of the peers while they read.
class Sources {
 public:
  Sources(Security security, std::string own_address, std::shared_ptr<OutputStore> store,
          std::shared_ptr<const NodeExchange> exchange)
      : connections_(std::move(security)),
        own_address_(std::move(own_address)),
        store_(std::move(store)),
        exchange_(std::move(exchange)) {}

  std::string Call(const std::string& address, const std::string& name, const std::string& body,
                   const std::atomic<bool>* cancelled) {
    auto is_cancelled = [cancelled] { return cancelled != nullptr && cancelled->load(); };
    if (is_cancelled()) throw SparkError("OPERATION_CANCELED", {});
    PeerCall call(&connections_, address, {Request::Kind::kCall, name});
    CancelWatch::Guard guard(&watch_, cancelled, [&] { call.Cancel(); });
    Heartbeat::Guard beats(&heartbeat_, address, [&] { call.Cancel(); });
    try {
      return call.Reply(body);
    } catch (const SparkError&) {
      if (is_cancelled()) throw SparkError("OPERATION_CANCELED", {});
      if (auto lost = beats.lost()) throw *lost;
      throw;
    }
  }

  std::unique_ptr<BatchSource> Open(const OutputLocation& output, Partitions partitions) {
    if (output.address == own_address_) {
      return std::make_unique<LocalSource>(store_->Open(output.id, partitions));
    }
    if (auto here = OpenHere(output)) return std::make_unique<LocalSource>(here->Open(partitions));
    Request request{Request::Kind::kRead, TicketText(output.id, partitions)};
    auto call = std::make_unique<PeerCall>(&connections_, output.address, request);
    return std::make_unique<PeerSource>(std::move(call), &heartbeat_, output.address);
  }

 private:
  // nullptr: it is on another node, or has moved.
  std::shared_ptr<const FileOutput> OpenHere(const OutputLocation& output) const {
    bool is_here =
        exchange_ != nullptr && !output.path.empty() && output.address == exchange_->address();
    return is_here ? FileOutput::OpenShared(output.id, output.path) : nullptr;
  }

  Connections connections_;
  const std::string own_address_;
  const std::shared_ptr<OutputStore> store_;
  const std::shared_ptr<const NodeExchange> exchange_;
  CancelWatch watch_;
  Heartbeat heartbeat_{&connections_};
};

class FlightPeers : public Peers {
 public:
  explicit FlightPeers(std::shared_ptr<Sources> sources) : sources_(std::move(sources)) {}

  std::string Call(const std::string& address, const std::string& name, const std::string& body,
                   const std::atomic<bool>* cancelled) override {
    return sources_->Call(address, name, body, cancelled);
  }

  std::shared_ptr<arrow::RecordBatchReader> Read(std::shared_ptr<arrow::Schema> schema,
                                                 std::vector<OutputLocation> outputs,
                                                 Partitions partitions) override {
    size_t count = outputs.size();
    auto open = [sources = sources_, outputs = std::move(outputs), partitions](size_t index) {
      return sources->Open(outputs[index], partitions);
    };
    return ReadAhead(std::move(schema), count, std::move(open), {});
  }

 private:
  const std::shared_ptr<Sources> sources_;
};

}  // namespace

std::shared_ptr<Peers> MakeFlightPeers(Security security, std::string own_address,
                                       std::shared_ptr<OutputStore> store,
                                       std::shared_ptr<const NodeExchange> exchange) {
  return std::make_shared<FlightPeers>(std::make_shared<Sources>(
      std::move(security), std::move(own_address), std::move(store), std::move(exchange)));
}

}  // namespace pyrite::exchange
