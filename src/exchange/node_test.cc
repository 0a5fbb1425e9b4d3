// A node as callers of plain Flight see it.
#include "exchange/node.h"

#include <arrow/flight/client.h>
#include <gtest/gtest.h>

#include "exchange/test_types.h"
#include "exchange/ticket.h"

namespace pyrite::exchange {
namespace {

namespace flight = arrow::flight;

TEST(TicketTest, HasATextForm) {
  Ticket ticket = ParseTicket(TicketText({"a:b/1", 2, 3, 4}, {5, 16}));
  EXPECT_EQ(ticket.id, (TaskId{"a:b/1", 2, 3, 4}));
  EXPECT_EQ(ticket.partitions.from, 5);
  EXPECT_EQ(ticket.partitions.to, 16);
  for (const char* text : {"", "q/0/0/0", "q/0/0/0:", "q/0/0/0:1", "q/0/0/0:1-", "q/0/0/0:1-2x"}) {
    EXPECT_EQ(ErrorOf([&] { ParseTicket(text); }).condition(), "INTERNAL_ERROR") << text;
  }
}

class NodeTest : public ::testing::Test {
 protected:
  NodeTest() {
    auto handler = [](const std::string& name, const std::string& body, auto&&) -> std::string {
      if (name == "fail") throw SparkError("PATH_NOT_FOUND", {{"path", std::string(100000, 'x')}});
      return name + ": " + body;
    };
    node_ = FlightNode::Start({}, store_, handler);
    auto location = Check(flight::Location::ForGrpcTcp("127.0.0.1", node_->port()));
    client_ = Check(flight::FlightClient::Connect(location));
  }

  const std::shared_ptr<OutputStore> store_ = std::make_shared<OutputStore>(StoreOptions{});
  std::unique_ptr<FlightNode> node_;
  std::unique_ptr<flight::FlightClient> client_;
};

TEST_F(NodeTest, DoGetStreamsAnOutput) {
  TaskId id{"q", 0, 0, 0};
  auto output = store_->Create(id, ManyTypesSchema(), 3);
  auto batch = ManyTypesRows(0, 20);
  output->Append(1, batch);
  output->Finish();
  auto stream = Check(client_->DoGet(flight::Ticket{TicketText(id, {0, 3})}));
  EXPECT_TRUE(Check(stream->GetSchema())->Equals(*ManyTypesSchema()));
  EXPECT_TRUE(Check(stream->Next()).data->Equals(*batch));
  EXPECT_EQ(Check(stream->Next()).data, nullptr);
}

TEST_F(NodeTest, DoGetTellsWhatIsMissing) {
  auto stream = client_->DoGet(flight::Ticket{TicketText({"q", 0, 0, 0}, {0, 1})});
  EXPECT_TRUE(stream.status().IsKeyError()) << stream.status().ToString();
  EXPECT_FALSE(client_->DoGet(flight::Ticket{"nonsense"}).ok());
}

TEST_F(NodeTest, DoActionAsksTheHandler) {
  auto results = Check(client_->DoAction({"greet", arrow::Buffer::FromString("you")}));
  EXPECT_EQ(Check(results->Next())->body->ToString(), "greet: you");
  EXPECT_EQ(Check(results->Next()), nullptr);
}

TEST_F(NodeTest, DoActionTellsErrors) {
  auto results = Check(client_->DoAction({"fail", arrow::Buffer::FromString("")}));
  auto status = results->Next().status();
  EXPECT_NE(status.message().find("[PATH_NOT_FOUND]"), std::string::npos) << status.ToString();
}

TEST_F(NodeTest, OtherExchangesAreRefused) {
  for (const auto& descriptor : {flight::FlightDescriptor::Command("nonsense"),
                                 flight::FlightDescriptor::Path({"some", "file"})}) {
    auto call = Check(client_->DoExchange({}, descriptor));
    auto chunk = Check(call.reader->Next());
    EXPECT_NE(chunk.app_metadata->ToString().find("INTERNAL_ERROR"), std::string::npos);
    EXPECT_TRUE(call.writer->Close().ok());
  }
}

TEST_F(NodeTest, ATakenPortIsTold) {
  NodeOptions taken{.port = node_->port()};
  SparkError error = ErrorOf([&] { FlightNode::Start(taken, store_, nullptr); });
  EXPECT_EQ(error.condition(), "SERVER_CANNOT_LISTEN.PYRITE");
}

}  // namespace
}  // namespace pyrite::exchange
