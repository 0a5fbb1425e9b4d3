#include <arrow/api.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "base/error.h"
#include "engine/engine.h"
#include "functions/registry.h"

namespace pyrite::engine {
namespace {

using plan::Column;
using plan::Columns;
using plan::ExpressionPtr;
using plan::RelationPtr;

// Rows of the tests' own: the registry's tables have tests of theirs.
constexpr functions::Function Row(const char* name, const char* target, bool cast_result = false) {
  return {.name = name, .signatures = "", .means = functions::Rename{target, cast_result}};
}
const functions::Function kPlus = Row("+", "+");
const functions::Function kLess = Row("<", "<");
const functions::Function kEqual = Row("=", "=");
const functions::Function kMod = Row("%", "%");
const functions::Function kSum = Row("sum", "sum", true);
const functions::Function kCount = Row("count", "count");

ExecutionEngine& Engine() {
  static auto* engine = MakeEmbeddedEngine(OpenDatabase({.threads = 2})).release();
  return *engine;
}

Column NewColumn(const std::string& name, DataType type, bool nullable = true) {
  return {plan::NextColumnId(), name, std::move(type), nullable, ""};
}

ExpressionPtr CallOf(const functions::Function& function, std::vector<ExpressionPtr> arguments,
                     DataType type) {
  return plan::Make(plan::Call{&function, std::move(arguments), plan::EvalMode::kAnsi},
                    std::move(type), true);
}

ExpressionPtr AggregateOf(const functions::Function& function, std::vector<ExpressionPtr> arguments,
                          DataType type) {
  plan::AggregateCall call;
  call.function = &function;
  call.arguments = std::move(arguments);
  return plan::Make(std::move(call), std::move(type), true);
}

RelationPtr RangeOf(int64_t end) {
  return plan::MakeRelation(plan::Range{0, end, 1}, {NewColumn("id", DataType::Long(), false)});
}

std::shared_ptr<arrow::Table> RowsOf(const RelationPtr& plan, QueryOptions options = {}) {
  auto run = Engine().Execute(plan, options);
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
  while (auto batch = run->Next()) {
    EXPECT_TRUE(batch->ValidateFull().ok()) << batch->ValidateFull().ToString();
    batches.push_back(std::move(batch));
  }
  return arrow::Table::FromRecordBatches(run->schema(), batches).ValueOrDie();
}

template <typename ArrowType>
typename ArrowType::c_type At(const arrow::Table& table, int column, int64_t row) {
  auto scalar = table.column(column)->GetScalar(row).ValueOrDie();
  return static_cast<const typename arrow::TypeTraits<ArrowType>::ScalarType&>(*scalar).value;
}

int64_t Long(const arrow::Table& table, int column, int64_t row) {
  return At<arrow::Int64Type>(table, column, row);
}

TEST(Embedded, OneRow) {
  RelationPtr plan = plan::MakeProject(
      plan::MakeRelation(plan::OneRow{}, {}),
      {{NewColumn("1", DataType::Integer(), false), plan::MakeConstant(Literal::Int(1))}});
  auto table = RowsOf(plan);
  EXPECT_EQ(table->schema()->field(0)->name(), "1");
  EXPECT_EQ(table->num_rows(), 1);
  EXPECT_EQ(At<arrow::Int32Type>(*table, 0, 0), 1);
}

TEST(Embedded, NoColumnsStillHasRows) {
  auto table = RowsOf(plan::MakeProject(RangeOf(5), {}));
  EXPECT_EQ(table->num_columns(), 0);
}

TEST(Embedded, ProjectFilterSortLimit) {
  RelationPtr range = RangeOf(100);
  ExpressionPtr id = plan::MakeRef(range->output[0]);
  Column doubled = NewColumn("d", DataType::Long());
  RelationPtr plan = plan::MakeFilter(
      range, CallOf(kLess, {id, plan::MakeConstant(Literal::Long(10))}, DataType::Boolean()));
  plan = plan::MakeProject(plan, {{doubled, CallOf(kPlus, {id, id}, DataType::Long())}});
  plan = plan::MakeSort(plan, {{plan::MakeRef(doubled), false, false}});
  plan = plan::MakeLimit(plan, plan::MakeConstant(Literal::Int(3)),
                         plan::MakeConstant(Literal::Int(1)));
  auto table = RowsOf(plan);
  ASSERT_EQ(table->num_rows(), 3);
  EXPECT_EQ(Long(*table, 0, 0), 16);
  EXPECT_EQ(Long(*table, 0, 2), 12);
}

TEST(Embedded, GroupBy) {
  RelationPtr range = RangeOf(1000);
  ExpressionPtr id = plan::MakeRef(range->output[0]);
  Column key = NewColumn("k", DataType::Long()), total = NewColumn("s", DataType::Long()),
         count = NewColumn("n", DataType::Long());
  RelationPtr plan = plan::MakeAggregate(
      range, {{key, CallOf(kMod, {id, plan::MakeConstant(Literal::Long(3))}, DataType::Long())}},
      {{total, AggregateOf(kSum, {id}, DataType::Long())},
       {count, AggregateOf(kCount, {}, DataType::Long())}});
  plan = plan::MakeSort(plan, {{plan::MakeRef(key)}});
  auto table = RowsOf(plan);
  ASSERT_EQ(table->num_rows(), 3);
  EXPECT_EQ(Long(*table, 1, 0), 166833);
  EXPECT_EQ(Long(*table, 2, 0), 334);
}

TEST(Embedded, JoinsOfEveryType) {
  RelationPtr left = RangeOf(4), right = RangeOf(6);
  auto matching = CallOf(kEqual, {plan::MakeRef(left->output[0]), plan::MakeRef(right->output[0])},
                         DataType::Boolean());
  auto rows = [&](plan::JoinType type) {
    return RowsOf(plan::MakeJoin(left, right, type, matching))->num_rows();
  };
  EXPECT_EQ(rows(plan::JoinType::kInner), 4);
  EXPECT_EQ(rows(plan::JoinType::kLeftOuter), 4);
  EXPECT_EQ(rows(plan::JoinType::kRightOuter), 6);
  EXPECT_EQ(rows(plan::JoinType::kFullOuter), 6);
  EXPECT_EQ(rows(plan::JoinType::kLeftSemi), 4);
  EXPECT_EQ(rows(plan::JoinType::kLeftAnti), 0);
  EXPECT_EQ(RowsOf(plan::MakeJoin(left, right, plan::JoinType::kCross, nullptr))->num_rows(), 24);
}

RelationPtr ScanOf(const std::string& folder, const Columns& columns) {
  plan::FileScan scan;
  scan.format = "parquet";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".parquet") scan.files.push_back({entry.path().string()});
  }
  for (const Column& column : columns) scan.file_column_names.push_back(column.name);
  return plan::MakeRelation(std::move(scan), columns);
}

TEST(Embedded, WritesAndReadsBack) {
  std::string folder = std::filesystem::temp_directory_path() / "pyrite_engine_write_test";
  std::filesystem::remove_all(folder);
  auto write = [&](int64_t rows, WriteRequest::Mode mode) {
    Engine()
        .Write({.input = RangeOf(rows), .format = "parquet", .path = folder, .mode = mode}, {})
        ->Next();
    return RowsOf(ScanOf(folder, {NewColumn("id", DataType::Long())}))->num_rows();
  };
  EXPECT_EQ(write(10, WriteRequest::Mode::kErrorIfExists), 10);
  EXPECT_THROW(write(10, WriteRequest::Mode::kErrorIfExists), SparkError);
  EXPECT_EQ(write(5, WriteRequest::Mode::kIgnore), 10);
  EXPECT_EQ(write(5, WriteRequest::Mode::kAppend), 15);
  EXPECT_EQ(write(7, WriteRequest::Mode::kOverwrite), 7);
  EXPECT_TRUE(std::filesystem::exists(folder + "/_SUCCESS"));
  std::filesystem::remove_all(folder);
}

TEST(Embedded, InterruptEndsTheQuery) {
  RelationPtr rows = RangeOf(int64_t{1} << 40);
  auto run = Engine().Execute(rows, {});
  ASSERT_NE(run->Next(), nullptr);
  std::thread other([&] { run->Interrupt(); });
  other.join();
  try {
    while (run->Next() != nullptr) {
    }
    FAIL() << "not interrupted";
  } catch (const SparkError& error) {
    EXPECT_EQ(error.condition(), "OPERATION_CANCELED");
  }
  EXPECT_EQ(RowsOf(RangeOf(3))->num_rows(), 3);
}

TEST(Embedded, OverflowIsSparks) {
  auto sum = CallOf(
      kPlus, {plan::MakeConstant(Literal::Int(2147483647)), plan::MakeConstant(Literal::Int(1))},
      DataType::Integer());
  try {
    RowsOf(plan::MakeProject(plan::MakeRelation(plan::OneRow{}, {}),
                             {{NewColumn("x", DataType::Integer()), sum}}));
    FAIL() << "no error";
  } catch (const SparkError& error) {
    EXPECT_EQ(error.condition(), "ARITHMETIC_OVERFLOW");
    EXPECT_EQ(error.parameters().at("message"), "overflow");
  }
}

}  // namespace
}  // namespace pyrite::engine
