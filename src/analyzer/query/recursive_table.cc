#include "analyzer/query/recursive_table.h"

#include <functional>

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/query/rename.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

using Use = CteFrame::Table::Use;

// The table's own name while its query is resolved.
class SelfFrame {
 public:
  SelfFrame(const spec::CommonTable& table, CteFrame::Table self, const Analysis& outer)
      : analysis_(outer) {
    frame_.outer = outer.ctes;
    entry_ = &frame_.tables[FoldCase(table.name, outer.case_sensitive)];
    *entry_ = std::move(self);
    analysis_.ctes = &frame_;
  }
  SelfFrame(const SelfFrame&) = delete;

  Resolved Resolve(const spec::Relation& relation) {
    Resolved resolved = ResolveRelation(relation, analysis_);
    resolved.plan = Materialize(resolved);
    return resolved;
  }
  bool used() const { return entry_->used; }

 private:
  CteFrame frame_;
  CteFrame::Table* entry_;
  Analysis analysis_;
};

void ForEachSubquery(const plan::Relation& relation,
                     const std::function<void(const plan::Relation&)>& visit) {
  plan::ForEachExpression(relation, [&](const plan::ExpressionPtr& root) {
    plan::Any(*root, [&](const plan::Expression& e) {
      if (plan::RelationPtr subquery = plan::SubqueryOf(e)) visit(*subquery);
      return false;
    });
  });
}

bool Reads(const plan::Relation& relation, int64_t id) {
  auto* ref = relation.TryAs<plan::CteRef>();
  bool reads = ref && ref->cte_id == id;
  for (const plan::RelationPtr& input : plan::InputsOf(relation)) reads |= Reads(*input, id);
  ForEachSubquery(relation, [&](const plan::Relation& subquery) { reads |= Reads(subquery, id); });
  return reads;
}

// Whether rows of the given input may come from the step before: not for what needs all of the
// table's rows at once, or none of them.
bool TakesSelf(const plan::Relation& relation, size_t input) {
  switch (relation.kind()) {
    case plan::RelationKind::kAggregate:
    case plan::RelationKind::kWindow:
    case plan::RelationKind::kSort: return false;
    case plan::RelationKind::kJoin: break;
    default: return true;
  }
  switch (relation.As<plan::Join>().type) {
    case plan::JoinType::kInner:
    case plan::JoinType::kCross: return true;
    case plan::JoinType::kLeftOuter:
    case plan::JoinType::kLeftSemi:
    case plan::JoinType::kLeftAnti: return input == 0;
    case plan::JoinType::kRightOuter: return input == 1;
    case plan::JoinType::kFullOuter: return false;
  }
  return false;
}

void CheckPlaces(const plan::Relation& relation, int64_t id) {
  std::vector<plan::RelationPtr> inputs = plan::InputsOf(relation);
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!TakesSelf(relation, i) && Reads(*inputs[i], id)) {
      throw SparkError("INVALID_RECURSIVE_REFERENCE.PLACE", {});
    }
    CheckPlaces(*inputs[i], id);
  }
  ForEachSubquery(relation, [&](const plan::Relation& subquery) { CheckPlaces(subquery, id); });
}

SparkError CannotMerge(const DataType& left, const DataType& right) {
  return SparkError(
      "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
      {{"left", errors::Quoted(left.ToSql())}, {"right", errors::Quoted(right.ToSql())}});
}

// The step's rows in the anchor's types, which must be wide enough for them.
plan::RelationPtr AsAnchor(plan::RelationPtr step, const plan::Columns& anchor,
                           const Analysis& analysis) {
  if (anchor.size() != step->output.size()) {
    throw errors::NumColumnsMismatch("UNION", anchor.size(), 2, step->output.size());
  }
  plan::NamedExpressions items;
  for (size_t i = 0; i < anchor.size(); ++i) {
    plan::ExpressionPtr value = plan::MakeRef(step->output[i]);
    const DataType& type = anchor[i].type;
    if (!value->type.SameStructure(type)) {
      auto wider = functions::WiderType(type, value->type, analysis.call.ansi);
      if (!wider || !wider->SameStructure(type)) throw CannotMerge(type, value->type);
      value = functions::Coerce(std::move(value), type, analysis.call);
    }
    plan::Column column{plan::NextColumnId(), anchor[i].name, value->type, value->nullable, ""};
    items.push_back({std::move(column), std::move(value)});
  }
  return plan::MakeProject(std::move(step), std::move(items));
}

// The columns of both queries: the anchor's, with the nulls of either.
plan::Columns Merged(plan::Columns anchor, const plan::Columns& step, bool ansi) {
  for (size_t i = 0; i < anchor.size(); ++i) {
    if (auto both = functions::WiderType(anchor[i].type, step[i].type, ansi)) {
      anchor[i].type = *both;
    }
    anchor[i].nullable |= step[i].nullable;
  }
  return anchor;
}

// The same rows under other columns.
plan::RelationPtr Under(plan::RelationPtr relation, const plan::Columns& columns) {
  plan::NamedExpressions items;
  for (size_t i = 0; i < columns.size(); ++i) {
    items.push_back({columns[i], plan::MakeRef(relation->output[i])});
  }
  return plan::MakeProject(std::move(relation), std::move(items));
}

plan::Columns WithFreshIds(plan::Columns columns) {
  for (plan::Column& column : columns) column.id = plan::NextColumnId();
  return columns;
}

int64_t Limit(const Analysis& analysis, const char* key) {
  return analysis.context.configuration->GetInt(key);
}

// WITH a AS (...) before the union belongs to each of its sides.
spec::RelationPtr Side(const spec::With* with, const spec::RelationPtr& side) {
  if (!with) return side;
  spec::With own = *with;
  own.input = side;
  return spec::MakeRelation(std::move(own), side->origin);
}

Resolved Named(Resolved resolved, const spec::CommonTable& table, Analysis& analysis) {
  if (table.column_aliases.empty()) return resolved;
  return Renamed(resolved, table.column_aliases, analysis);
}

}  // namespace

std::optional<plan::CteDefinition> DefineRecursive(const spec::CommonTable& table, int64_t id,
                                                   Analysis& analysis) {
  SelfFrame forbidden(table, {0, {}, Use::kForbidden}, analysis);
  auto* with = table.plan->TryAs<spec::With>();
  auto* both = (with ? with->input : table.plan)->TryAs<spec::SetOperation>();
  if (!both || both->type != spec::SetOperationType::kUnion || both->by_name) {
    Resolved plain = Named(forbidden.Resolve(*table.plan), table, analysis);
    return plan::CteDefinition{id, table.name, plain.plan};
  }
  Resolved anchor = Named(forbidden.Resolve(*Side(with, both->left)), table, analysis);

  plan::Columns before = WithFreshIds(anchor.plan->output);
  for (plan::Column& column : before) column.nullable = true;
  SelfFrame self(table, {id, before, Use::kSelf}, analysis);
  plan::RelationPtr step = self.Resolve(*Side(with, both->right)).plan;
  if (!self.used()) return std::nullopt;
  if (!both->is_all) throw SparkError("UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE", {});

  step = AsAnchor(std::move(step), anchor.plan->output, analysis);
  CheckPlaces(*step, id);
  plan::Columns output = Merged(anchor.plan->output, step->output, analysis.call.ansi);
  // The columns are those that the step reads.
  for (size_t i = 0; i < output.size(); ++i) output[i].id = before[i].id;
  plan::CteDefinition made{id, table.name, Under(anchor.plan, output)};
  made.step = Under(step, WithFreshIds(output));
  made.max_levels =
      table.max_recursion_level.value_or(Limit(analysis, "spark.sql.cteRecursionLevelLimit"));
  made.max_rows = Limit(analysis, "spark.sql.cteRecursionRowLimit");
  return made;
}

}  // namespace pyrite::analyzer
