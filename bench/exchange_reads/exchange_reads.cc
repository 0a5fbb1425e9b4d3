// Reads the same batches in several ways by turns: from a plain Flight server, and from an exchange.
//
//   exchange_reads ROWS.arrow ROUNDS
//
// Prints a line for each way and round: its name, bytes, seconds, seconds of CPU of both sides.
#include <arrow/api.h>
#include <arrow/flight/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/util/byte_size.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>

#include "exchange/output_store.h"
#include "exchange/peers.h"
#include "exchange/status.h"

namespace {

namespace flight = arrow::flight;
using pyrite::exchange::Check;
using namespace pyrite::exchange;

arrow::RecordBatchVector ReadFile(const std::string& path) {
  auto file = Check(arrow::io::ReadableFile::Open(path));
  auto reader = Check(arrow::ipc::RecordBatchFileReader::Open(file));
  arrow::RecordBatchVector batches;
  for (int i = 0; i < reader->num_record_batches(); ++i) {
    batches.push_back(Check(reader->ReadRecordBatch(i)));
  }
  return batches;
}

class PlainServer : public flight::FlightServerBase {
 public:
  explicit PlainServer(arrow::RecordBatchVector batches) : batches_(std::move(batches)) {
    Check(Init(flight::FlightServerOptions(Check(flight::Location::ForGrpcTcp("127.0.0.1", 0)))));
  }
  arrow::Status DoGet(const flight::ServerCallContext&, const flight::Ticket&,
                      std::unique_ptr<flight::FlightDataStream>* stream) override {
    ARROW_ASSIGN_OR_RAISE(auto reader, arrow::RecordBatchReader::Make(batches_));
    *stream = std::make_unique<flight::RecordBatchStream>(reader);
    return arrow::Status::OK();
  }

 private:
  const arrow::RecordBatchVector batches_;
};

int64_t ReadPlain(int port) {
  auto location = Check(flight::Location::ForGrpcTcp("127.0.0.1", port));
  auto client = Check(flight::FlightClient::Connect(location));
  auto stream = Check(client->DoGet(flight::Ticket{"all"}));
  int64_t rows = 0;
  for (auto chunk = Check(stream->Next()); chunk.data != nullptr; chunk = Check(stream->Next())) {
    rows += chunk.data->num_rows();
  }
  return rows;
}

// An exchange that has them as one output, and a node that reads it.
class Exchange {
 public:
  Exchange(const arrow::RecordBatchVector& batches, int64_t memory_bytes,
           const std::string& folder)
      : schema_(batches[0]->schema()),
        store_(std::make_shared<OutputStore>(StoreOptions{memory_bytes, folder})),
        node_(FlightNode::Start({}, store_, nullptr)) {
    auto output = store_->Create(id_, schema_, 1);
    for (const auto& batch : batches) output->Append(0, batch);
    output->Finish();
    here_->Set(address());
  }

  int64_t Read(bool is_same_node) const {
    auto peers = Peers::Make({}, "", nullptr, is_same_node ? here_ : nullptr);
    auto reader = peers->Read(schema_, {{address(), id_, store_->SharedPath(id_)}}, {0, 1});
    int64_t rows = 0;
    std::shared_ptr<arrow::RecordBatch> batch;
    for (Check(reader->ReadNext(&batch)); batch != nullptr; Check(reader->ReadNext(&batch))) {
      rows += batch->num_rows();
    }
    return rows;
  }

 private:
  std::string address() const { return "127.0.0.1:" + std::to_string(node_->port()); }

  const TaskId id_{"bench", 0, 0, 0};
  const std::shared_ptr<arrow::Schema> schema_;
  const std::shared_ptr<OutputStore> store_;
  const std::unique_ptr<FlightNode> node_;
  const std::shared_ptr<NodeExchange> here_ = std::make_shared<NodeExchange>();
};

double CpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Way {
  const char* name;
  std::function<int64_t()> read;
};

void Measure(const Way& way, int64_t rows, int64_t bytes) {
  double cpu = CpuSeconds();
  auto begun = std::chrono::steady_clock::now();
  if (way.read() != rows) throw std::runtime_error(std::string(way.name) + ": rows are missing");
  std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  std::cout << way.name << "\t" << bytes << "\t" << seconds.count() << "\t" << CpuSeconds() - cpu
            << std::endl;
}

void Run(const std::string& path, int rounds) {
  auto batches = ReadFile(path);
  int64_t rows = 0, bytes = 0;
  for (const auto& batch : batches) {
    rows += batch->num_rows();
    bytes += Check(arrow::util::ReferencedBufferSize(*batch));
  }
  auto folder = std::filesystem::path(path).parent_path().string();
  PlainServer plain(batches);
  Exchange memory(batches, int64_t{1} << 40, folder), files(batches, 0, folder);
  const std::vector<Way> ways = {
      {"plain", [&] { return ReadPlain(plain.port()); }},
      {"memory", [&] { return memory.Read(false); }},
      {"files", [&] { return files.Read(false); }},
      {"memory, same node", [&] { return memory.Read(true); }},
      {"files, same node", [&] { return files.Read(true); }},
  };
  for (int round = 0; round < rounds; ++round) {
    for (const Way& way : ways) Measure(way, rows, bytes);
  }
  Check(plain.Shutdown());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: exchange_reads ROWS.arrow ROUNDS\n";
    return 2;
  }
  try {
    Run(arguments[1], std::stoi(arguments[2]));
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
