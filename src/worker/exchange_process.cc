#include "worker/exchange_process.h"

#include <algorithm>

#include "base/errors.h"
#include "exchange/output_store.h"
#include "worker/leases.h"
#include "worker/task.h"
#include "worker/worker.h"

namespace pyrite::worker {
namespace {

class FlightExchange : public ExchangeProcess {
 public:
  FlightExchange(const exchange::NodeOptions& options, const exchange::StoreOptions& store)
      : memory_of_worker_(store.memory_bytes),
        store_(std::make_shared<exchange::OutputStore>(store)),
        node_(exchange::FlightNode::Start(options, store_,
                                          [this](const std::string& name, const std::string& body,
                                                 auto&&) { return Act(name, body); })),
        address_(options.host + ":" + std::to_string(node_->port())) {}

  std::string address() const override { return address_; }
  size_t outputs() const override { return store_->outputs(); }
  void SetWorkers(int count) override { store_->SetMemory(memory_of_worker_ * std::max(count, 1)); }
  void Stop() override { node_->Stop(); }

 private:
  std::string Act(const std::string& name, const std::string& body) {
    if (name == kAdoptOutput) return Adopt(DecodeAdoption(body));
    if (name == kDropQuery) {
      leases_.Remove(body);
      store_->Drop(body);
      return "";
    }
    if (name == kDescribe) {
      if (!body.empty()) leases_.Renew(DecodeBeat(body));
      return Encode(Describe());
    }
    throw errors::Internal("an exchange has no action " + name);
  }

  std::string Adopt(const Adoption& adoption) {
    const exchange::OutputLocation& output = adoption.output;
    leases_.Add(output.id.query);
    if (adoption.keeps) store_->Retain(output.id.query);
    store_->Adopt(output.id, output.path);
    return store_->SharedPath(output.id);
  }

  WorkerInfo Describe() const {
    WorkerInfo info;
    info.build = BuildId();
    info.output_bytes = store_->memory_bytes() + store_->file_bytes();
    info.outputs = store_->outputs();
    return info;
  }

  const int64_t memory_of_worker_;
  const std::shared_ptr<exchange::OutputStore> store_;
  Leases leases_{[this](const std::string& query) { store_->Drop(query); }};
  const std::unique_ptr<exchange::FlightNode> node_;  // its calls use all of the above
  const std::string address_;
};

}  // namespace

std::unique_ptr<ExchangeProcess> ExchangeProcess::Start(const exchange::NodeOptions& options,
                                                        const exchange::StoreOptions& store) {
  return std::make_unique<FlightExchange>(options, store);
}

}  // namespace pyrite::worker
