#include "lower/files/prune_files.h"

#include "duckdb/execution/expression_executor.hpp"
#include "duckdb/planner/expression/bound_columnref_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression_iterator.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "lower/constant.h"
#include "lower/type.h"
#include "sources/file_metadata.h"

namespace pyrite::lower {
namespace {

using ExpressionPtr = duckdb::unique_ptr<duckdb::Expression>;

// The columns that are the same in all rows of the file become their values.
void SetFileConstants(const duckdb::LogicalGet& get, const plan::Relation& relation,
                      const plan::ScanFile& file, ExpressionPtr& expression) {
  if (expression->GetExpressionType() != duckdb::ExpressionType::BOUND_COLUMN_REF) {
    duckdb::ExpressionIterator::EnumerateChildren(
        *expression, [&](ExpressionPtr& child) { SetFileConstants(get, relation, file, child); });
    return;
  }
  const auto& binding = expression->Cast<duckdb::BoundColumnRefExpression>().Binding();
  if (binding.table_index != get.table_index) return;
  size_t file_columns = relation.As<plan::FileScan>().file_column_names.size();
  const auto& columns = get.GetColumnIds();
  for (size_t i = 0; i < columns.size(); ++i) {
    if (binding.column_index != duckdb::ProjectionIndex(i) || columns[i].IsVirtualColumn())
      continue;
    size_t column = columns[i].GetPrimaryIndex();
    if (column < file_columns) return;
    duckdb::Value value = FileConstant(relation, file, column);
    value = value.DefaultCastAs(expression->GetReturnType());
    expression = duckdb::make_uniq<duckdb::BoundConstantExpression>(std::move(value));
    return;
  }
}

bool MayMatch(duckdb::ClientContext& context, const duckdb::Expression& filter) {
  if (!filter.IsScalar() || !filter.IsFoldable()) return true;
  duckdb::Value result;
  if (!duckdb::ExpressionExecutor::TryEvaluateScalar(context, filter, result)) return true;
  return !result.IsNull() && result.GetValue<bool>();
}

}  // namespace

duckdb::Value FileConstant(const plan::Relation& scan, const plan::ScanFile& file, size_t column) {
  const DataType& type = scan.output[column].type;
  size_t partition = column - scan.As<plan::FileScan>().file_column_names.size();
  bool is_metadata = partition == scan.As<plan::FileScan>().partition_column_count;
  duckdb::Value value = is_metadata ? ToDuckDB(Value(sources::MetadataOf(file)), type)
                                    : ToDuckDB(file.partition_values[partition], type);
  return value.type() == PhysicalType(type) ? value : value.DefaultCastAs(PhysicalType(type));
}

plan::RelationPtr PruneFiles(duckdb::ClientContext& context, const duckdb::LogicalGet& get,
                             const plan::RelationPtr& scan,
                             const duckdb::vector<ExpressionPtr>& filters) {
  plan::FileScan pruned = scan->As<plan::FileScan>();
  bool shows_metadata = sources::ShowsMetadata(*scan);
  bool has_constants = pruned.partition_column_count > 0 || shows_metadata;
  if (!has_constants || filters.empty()) return scan;
  std::vector<plan::ScanFile> files = std::move(pruned.files);
  pruned.files.clear();
  bool kept = true;
  for (size_t i = 0; i < files.size(); ++i) {
    // Files come sorted by path: those of a partition stand together.
    if (i == 0 || shows_metadata || files[i].partition_values != files[i - 1].partition_values) {
      kept = true;
      for (const ExpressionPtr& filter : filters) {
        ExpressionPtr test = filter->Copy();
        SetFileConstants(get, *scan, files[i], test);
        kept = kept && MayMatch(context, *test);
      }
    }
    if (kept) pruned.files.push_back(files[i]);
  }
  return plan::MakeRelation(std::move(pruned), scan->output);
}

}  // namespace pyrite::lower
