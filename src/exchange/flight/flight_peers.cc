#include <arrow/record_batch.h>

#include <utility>

#include "exchange/flight/cancel_watch.h"
#include "exchange/flight/connections.h"
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
  explicit PeerSource(std::unique_ptr<PeerCall> call) : call_(std::move(call)) {}

  std::shared_ptr<arrow::RecordBatch> Next() override { return call_->Next(); }
  void Cancel() override { call_->Cancel(); }

 private:
  std::unique_ptr<PeerCall> call_;
};

// What readers keep of the peers while they read.
class Sources {
 public:
  Sources(Security security, std::string own_address, std::shared_ptr<OutputStore> store)
      : connections_(std::move(security)),
        own_address_(std::move(own_address)),
        store_(std::move(store)) {}

  std::string Call(const std::string& address, const std::string& name, const std::string& body,
                   const std::atomic<bool>* cancelled) {
    auto is_cancelled = [cancelled] { return cancelled != nullptr && cancelled->load(); };
    if (is_cancelled()) throw SparkError("OPERATION_CANCELED", {});
    try {
      PeerCall call(&connections_, address, {Request::Kind::kCall, name, body});
      CancelWatch::Guard guard(&watch_, cancelled, [&] { call.Cancel(); });
      return call.Reply();
    } catch (const SparkError&) {
      if (is_cancelled()) throw SparkError("OPERATION_CANCELED", {});
      throw;
    }
  }

  std::unique_ptr<BatchSource> Open(const OutputLocation& output, Partitions partitions) {
    if (output.address == own_address_) {
      return std::make_unique<LocalSource>(store_->Open(output.id, partitions));
    }
    return std::make_unique<PeerSource>(std::make_unique<PeerCall>(
        &connections_, output.address,
        Request{Request::Kind::kRead, TicketText(output.id, partitions), ""}));
  }

 private:
  Connections connections_;
  const std::string own_address_;
  const std::shared_ptr<OutputStore> store_;
  CancelWatch watch_;
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
                                       std::shared_ptr<OutputStore> store) {
  return std::make_shared<FlightPeers>(
      std::make_shared<Sources>(std::move(security), std::move(own_address), std::move(store)));
}

}  // namespace pyrite::exchange
