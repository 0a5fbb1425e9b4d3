#include "streaming/check.h"

#include "base/errors.h"
#include "plan/stream_scan.h"
#include "session/plan_parts.h"
#include "sources/options.h"
#include "streaming/aggregate_state.h"

namespace pyrite::streaming {
namespace {

using plan::JoinType;
using plan::RelationKind;
using plan::RelationPtr;

[[noreturn]] void Refuse(const std::string& message) {
  throw SparkError("_LEGACY_ERROR_TEMP_3102", {{"msg", message}});
}

[[noreturn]] void RefuseMode(OutputMode mode, const std::string& operation) {
  throw SparkError("STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION",
                   {{"outputMode", sources::ToLower(NameOf(mode))}, {"operation", operation}});
}

[[noreturn]] void RefuseWindow(const plan::Window& window) {
  const plan::NamedExpression& item = window.expressions.at(0);
  const auto& call = item.expression->As<plan::WindowCall>();
  // The analyzer's own numbers, which a program cannot ask for.
  if (call.partition_by.empty() && call.order_by.empty() &&
      functions::NameOf(*call.function) == std::string("row_number")) {
    Refuse("Sampling is not supported on streaming DataFrames/Datasets");
  }
  throw SparkError("NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING",
                   {{"windowFunc", errors::Quoted(functions::NameOf(*call.function))},
                    {"columnName", errors::QuoteName({item.column.name})},
                    {"windowSpec", plan::Print(*item.expression)}});
}

bool HasDistinct(const plan::Aggregate& aggregate) {
  for (const plan::NamedExpression& item : aggregate.aggregates) {
    const auto* call = item.expression->TryAs<plan::AggregateCall>();
    if (call != nullptr && call->distinct) return true;
  }
  return false;
}

// Whether a column, of the relation or of one below it, has a watermark.
bool HasWatermark(const RelationPtr& plan) {
  return session::AnyRelation(plan, [](const plan::Relation& relation) {
    for (const plan::Column& column : relation.output) {
      if (column.metadata.find("spark.watermarkDelayMs") != std::string::npos) return true;
    }
    return false;
  });
}

const char* NameOf(JoinType type) {
  switch (type) {
    case JoinType::kLeftOuter: return "LeftOuter";
    case JoinType::kRightOuter: return "RightOuter";
    case JoinType::kFullOuter: return "FullOuter";
    case JoinType::kLeftSemi: return "LeftSemi";
    case JoinType::kLeftAnti: return "LeftAnti";
    case JoinType::kInner:
    case JoinType::kCross: break;
  }
  return "Inner";
}

class Checker {
 public:
  explicit Checker(OutputMode mode) : mode_(mode) {}

  // Inputs first, as Spark looks at them.
  void Check(const RelationPtr& relation) {
    if (!IsStreaming(relation)) return;
    for (const RelationPtr& input : plan::InputsOf(*relation)) Check(input);
    switch (relation->kind()) {
      case RelationKind::kSort: return CheckSort();
      case RelationKind::kLimit: return CheckLimit(relation->As<plan::Limit>());
      case RelationKind::kTail: Refuse("Tail is not supported on streaming DataFrames/Datasets");
      case RelationKind::kAggregate: return CheckAggregate(relation->As<plan::Aggregate>());
      case RelationKind::kJoin: return CheckJoin(relation->As<plan::Join>());
      case RelationKind::kSetOperation:
        return CheckSetOperation(relation->As<plan::SetOperation>());
      case RelationKind::kWindow: RefuseWindow(relation->As<plan::Window>());
      case RelationKind::kDeduplicate: return Lacks("distinct rows of a stream");
      case RelationKind::kMapPython:
        if (!relation->As<plan::MapPython>().is_grouped) return;
        return Lacks("functions of Python over groups of a stream");
      case RelationKind::kEvalPython:
        if (!relation->As<plan::EvalPython>().group_count) return;
        return Lacks("functions of Python over groups of a stream");
      default: return;
    }
  }

  // What Spark refuses comes before what is not there.
  void Finish() const {
    if (mode_ == OutputMode::kComplete && aggregates_ == 0) {
      RefuseMode(mode_, "no streaming aggregations");
    }
    if (!lacks_.empty()) throw errors::UnsupportedFeature(lacks_);
  }

 private:
  void Lacks(const std::string& feature) {
    if (lacks_.empty()) lacks_ = feature;
  }

  bool has_all_groups() const { return mode_ == OutputMode::kComplete && aggregates_ > 0; }

  void CheckSort() const {
    if (has_all_groups()) return;
    Refuse(
        "Sorting is not supported on streaming DataFrames/Datasets, unless it is on aggregated "
        "DataFrame/Dataset in Complete output mode");
  }

  void CheckLimit(const plan::Limit& limit) {
    if (has_all_groups()) return;
    if (limit.offset != nullptr) {
      Refuse("Offset is not supported on streaming DataFrames/Datasets");
    }
    if (mode_ == OutputMode::kUpdate) {
      Refuse("Limits are not supported on streaming DataFrames/Datasets in Update output mode");
    }
    Lacks("limit of a stream");
  }

  void CheckAggregate(const plan::Aggregate& aggregate) {
    if (HasDistinct(aggregate)) {
      Refuse(
          "Distinct aggregations are not supported on streaming DataFrames/Datasets. Consider "
          "using "
          "approx_count_distinct() instead.");
    }
    bool watermark = HasWatermark(aggregate.input);
    if (mode_ == OutputMode::kAppend && !watermark) {
      RefuseMode(mode_, "streaming aggregations without watermark");
    }
    if (++aggregates_ > 1) Lacks("several aggregates of a stream");
    if (mode_ == OutputMode::kAppend) Lacks("aggregates of a stream in append mode");
    if (mode_ == OutputMode::kUpdate && watermark) Lacks("aggregates of a stream with a watermark");
    try {
      AggregateState::Check(aggregate);
    } catch (const SparkError& error) {
      Lacks(error.parameters().at("feature"));
    }
  }

  void CheckJoin(const plan::Join& join) {
    bool left = IsStreaming(join.left), right = IsStreaming(join.right);
    bool plain = join.type == JoinType::kInner || join.type == JoinType::kCross;
    if (left && right) {
      if (!plain && !HasWatermark(join.left) && !HasWatermark(join.right)) {
        Refuse(std::string("Stream-stream ") + NameOf(join.type) +
               " join between two streaming DataFrame/Datasets is not supported without a "
               "watermark in the join keys, or a watermark on the nullable side and an appropriate "
               "range condition");
      }
      return Lacks("a join of two streams");
    }
    bool keeps_left = join.type == JoinType::kLeftOuter || join.type == JoinType::kLeftSemi ||
                      join.type == JoinType::kLeftAnti;
    bool refused = join.type == JoinType::kFullOuter || (keeps_left && right) ||
                   (join.type == JoinType::kRightOuter && left);
    if (!refused) return;
    Refuse(std::string(NameOf(join.type)) + " join with a streaming DataFrame/Dataset on the " +
           (right ? "right" : "left") + " and a static DataFrame/Dataset on the " +
           (right ? "left" : "right") + " is not supported");
  }

  void CheckSetOperation(const plan::SetOperation& operation) {
    using Type = plan::SetOperationType;
    if (operation.type == Type::kIntersect && IsStreaming(operation.inputs.at(0)) &&
        IsStreaming(operation.inputs.at(1))) {
      Refuse("Intersect of streaming DataFrames/Datasets is not supported");
    }
    if (operation.type == Type::kExcept && IsStreaming(operation.inputs.at(1))) {
      Refuse("Except on a streaming DataFrame/Dataset on the right is not supported");
    }
    if (operation.type != Type::kUnion || !operation.is_all) Lacks("distinct rows of a stream");
  }

  const OutputMode mode_;
  int aggregates_ = 0;
  std::string lacks_;
};

}  // namespace

bool IsStreaming(const RelationPtr& plan) {
  return session::AnyRelation(
      plan, [](const plan::Relation& relation) { return plan::AsStreamScan(relation) != nullptr; });
}

void CheckPlan(const RelationPtr& plan, OutputMode mode) {
  if (!IsStreaming(plan)) throw SparkError("WRITE_STREAM_NOT_ALLOWED", {});
  Checker checker(mode);
  checker.Check(plan);
  checker.Finish();
}

}  // namespace pyrite::streaming
