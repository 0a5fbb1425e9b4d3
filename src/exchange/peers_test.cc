#include "exchange/peers.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/errors.h"
#include "exchange/test_types.h"

namespace pyrite::exchange {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string Echo(const std::string& name, const std::string& body, const std::function<bool()>&) {
  return name + ": " + body;
}

// A node whose outputs another one reads.
class PeersTest : public ::testing::Test {
 protected:
  void Start(ActionHandler handler = Echo) {
    node_ = FlightNode::Start({}, store_, std::move(handler));
    address_ = "127.0.0.1:" + std::to_string(node_->port());
  }

  // One output for each vector, its partitions.
  void Add(int task, std::vector<arrow::RecordBatchVector> partitions,
           std::shared_ptr<arrow::Schema> schema = NumberSchema()) {
    TaskId id{"q", 0, task, 0};
    auto output = store_->Create(id, std::move(schema), static_cast<int>(partitions.size()));
    for (size_t i = 0; i < partitions.size(); ++i) {
      for (const auto& batch : partitions[i]) output->Append(static_cast<int>(i), batch);
    }
    output->Finish();
    outputs_.push_back({address_, id});
  }

  std::shared_ptr<OutputStore> store_ = std::make_shared<OutputStore>(StoreOptions{});
  std::unique_ptr<FlightNode> node_;
  std::string address_;
  std::vector<OutputLocation> outputs_;
  std::shared_ptr<Peers> peers_ = Peers::Make({}, "127.0.0.1:1", nullptr);
};

TEST_F(PeersTest, ReadsOutputsInOrder) {
  Start();
  for (int task = 0; task < 10; ++task) {
    Add(task, {{Numbers(0, 1)},
               {Numbers(task * 20, task * 20 + 10)},
               {},
               {Numbers(task * 20 + 10, task * 20 + 20)}});
  }
  auto reader = peers_->Read(NumberSchema(), outputs_, {1, 4});
  EXPECT_EQ(ReadNumbers(reader.get()), Range(0, 200));
}

TEST_F(PeersTest, ReadsNothingFromEmptyOutputs) {
  Start();
  Add(0, {{}, {}});
  Add(1, {{Numbers(0, 0)}, {}});
  EXPECT_EQ(ReadNumbers(peers_->Read(NumberSchema(), outputs_, {0, 2}).get()), Range(0, 0));
  EXPECT_EQ(ReadNumbers(peers_->Read(NumberSchema(), {}, {0, 2}).get()), Range(0, 0));
}

TEST_F(PeersTest, ReadsAllTypes) {
  Start();
  auto first = ManyTypesRows(0, 50), second = ManyTypesRows(50, 60);
  Add(0, {{first, second}, {}}, ManyTypesSchema());
  auto batches = ReadAll(peers_->Read(ManyTypesSchema(), outputs_, {0, 2}).get());
  ASSERT_EQ(batches.size(), 2u);
  EXPECT_TRUE(batches[0]->Equals(*first)) << batches[0]->ToString();
  EXPECT_TRUE(batches[1]->Equals(*second)) << batches[1]->ToString();
}

TEST_F(PeersTest, ReadsRowsWithoutColumns) {
  Start();
  auto schema = arrow::schema(arrow::FieldVector{});
  Add(0, {{arrow::RecordBatch::Make(schema, 7, arrow::ArrayVector{})}}, schema);
  auto batches = ReadAll(peers_->Read(schema, outputs_, {0, 1}).get());
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0]->num_rows(), 7);
}

TEST_F(PeersTest, ReadsItsOwnOutputsFromTheStore) {
  Start();
  auto batch = Numbers(0, 10);
  Add(0, {{batch}});
  auto own = Peers::Make({}, address_, store_);
  node_->Stop();
  auto batches = ReadAll(own->Read(NumberSchema(), outputs_, {0, 1}).get());
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_TRUE(batches[0]->Equals(*batch));
}

TEST_F(PeersTest, ReadsTheOutputsOfItsNodeWhereTheyLie) {
  Start();
  Add(0, {{Numbers(0, 10)}});
  outputs_[0].path = store_->SharedPath(outputs_[0].id);
  auto exchange = std::make_shared<NodeExchange>();
  exchange->Set(address_);
  auto neighbour = Peers::Make({}, "127.0.0.1:1", nullptr, exchange);
  node_->Stop();
  EXPECT_EQ(ReadNumbers(neighbour->Read(NumberSchema(), outputs_, {0, 1}).get()), Range(0, 10));
}

TEST_F(PeersTest, AsksForWhatHasMovedSince) {
  Start();
  Add(0, {{Numbers(0, 10)}});
  Add(1, {{Numbers(10, 20)}});
  outputs_[0].path = store_->SharedPath(outputs_[1].id);
  outputs_[1].path = "/proc/self/fd/0";
  auto exchange = std::make_shared<NodeExchange>();
  exchange->Set(address_);
  auto neighbour = Peers::Make({}, "127.0.0.1:1", nullptr, exchange);
  EXPECT_EQ(ReadNumbers(neighbour->Read(NumberSchema(), outputs_, {0, 1}).get()), Range(0, 20));
}

TEST_F(PeersTest, AMissingOutputIsTold) {
  Start();
  Add(0, {{Numbers(0, 10)}});
  outputs_.push_back({address_, {"q", 0, 1, 0}});
  auto reader = peers_->Read(NumberSchema(), outputs_, {0, 1});
  SparkError error = ErrorOf([&] { ReadAll(reader.get()); });
  EXPECT_EQ(error.condition(), "TASK_OUTPUT_MISSING.PYRITE");
  EXPECT_EQ(error.parameters().at("output"), "q/0/1/0");
}

TEST_F(PeersTest, OtherColumnsAreAnError) {
  Start();
  Add(0, {{Numbers(0, 10)}});
  auto wanted = arrow::schema({arrow::field("number", arrow::utf8())});
  auto reader = peers_->Read(wanted, outputs_, {0, 1});
  EXPECT_EQ(ErrorOf([&] { ReadAll(reader.get()); }).condition(), "INTERNAL_ERROR");
}

TEST_F(PeersTest, CallsAnAction) {
  Start();
  EXPECT_EQ(peers_->Call(address_, "greet", "you"), "greet: you");
  EXPECT_EQ(peers_->Call(address_, "", ""), ": ");
  std::string large(10 << 20, '\xff');
  EXPECT_EQ(peers_->Call(address_, "large", large), "large: " + large);
}

TEST_F(PeersTest, AHandlersErrorArrivesWhole) {
  QueryContext context{.object_type = "VIEW",
                       .object_name = "v",
                       .start_index = 7,
                       .stop_index = 9,
                       .fragment = "a/b",
                       .summary = std::string(50000, '=')};
  SparkError thrown = SparkError("DIVIDE_BY_ZERO", {{"config", "\"x\""}}).WithContext(context);
  Start([&](auto&&...) -> std::string { throw thrown; });
  SparkError error = ErrorOf([&] { peers_->Call(address_, "run", ""); });
  EXPECT_EQ(error.condition(), "DIVIDE_BY_ZERO");
  EXPECT_EQ(error.message(), thrown.message());
  EXPECT_EQ(error.parameters(), thrown.parameters());
  ASSERT_EQ(error.contexts().size(), 1u);
  EXPECT_EQ(error.contexts()[0].summary, context.summary);
}

TEST_F(PeersTest, AHandlersOtherExceptionIsInternal) {
  Start([](auto&&...) -> std::string { throw std::out_of_range("no such thing"); });
  SparkError error = ErrorOf([&] { peers_->Call(address_, "run", ""); });
  EXPECT_EQ(error.condition(), "INTERNAL_ERROR");
  EXPECT_NE(error.message().find("no such thing"), std::string::npos);
}

TEST_F(PeersTest, ACancelledCallEndsOnBothSides) {
  std::atomic<bool> running = false, noticed = false;
  Start([&](auto&&, auto&&, const std::function<bool()>& cancelled) -> std::string {
    running = true;
    while (!cancelled()) std::this_thread::sleep_for(milliseconds(5));
    noticed = true;
    return "";
  });
  std::atomic<bool> cancelled = false;
  std::thread canceller([&] {
    while (!running) std::this_thread::sleep_for(milliseconds(5));
    cancelled = true;
  });
  auto start = steady_clock::now();
  SparkError error = ErrorOf([&] { peers_->Call(address_, "wait", "", &cancelled); });
  EXPECT_LT(steady_clock::now() - start, milliseconds(1000));
  EXPECT_EQ(error.condition(), "OPERATION_CANCELED");
  canceller.join();
  for (int i = 0; i < 200 && !noticed; ++i) std::this_thread::sleep_for(milliseconds(5));
  EXPECT_TRUE(noticed);
}

TEST_F(PeersTest, APeerThatIsNotThereIsLost) {
  Start();
  Add(0, {{Numbers(0, 10)}});
  node_.reset();
  SparkError error = ErrorOf([&] { peers_->Call(address_, "greet", "you"); });
  EXPECT_EQ(error.condition(), "WORKER_LOST.PYRITE");
  EXPECT_EQ(error.parameters().at("worker"), address_);
  auto reader = peers_->Read(NumberSchema(), outputs_, {0, 1});
  EXPECT_EQ(ErrorOf([&] { ReadAll(reader.get()); }).condition(), "WORKER_LOST.PYRITE");
}

TEST_F(PeersTest, APeerThatComesBackIsFoundAgain) {
  Start();
  int port = node_->port();
  EXPECT_EQ(peers_->Call(address_, "greet", "you"), "greet: you");
  node_.reset();
  EXPECT_EQ(ErrorOf([&] { peers_->Call(address_, "greet", ""); }).condition(),
            "WORKER_LOST.PYRITE");
  node_ = FlightNode::Start({.port = port}, store_, Echo);
  EXPECT_EQ(peers_->Call(address_, "greet", "you"), "greet: you");
}

TEST_F(PeersTest, ANodeThatStopsInMidStreamIsLost) {
  Start();
  arrow::RecordBatchVector batches;
  for (int i = 0; i < 400; ++i) batches.push_back(Numbers(0, 100000));  // 320 MB
  Add(0, {batches});
  auto reader = peers_->Read(NumberSchema(), outputs_, {0, 1});
  std::shared_ptr<arrow::RecordBatch> batch;
  Check(reader->ReadNext(&batch));
  ASSERT_NE(batch, nullptr);
  node_->Stop();
  SparkError error = ErrorOf([&] { ReadAll(reader.get()); });
  EXPECT_EQ(error.condition(), "WORKER_LOST.PYRITE") << error.message();
}

TEST_F(PeersTest, ANodeThatStopsDuringACallIsLost) {
  std::atomic<bool> running = false;
  Start([&](auto&&, auto&&, const std::function<bool()>& cancelled) -> std::string {
    running = true;
    while (!cancelled()) std::this_thread::sleep_for(milliseconds(5));
    throw SparkError("OPERATION_CANCELED", {});
  });
  std::thread stopper([&] {
    while (!running) std::this_thread::sleep_for(milliseconds(5));
    node_->Stop();
  });
  SparkError error = ErrorOf([&] { peers_->Call(address_, "wait", ""); });
  EXPECT_EQ(error.condition(), "WORKER_LOST.PYRITE") << error.message();
  stopper.join();
}

TEST_F(PeersTest, AReaderMayGoEarly) {
  Start();
  for (int task = 0; task < 6; ++task) {
    arrow::RecordBatchVector batches(200, Numbers(0, 100000));
    Add(task, {batches});
  }
  auto start = steady_clock::now();
  for (int i = 0; i < 5; ++i) {
    auto reader = peers_->Read(NumberSchema(), outputs_, {0, 1});
    std::shared_ptr<arrow::RecordBatch> batch;
    if (i > 0) Check(reader->ReadNext(&batch));
  }
  EXPECT_LT(steady_clock::now() - start, milliseconds(5000));
  EXPECT_EQ(peers_->Call(address_, "greet", "you"), "greet: you");
}

}  // namespace
}  // namespace pyrite::exchange
