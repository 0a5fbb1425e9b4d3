#include "exchange/error_text.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "exchange/test_batches.h"

namespace pyrite::exchange {
namespace {

void ExpectTravelsWhole(const SparkError& error) {
  SparkError arrived = ErrorFromBytes(ErrorBytes(error));
  EXPECT_EQ(arrived.condition(), error.condition());
  EXPECT_EQ(arrived.sqlstate(), error.sqlstate());
  EXPECT_EQ(arrived.java_class(), error.java_class());
  EXPECT_EQ(arrived.message(), error.message());
  EXPECT_EQ(arrived.parameters(), error.parameters());
  ASSERT_EQ(arrived.contexts().size(), error.contexts().size());
  for (size_t i = 0; i < error.contexts().size(); ++i) {
    const QueryContext &left = arrived.contexts()[i], &right = error.contexts()[i];
    EXPECT_EQ(left.kind, right.kind);
    EXPECT_EQ(left.object_type, right.object_type);
    EXPECT_EQ(left.object_name, right.object_name);
    EXPECT_EQ(left.start_index, right.start_index);
    EXPECT_EQ(left.stop_index, right.stop_index);
    EXPECT_EQ(left.fragment, right.fragment);
    EXPECT_EQ(left.call_site, right.call_site);
    EXPECT_EQ(left.summary, right.summary);
  }
}

QueryContext Context() {
  return {.kind = QueryContext::Kind::kDataFrame,
          .object_type = "VIEW",
          .object_name = "v",
          .start_index = 3,
          .stop_index = 5,
          .fragment = "a / b",
          .call_site = "app.py:7",
          .summary = "== SQL (line 1, position 4) ==\nselect a / b\n       ^^^^^"};
}

TEST(ErrorTextTest, AKnownCondition) {
  ExpectTravelsWhole(errors::UnresolvedColumn("pr\xffise", {"price", "size"}));
  ExpectTravelsWhole(SparkError("OPERATION_CANCELED", {}));
}

TEST(ErrorTextTest, WithContexts) {
  ExpectTravelsWhole(SparkError("DIVIDE_BY_ZERO", {{"config", "\"x\""}}, {Context()}));
  ExpectTravelsWhole(SparkError("DIVIDE_BY_ZERO", {}, {Context(), Context()}));
}

TEST(ErrorTextTest, WithAPlaceInTheMessageOnly) {
  ExpectTravelsWhole(errors::PathNotFound("/x").WithContext(Context()));
  ExpectTravelsWhole(SparkError("DIVIDE_BY_ZERO", {}, {Context()}).WithoutContexts());
}

TEST(ErrorTextTest, WithAMessageOfItsOwn) {
  ExpectTravelsWhole(errors::IllegalArgument("no such thing"));
  SparkError own("OF.PYTHON", "38000", "org.example.Error", "it\nfailed");
  ExpectTravelsWhole(own);
  ExpectTravelsWhole(own.WithContext(Context()));
  ExpectTravelsWhole(SparkError("", "", "", ""));
}

TEST(ErrorTextTest, OtherBytesAreRefused) {
  std::string bytes = ErrorBytes(errors::PathNotFound("/x"));
  for (size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(ErrorOf([&] { ErrorFromBytes(bytes.substr(0, length)); }).condition(),
              "INTERNAL_ERROR");
  }
}

}  // namespace
}  // namespace pyrite::exchange
