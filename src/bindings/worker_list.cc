// What the workers of a cluster say of themselves: `pyrite workers`.
#include <nanobind/stl/string.h>

#include <future>
#include <vector>

#include "bindings/bindings.h"
#include "bindings/cluster_arguments.h"
#include "worker/worker.h"

namespace pyrite::bindings {
namespace {

struct Answer {
  std::string address;
  worker::WorkerInfo info;
  std::string error;  // why there is none
};

worker::WorkerInfo Describe(exchange::Peers& peers, const std::string& address) {
  return worker::DecodeWorkerInfo(peers.Call(address, worker::kDescribe, ""));
}

Answer Ask(exchange::Peers& peers, const std::string& address) {
  try {
    worker::WorkerInfo info = Describe(peers, address);
    if (!info.exchange.empty()) {
      info.output_bytes += Describe(peers, info.exchange).output_bytes;
    }
    return {address, info, ""};
  } catch (const SparkError& error) {
    return {address, {}, error.message()};
  }
}

std::vector<Answer> AskAll(const ClusterArguments& arguments) {
  auto addresses = cluster::MakeResolver(arguments.workers)->Addresses();
  auto peers = exchange::Peers::Make(arguments.options.node.security, "", nullptr);
  std::vector<std::future<Answer>> asked;
  for (const std::string& address : addresses) {
    asked.push_back(std::async(std::launch::async, [&] { return Ask(*peers, address); }));
  }
  std::vector<Answer> answers;
  for (auto& answer : asked) answers.push_back(answer.get());
  return answers;
}

nanobind::dict ToDict(const Answer& answer) {
  nanobind::dict row;
  row["address"] = answer.address;
  row["error"] = answer.error;
  row["threads"] = answer.info.threads;
  row["memory_limit"] = answer.info.memory_limit;
  row["memory_used"] = answer.info.memory_used;
  row["output_bytes"] = answer.info.output_bytes;
  row["running"] = answer.info.running;
  row["waiting"] = answer.info.waiting;
  row["is_draining"] = answer.info.is_draining;
  row["exchange"] = answer.info.exchange;
  return row;
}

nanobind::list DescribeWorkers(const nanobind::kwargs& cluster) {
  ClusterArguments arguments = ReadClusterArguments(cluster);
  std::vector<Answer> answers;
  {
    nanobind::gil_scoped_release release;
    answers = AskAll(arguments);
  }
  nanobind::list rows;
  for (const Answer& answer : answers) rows.append(ToDict(answer));
  return rows;
}

}  // namespace

void AddWorkerList(nanobind::module_& module) {
  using namespace nanobind::literals;
  module.def("describe_workers", &DescribeWorkers, "cluster"_a);
}

}  // namespace pyrite::bindings
