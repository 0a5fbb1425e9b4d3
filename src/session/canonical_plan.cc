#include "session/canonical_plan.h"

#include <arrow/api.h>
#include <arrow/ipc/writer.h>

#include <algorithm>
#include <bit>
#include <set>
#include <sstream>

#include "base/errors.h"
#include "base/stack_guard.h"
#include "plan/walk.h"

namespace pyrite::session {
namespace {

using plan::ColumnId;
using plan::RelationKind;

size_t Mix(size_t seed, size_t value) {
  return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
}

// Two independent hashes of what the table holds.
std::string ContentOf(const arrow::Table& table) {
  auto batch = table.CombineChunksToBatch();
  if (!batch.ok()) throw errors::Internal(batch.status().ToString());
  arrow::ipc::IpcPayload payload;
  auto status =
      arrow::ipc::GetRecordBatchPayload(**batch, arrow::ipc::IpcWriteOptions::Defaults(), &payload);
  if (!status.ok()) throw errors::Internal(status.ToString());
  uint64_t one = 0xcbf29ce484222325ULL, other = 0x9ae16a3b2f90404fULL;
  for (const auto& buffer : payload.body_buffers) {
    std::string_view bytes;
    if (buffer != nullptr) {
      bytes = {reinterpret_cast<const char*>(buffer->data()), static_cast<size_t>(buffer->size())};
    }
    one = Mix(one, std::hash<std::string_view>()(bytes));
    for (size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      uint64_t word;
      std::memcpy(&word, bytes.data() + i, 8);
      other = std::rotl((other ^ word) * 0xff51afd7ed558ccdULL, 29);
    }
    other = Mix(other, bytes.size());
  }
  std::ostringstream out;
  out << table.num_rows() << ':' << std::hex << one << ':' << other;
  return out.str();
}

class Writer {
 public:
  // Inputs come first, so that they number the columns before anything refers to them.
  std::string Relation(const plan::Relation& relation) {
    CheckStack();
    std::string out = std::to_string(static_cast<int>(relation.kind())) + "(";
    if (const auto* with = relation.TryAs<plan::With>()) {
      for (const auto& definition : with->definitions) Number(ctes_, definition.id);
    }
    for (const plan::RelationPtr& input : plan::InputsOf(relation)) out += Relation(*input) + ",";
    out += Fields(relation) + ";";
    plan::ForEachExpression(relation,
                            [&](const plan::ExpressionPtr& e) { out += Expression(*e) + ","; });
    out += "->";
    for (const plan::Column& column : relation.output) {
      out += Column(column.id) + " " + column.type.ToSql() + (column.nullable ? "?," : ",");
    }
    return out + ")";
  }

 private:
  static std::string Number(std::unordered_map<int64_t, size_t>& numbers, int64_t id) {
    return std::to_string(numbers.emplace(id, numbers.size()).first->second);
  }
  std::string Column(ColumnId id) { return "#" + Number(columns_, id); }
  std::string Columns(const std::vector<ColumnId>& ids) {
    std::string out;
    for (ColumnId id : ids) out += Column(id) + " ";
    return out;
  }
  // Texts of any content, side by side.
  template <typename... Texts>
  static std::string Join(const Texts&... texts) {
    std::string out;
    ((out += std::to_string(texts.size()) + ":" + texts + " "), ...);
    return out;
  }

  // What a relation says besides its inputs, expressions and columns.
  std::string Fields(const plan::Relation& r) {
    switch (r.kind()) {
      case RelationKind::kOneRow:
      case RelationKind::kProject:
      case RelationKind::kFilter:
      case RelationKind::kWindow: return "";
      case RelationKind::kLocalData: return ContentOf(*r.As<plan::LocalData>().table);
      case RelationKind::kStoredScan:
        return std::to_string(reinterpret_cast<size_t>(r.As<plan::StoredScan>().rows.get()));
      case RelationKind::kValuesList: return std::to_string(r.As<plan::ValuesList>().rows.size());
      case RelationKind::kRange: {
        const auto& node = r.As<plan::Range>();
        return std::to_string(node.start) + " " + std::to_string(node.end) + " " +
               std::to_string(node.step) + " " + std::to_string(node.partitions);
      }
      case RelationKind::kFileScan: return FileScan(r.As<plan::FileScan>());
      case RelationKind::kJoin: {
        const auto& node = r.As<plan::Join>();
        return std::to_string(static_cast<int>(node.type)) + (node.lateral ? "L" : "");
      }
      case RelationKind::kAggregate: return Aggregate(r.As<plan::Aggregate>());
      case RelationKind::kSort: {
        const auto& node = r.As<plan::Sort>();
        return Keys(node.keys) + (node.is_global ? "G" : "");
      }
      case RelationKind::kLimit: {
        const auto& node = r.As<plan::Limit>();
        return std::string(node.limit ? "L" : "") + (node.offset ? "O" : "");
      }
      case RelationKind::kTail: return std::to_string(r.As<plan::Tail>().count);
      case RelationKind::kDeduplicate: return Columns(r.As<plan::Deduplicate>().keys);
      case RelationKind::kSetOperation: {
        const auto& node = r.As<plan::SetOperation>();
        return std::to_string(static_cast<int>(node.type)) + (node.is_all ? "A" : "");
      }
      case RelationKind::kGenerate: {
        const auto& node = r.As<plan::Generate>();
        return functions::NameOf(*node.generator) + std::string(node.outer ? " O" : "");
      }
      case RelationKind::kWith: {
        std::string out;
        for (const auto& definition : r.As<plan::With>().definitions) {
          out += Number(ctes_, definition.id) + (definition.step ? "R" : "") +
                 std::to_string(definition.max_levels) + " ";
        }
        return out;
      }
      case RelationKind::kCteRef: {
        const auto& node = r.As<plan::CteRef>();
        return Number(ctes_, node.cte_id) + " " + Columns(node.source_columns);
      }
      case RelationKind::kCollectMetrics: return Join(r.As<plan::CollectMetrics>().name);
      case RelationKind::kEvalPython:
        return std::to_string(r.As<plan::EvalPython>().calls.size()) + " " +
               std::to_string(r.As<plan::EvalPython>().group_count.value_or(SIZE_MAX));
      case RelationKind::kMapPython: {
        const auto& node = r.As<plan::MapPython>();
        return PythonFunction(*node.function) + std::to_string(node.key_count) +
               (node.is_grouped ? "G" : "") + std::to_string(node.left_count.value_or(0)) +
               (node.table ? TableCall(*node.table) : "");
      }
      case RelationKind::kRepartition: {
        const auto& node = r.As<plan::Repartition>();
        return std::to_string(node.num_partitions) + (node.shuffle ? "S" : "") +
               (node.is_direct ? "D" : "") + (node.range_keys.empty() ? "" : "R");
      }
    }
    throw errors::Internal("a relation of an unknown kind");
  }

  static std::string TableCall(const plan::TableFunctionCall& call) {
    std::string out = "T" + std::to_string(call.kept) + " " + Join(call.analysis);
    for (const std::string& name : call.argument_names) out += Join(name);
    for (int32_t index : call.partition_indexes) out += std::to_string(index) + " ";
    for (const plan::SortKey& key : call.order) {
      out += std::string(key.ascending ? "A" : "D") + (key.nulls_first ? "F" : "L");
    }
    return out + (call.in_one ? "1" : "");
  }

  static std::string FileScan(const plan::FileScan& node) {
    std::string out = Join(node.format);
    for (const auto& [key, value] : std::set(node.options.begin(), node.options.end())) {
      out += Join(key, value);
    }
    out += "|";
    for (const auto& path : std::set(node.root_paths.begin(), node.root_paths.end())) {
      out += Join(path);
    }
    out += "|";
    for (const std::string& name : node.file_column_names) out += Join(name);
    return out + std::to_string(node.partition_column_count) + (node.has_places ? "p" : "");
  }

  static std::string Aggregate(const plan::Aggregate& node) {
    std::string out = std::to_string(node.groups.size());
    for (const auto& set : node.grouping_sets) {
      out += "(";
      for (size_t index : set) out += std::to_string(index) + " ";
      out += ")";
    }
    return out;
  }

  static std::string PythonFunction(const plan::PythonFunction& function) {
    std::string out = Join(function.name, function.command) + std::to_string(function.eval_type);
    for (const auto& [key, value] : function.settings) out += Join(key, value);
    return out;
  }

  static std::string Keys(const std::vector<plan::SortKey>& keys) {
    std::string out;
    for (const plan::SortKey& key : keys) {
      out += key.ascending ? "a" : "d";
      out += key.nulls_first ? "f" : "l";
    }
    return out;
  }

  static std::string Bits(double value) {
    return std::to_string(std::bit_cast<uint64_t>(value)) + " ";
  }

  std::string Expression(const plan::Expression& e) {
    CheckStack();
    std::string out = std::to_string(static_cast<int>(e.kind())) + "[" + e.type.ToSql() + " ";
    if (const auto* lambda = e.TryAs<plan::Lambda>()) {
      for (const plan::Column& parameter : lambda->parameters) out += Column(parameter.id) + " ";
    }
    out += Fields(e) + ";";
    std::vector<std::string> children;
    plan::ForEachChild(
        e, [&](const plan::ExpressionPtr& child) { children.push_back(Expression(*child)); });
    if (IsCommutative(e)) std::sort(children.begin(), children.end());
    for (const std::string& child : children) out += child + ",";
    if (plan::RelationPtr subquery = plan::SubqueryOf(e)) out += Relation(*subquery);
    return out + "]";
  }

  static bool IsCommutative(const plan::Expression& e) {
    static const std::set<std::string> kNames = {"+", "*", "=", "<=>", "and", "or", "&", "|", "^"};
    const auto* call = e.TryAs<plan::Call>();
    return call != nullptr && call->arguments.size() == 2 &&
           kNames.contains(functions::NameOf(*call->function));
  }

  // What an expression says besides its type and children.
  std::string Fields(const plan::Expression& e) {
    using Kind = plan::ExpressionKind;
    const auto mode = [](plan::EvalMode mode) { return std::to_string(static_cast<int>(mode)); };
    switch (e.kind()) {
      case Kind::kConstant: return Constant(e.As<plan::Constant>().value);
      case Kind::kColumnRef: return Column(e.As<plan::ColumnRef>().id);
      case Kind::kCall: {
        const auto& call = e.As<plan::Call>();
        return functions::NameOf(*call.function) + mode(call.mode);
      }
      case Kind::kAggregateCall: {
        const auto& call = e.As<plan::AggregateCall>();
        return functions::NameOf(*call.function) + mode(call.mode) + (call.distinct ? "D" : "") +
               (call.ignore_nulls ? "I" : "") + (call.filter ? "F" : "") + Keys(call.order_by);
      }
      case Kind::kWindowCall: return WindowCall(e.As<plan::WindowCall>());
      case Kind::kCast: return mode(e.As<plan::Cast>().mode);
      case Kind::kCase: return e.As<plan::Case>().otherwise ? "E" : "";
      case Kind::kGetField: return std::to_string(e.As<plan::GetField>().ordinal);
      case Kind::kPythonCall: {
        const auto& call = e.As<plan::PythonCall>();
        std::string out = PythonFunction(*call.function);
        for (const std::string& name : call.argument_names) out += Join(name);
        return out;
      }
      case Kind::kLambda:
      case Kind::kScalarSubquery:
      case Kind::kInSubquery:
      case Kind::kExistsSubquery: return "";
    }
    throw errors::Internal("an expression of an unknown kind");
  }

  static std::string WindowCall(const plan::WindowCall& call) {
    return functions::NameOf(*call.function) + std::to_string(static_cast<int>(call.mode)) +
           (call.distinct ? "D" : "") + (call.ignore_nulls ? "I" : "") + (call.filter ? "F" : "") +
           std::to_string(call.arguments.size()) + " " + std::to_string(call.partition_by.size()) +
           Keys(call.order_by) + (call.is_range ? "R" : "") +
           std::to_string(static_cast<int>(call.lower.kind)) +
           std::to_string(static_cast<int>(call.upper.kind));
  }

  static std::string Constant(const Value& value) {
    struct Text {
      std::string operator()(std::monostate) const { return ""; }
      std::string operator()(bool v) const { return v ? "t" : "f"; }
      std::string operator()(int64_t v) const { return std::to_string(v); }
      std::string operator()(double v) const { return v != v ? "NaN" : Bits(v); }
      std::string operator()(Int128 v) const { return Int128ToString(v); }
      std::string operator()(const std::string& v) const { return Join(v); }
      std::string operator()(const CalendarInterval& v) const {
        return std::to_string(v.months) + " " + std::to_string(v.days) + " " +
               std::to_string(v.microseconds);
      }
      std::string operator()(const std::shared_ptr<const Values>& v) const {
        std::string out = "(";
        for (const Value& child : *v) out += Constant(child) + ",";
        return out + ")";
      }
    };
    return std::to_string(value.storage.index()) + std::visit(Text{}, value.storage);
  }

  std::unordered_map<int64_t, size_t> columns_;
  std::unordered_map<int64_t, size_t> ctes_;
};

}  // namespace

std::string CanonicalText(const plan::Relation& plan) { return Writer().Relation(plan); }

size_t Outlines::Of(const plan::RelationPtr& plan) {
  CheckStack();
  if (auto found = known_.find(plan.get()); found != known_.end()) return found->second;
  size_t hash = Mix(static_cast<size_t>(plan->kind()), plan->output.size());
  for (const plan::RelationPtr& input : plan::InputsOf(*plan)) hash = Mix(hash, Of(input));
  known_.emplace(plan.get(), hash);
  return hash;
}

}  // namespace pyrite::session
