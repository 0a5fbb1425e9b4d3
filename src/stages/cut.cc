#include "stages/cut.h"

#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using Type = duckdb::LogicalOperatorType;

}  // namespace

StageGraph Cut(duckdb::ClientContext& context, duckdb::Binder& binder,
               duckdb::unique_ptr<duckdb::LogicalOperator> optimized, const CutOptions& options) {
  return Cutter(context, binder, options).Run(std::move(optimized));
}

StageGraph Cutter::Run(Operator plan) {
  graph_.is_whole = false;
  root_ = std::move(plan);
  root_->ResolveOperatorTypes();
  if (root_->type == Type::LOGICAL_COPY_TO_FILE) {
    RunWrite();
  } else {
    RunQuery();
  }
  graph_.is_whole = true;
  return std::move(graph_);
}

void Cutter::RunQuery() {
  order_of_result_ = OrderOfResult(*root_);
  Distribution result = Visit(root_);
  // What is drawn again is something else: those rows stay here, where none are lost.
  const auto draws = [&] {
    return Draws(*root_) || std::ranges::any_of(graph_.stages, &Stage::draws);
  };
  if (options_.keeps_rows && !result.IsSingle() && !draws()) {
    int stage = AddStage(std::move(root_), result, {});
    graph_.stages[stage].keeps = true;
    return;
  }
  if (!result.IsSingle()) {
    // The result's columns keep their places: nothing above refers to them.
    int stage = AddStage(std::move(root_), result, {});
    root_ = ReadStage(stage, Read::kAll, binder_.GenerateTableIndex());
    result = {};
  }
  AddStage(std::move(root_), result, {});
}

Distribution Cutter::Visit(Operator& op) {
  std::optional<Partitioning> wish = WishFor(*op);
  Distribution rows = VisitByRule(op);
  return wish ? CrossAsWished(op, rows, *wish) : rows;
}

Distribution Cutter::VisitByRule(Operator& op) {
  if (HasVolatile(*op)) return DrawsForEachRow(*op) ? VisitDraws(op) : Single(op);
  switch (op->type) {
    case Type::LOGICAL_GET: return VisitGet(op);
    case Type::LOGICAL_CTE_REF: return VisitCteRef(op);
    case Type::LOGICAL_PROJECTION:
    case Type::LOGICAL_FILTER:
    case Type::LOGICAL_UNNEST: return VisitRowWise(op);
    case Type::LOGICAL_LIMIT: return VisitLimit(op);
    case Type::LOGICAL_TOP_N: return VisitTopN(op);
    case Type::LOGICAL_AGGREGATE_AND_GROUP_BY: return VisitAggregate(op);
    case Type::LOGICAL_DISTINCT: return VisitDistinct(op);
    case Type::LOGICAL_ORDER_BY: return VisitOrder(op);
    case Type::LOGICAL_WINDOW: return VisitWindow(op);
    case Type::LOGICAL_COMPARISON_JOIN:
    case Type::LOGICAL_ANY_JOIN:
    case Type::LOGICAL_CROSS_PRODUCT:
    case Type::LOGICAL_ASOF_JOIN: return VisitJoin(op);
    case Type::LOGICAL_UNION:
    case Type::LOGICAL_EXCEPT:
    case Type::LOGICAL_INTERSECT: return VisitSetOperation(op);
    case Type::LOGICAL_MATERIALIZED_CTE: return VisitMaterializedCte(op);
    case Type::LOGICAL_RECURSIVE_CTE:
    case Type::LOGICAL_DELIM_JOIN: return VisitNest(op);
    case Type::LOGICAL_DELIM_GET: {
      Distribution single;
      single.pinned = true;
      return single;
    }
    case Type::LOGICAL_DUMMY_SCAN:
    case Type::LOGICAL_EXPRESSION_GET:
    case Type::LOGICAL_EMPTY_RESULT: {
      Distribution single;
      single.repeatable = true;
      return op->children.empty() ? single : Single(op);
    }
    case Type::LOGICAL_CHUNK_GET: {  // kept rows, and other rows of this process
      Distribution single;
      single.at_coordinator = true;
      return single;
    }
    default: return Single(op);  // whatever it is, it has all its rows in one task
  }
}

Distribution Cutter::Single(Operator& op) {
  std::vector<Distribution> children;
  for (auto& child : op->children) children.push_back(Visit(child));
  return Single(op, std::move(children));
}

Distribution Cutter::Single(Operator& op, std::vector<Distribution> children) {
  Distribution single;
  for (size_t i = 0; i < op->children.size(); ++i) {
    Distribution child = Gather(op->children[i], children[i]);
    single.pinned |= child.pinned;
    single.at_coordinator |= child.at_coordinator;
  }
  return single;
}

Expressions ColumnsOf(duckdb::LogicalOperator& op) {
  op.ResolveOperatorTypes();
  Bindings columns = op.GetColumnBindings();
  Expressions items;
  for (size_t i = 0; i < columns.size(); ++i) {
    items.push_back(duckdb::make_uniq<duckdb::BoundColumnRefExpression>(op.types[i], columns[i]));
  }
  return items;
}

}  // namespace pyrite::stages
