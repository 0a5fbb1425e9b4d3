#include "streaming/aggregate_state.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/api.h>

#include "base/errors.h"
#include "functions/build.h"
#include "streaming/merged_aggregate.h"
#include "streaming/sink.h"

namespace pyrite::streaming {
namespace {

functions::CallContext ContextOf(session::Session& session) {
  Configuration configuration = session.ConfigurationNow();
  functions::CallContext context;
  context.ansi = configuration.ansi();
  context.time_zone = configuration.time_zone();
  return context;
}

void CheckArrow(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal(status.ToString());
}

plan::Columns Fresh(plan::Columns columns) {
  for (plan::Column& column : columns) column.id = plan::NextColumnId();
  return columns;
}

plan::NamedExpression Same(const plan::Column& column) { return {column, plan::MakeRef(column)}; }

// A column that says of each row whether the batch has brought it.
plan::RelationPtr Marked(plan::RelationPtr rows, bool is_new) {
  plan::NamedExpressions items;
  for (const plan::Column& column : rows->output) items.push_back(Same(column));
  plan::Column mark{plan::NextColumnId(), "changed", DataType::Boolean(), false, ""};
  items.push_back({mark, functions::BoolConstant(is_new)});
  return plan::MakeProject(std::move(rows), std::move(items));
}

}  // namespace

void AggregateState::Check(const plan::Aggregate& aggregate) {
  if (!aggregate.grouping_sets.empty()) {
    throw errors::UnsupportedFeature("grouping sets of a stream");
  }
  for (const plan::NamedExpression& item : aggregate.aggregates) CheckMergeable(*item.expression);
}

AggregateState::AggregateState(std::shared_ptr<session::Session> session, const std::string& folder)
    : session_(std::move(session)),
      context_(ContextOf(*session_)),
      log_(folder),
      saves_(!folder.empty()) {}

int64_t AggregateState::groups() const { return table_ == nullptr ? 0 : table_->num_rows(); }

// The state's columns: the groups, what is kept of the aggregates, and whether a batch has changed
// the group.
plan::RelationPtr AggregateState::Take(int64_t batch, const plan::Relation& aggregate,
                                       bool only_changed) {
  const auto& node = aggregate.As<plan::Aggregate>();
  MergedAggregate parts(node, context_);
  size_t keys = node.groups.size();
  plan::RelationPtr partial = Marked(parts.Partial(), true);
  std::vector<plan::RelationPtr> inputs = {partial};
  if (table_ != nullptr) {
    plan::Columns kept = partial->output;
    kept.pop_back();
    auto rows = table_->RemoveColumn(table_->num_columns() - 1);
    if (!rows.ok()) throw errors::Internal(rows.status().ToString());
    plan::RelationPtr before = plan::MakeRelation(plan::LocalData{*rows}, Fresh(kept));
    inputs.insert(inputs.begin(), Marked(std::move(before), false));
  }
  plan::RelationPtr all = plan::MakeRelation(
      plan::SetOperation{std::move(inputs), plan::SetOperationType::kUnion, true},
      Fresh(partial->output));
  plan::RelationPtr merged = parts.Merge(all, keys);
  BatchFrame frame(*session_, merged);
  table_ = session_->Collect(frame.Plan());
  Save(batch);
  plan::RelationPtr now = plan::MakeRelation(plan::LocalData{table_}, Fresh(merged->output));
  plan::ExpressionPtr changed = plan::MakeRef(now->output.back());
  if (only_changed) now = plan::MakeFilter(std::move(now), std::move(changed));
  return parts.Finish(now, aggregate.output);
}

void AggregateState::Save(int64_t batch) {
  if (!saves_) return;
  auto sink = arrow::io::BufferOutputStream::Create();
  CheckArrow(sink.status());
  auto writer = arrow::ipc::MakeStreamWriter(*sink, table_->schema());
  CheckArrow(writer.status());
  CheckArrow((*writer)->WriteTable(*table_));
  CheckArrow((*writer)->Close());
  auto bytes = (*sink)->Finish();
  CheckArrow(bytes.status());
  log_.Add(batch, (*bytes)->ToString());  // there already: an earlier run had the same rows
  log_.RemoveBefore(batch - 1);
}

void AggregateState::Load(int64_t batch) {
  std::optional<std::string> bytes = log_.Find(batch);
  if (!bytes) return;
  arrow::io::BufferReader input(arrow::Buffer::FromString(std::move(*bytes)));
  auto reader = arrow::ipc::RecordBatchStreamReader::Open(&input);
  CheckArrow(reader.status());
  auto table = (*reader)->ToTable();
  CheckArrow(table.status());
  table_ = *table;
}

}  // namespace pyrite::streaming
