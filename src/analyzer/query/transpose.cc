// df.transpose(): the rows become columns. Their number and names are known only once the rows are:
// the query runs during analysis.

#include <arrow/array.h>
#include <arrow/array/builder_base.h>
#include <arrow/scalar.h>
#include <arrow/table.h>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "base/type_arrow.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

constexpr const char* kMaxValuesKey = "spark.sql.transposeMaxValues";

SparkError InvalidIndex(const std::string& reason) {
  return SparkError("TRANSPOSE_INVALID_INDEX_COLUMN", {{"reason", reason}});
}

// The column whose values become names: by default the first.
plan::Column IndexColumn(const spec::Transpose& node, const Resolved& input, Analysis& analysis) {
  plan::Column column = input.scope->columns->all().at(0).column;
  if (!node.index_columns.empty()) {
    Environment names{analysis, {input.scope}};
    plan::ExpressionPtr given = ResolveExpression(*node.index_columns[0], names);
    auto* ref = given->TryAs<plan::ColumnRef>();
    const ScopeColumn* found = ref ? input.scope->columns->Find(ref->id) : nullptr;
    if (!found) throw InvalidIndex("Index column must be an atomic attribute");
    column = found->column;
  }
  if (!column.type.IsAtomic()) {
    throw InvalidIndex("Index column must be of atomic type, but found: " + column.type.ToDdl());
  }
  return column;
}

plan::Columns OtherColumns(const Resolved& input, const plan::Column& index) {
  plan::Columns others;
  for (const ScopeColumn& column : input.scope->columns->all()) {
    if (column.column.id != index.id) others.push_back(column.column);
  }
  return others;
}

DataType CommonType(const plan::Columns& columns, const Analysis& analysis) {
  if (columns.empty()) return DataType::String();
  DataType common = columns[0].type;
  for (size_t i = 1; i < columns.size(); ++i) {
    auto wider = functions::WiderType(common, columns[i].type, analysis.call.ansi);
    if (!wider || (common.IsString() != columns[i].type.IsString())) {
      throw SparkError("TRANSPOSE_NO_LEAST_COMMON_TYPE",
                       {{"dt1", common.ToDdl()}, {"dt2", columns[i].type.ToDdl()}});
    }
    common = std::move(*wider);
  }
  return common;
}

// The rows in the order of the index: its text, then the others as values of the one type.
std::shared_ptr<arrow::Table> Rows(const Resolved& input, const plan::Column& index,
                                   const plan::Columns& others, const DataType& type,
                                   int64_t max_rows, Analysis& analysis) {
  plan::ExpressionPtr key = plan::MakeRef(index);
  plan::RelationPtr plan = plan::MakeFilter(input.plan, CallFunction("isnotnull", {key}, analysis));
  plan = plan::MakeSort(std::move(plan), {{key, true, true}});
  plan = plan::MakeLimit(std::move(plan),
                         plan::MakeConstant(Literal::Int(static_cast<int32_t>(max_rows + 1))),
                         nullptr);
  plan::NamedExpressions items;
  auto add = [&](const std::string& name, const plan::ExpressionPtr& value) {
    items.push_back({{plan::NextColumnId(), name, value->type, value->nullable, ""}, value});
  };
  add(index.name, functions::Coerce(key, DataType::String(), analysis.call));
  for (const plan::Column& column : others) {
    add(column.name, functions::Coerce(plan::MakeRef(column), type, analysis.call));
  }
  auto table = analysis.context.run(plan::MakeProject(std::move(plan), std::move(items)));
  return *table->CombineChunks();
}

std::shared_ptr<arrow::Array> Only(const arrow::ChunkedArray& column) {
  return column.num_chunks() == 1 ? column.chunk(0) : *arrow::MakeEmptyArray(column.type());
}

}  // namespace

Resolved ResolveTranspose(const spec::Transpose& node, Resolved input, Analysis& analysis) {
  plan::Columns output = {{plan::NextColumnId(), "key", DataType::String(), false, ""}};
  std::vector<std::shared_ptr<arrow::Array>> columns;
  arrow::FieldVector fields;
  auto names = arrow::MakeBuilder(arrow::utf8());
  if (!input.scope->columns->all().empty()) {
    plan::Column index = IndexColumn(node, input, analysis);
    plan::Columns others = OtherColumns(input, index);
    DataType type = CommonType(others, analysis);
    const int64_t max_rows = analysis.context.configuration->GetInt(kMaxValuesKey);
    auto rows = Rows(input, index, others, type, max_rows, analysis);
    if (rows->num_rows() > max_rows) {
      throw SparkError("TRANSPOSE_EXCEED_ROW_LIMIT",
                       {{"maxValues", std::to_string(max_rows)}, {"config", kMaxValuesKey}});
    }
    for (const plan::Column& column : others) {
      auto name = arrow::MakeScalar(column.name);
      if (auto status = (*names)->AppendScalar(*name); !status.ok()) {
        throw errors::Internal(status.message());
      }
    }
    auto keys = Only(*rows->column(0));
    auto value_type = others.empty() ? arrow::utf8() : rows->column(1)->type();
    for (int64_t row = 0; row < rows->num_rows(); ++row) {
      auto builder = *arrow::MakeBuilder(value_type);
      for (size_t i = 0; i < others.size(); ++i) {
        auto values = Only(*rows->column(static_cast<int>(i) + 1));
        auto status = builder->AppendArraySlice(arrow::ArraySpan(*values->data()), row, 1);
        if (!status.ok()) throw errors::Internal(status.message());
      }
      std::string name = (*keys->GetScalar(row))->ToString();
      columns.push_back(*builder->Finish());
      fields.push_back(arrow::field(name, columns.back()->type()));
      output.push_back({plan::NextColumnId(), name, type, true, ""});
    }
  }
  columns.insert(columns.begin(), *(*names)->Finish());
  fields.insert(fields.begin(), arrow::field("key", arrow::utf8(), false));
  auto table = arrow::Table::Make(arrow::schema(std::move(fields)), std::move(columns));
  Resolved result;
  result.scope = ScopeOf(output, nullptr, analysis.case_sensitive);
  result.plan = plan::MakeRelation(plan::LocalData{std::move(table)}, std::move(output));
  return result;
}

}  // namespace pyrite::analyzer
