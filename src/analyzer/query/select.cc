#include "analyzer/query/select.h"

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/grouping.h"
#include "analyzer/query/extract_aggregates.h"
#include "analyzer/query/extract_windows.h"
#include "analyzer/query/query.h"
#include "plan/merge_projects.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

plan::NamedExpressions AllItems(const Select& select) {
  plan::NamedExpressions all;
  all.reserve(select.items->size() + select.hidden.size());
  for (const SelectItem& item : *select.items) all.push_back(item.named);
  for (const SelectItem& item : select.hidden) all.push_back(item.named);
  return all;
}

// How many items have to be computed before each one: items may use the columns of others.
std::vector<int> Layers(const plan::NamedExpressions& items, const plan::Relation& input) {
  std::unordered_map<plan::ColumnId, int> known;
  for (const plan::Column& column : input.output) known[column.id] = -1;
  std::vector<int> layers;
  for (const plan::NamedExpression& item : items) {
    int layer = 0;
    auto visit = [&](const plan::Column& used) {
      auto found = known.find(used.id);
      if (found != known.end()) layer = std::max(layer, found->second + 1);
    };
    plan::Any(*item.expression, [&](const plan::Expression& e) {
      if (auto* ref = e.TryAs<plan::ColumnRef>()) visit({ref->id, "", {}, true, ""});
      if (auto plan = plan::SubqueryOf(e)) {
        for (const plan::Column& outer : plan::OuterReferences(*plan)) visit(outer);
      }
      return false;
    });
    layers.push_back(layer);
    known.emplace(item.column.id, layer);
  }
  return layers;
}

plan::RelationPtr ProjectLayer(plan::RelationPtr input, plan::NamedExpressions items,
                               bool keep_input) {
  plan::NamedExpressions all;
  if (keep_input) {
    for (const plan::Column& column : input->output) all.push_back({column, plan::MakeRef(column)});
  }
  for (plan::NamedExpression& item : items) all.push_back(std::move(item));
  input = ExtractWindows(std::move(input), all);
  return plan::MakeMergedProject(std::move(input), std::move(all));
}

plan::RelationPtr ProjectInLayers(plan::RelationPtr plan, const plan::NamedExpressions& items) {
  std::vector<int> layers = Layers(items, *plan);
  int top = 0;
  for (int layer : layers) top = std::max(top, layer);
  for (int layer = 0; layer < top; ++layer) {
    plan::NamedExpressions made;
    for (size_t i = 0; i < items.size(); ++i) {
      bool passes = items[i].expression->kind() == plan::ExpressionKind::kColumnRef &&
                    items[i].expression->As<plan::ColumnRef>().id == items[i].column.id;
      if (layers[i] == layer && !passes) made.push_back(items[i]);
    }
    plan = ProjectLayer(std::move(plan), std::move(made), true);
  }
  plan::NamedExpressions last;
  for (size_t i = 0; i < items.size(); ++i) {
    bool ready = layers[i] < top;
    last.push_back({items[i].column, ready ? plan::MakeRef(items[i].column) : items[i].expression});
  }
  return ProjectLayer(std::move(plan), std::move(last), false);
}

}  // namespace

namespace {

plan::RelationPtr GroupedPlan(const Select& select, plan::NamedExpressions& items,
                              Analysis& analysis) {
  size_t shown = items.size();
  for (const plan::ExpressionPtr& filter : select.group_filters) {
    items.push_back({{plan::NextColumnId(), "having", filter->type, true, ""}, filter});
  }
  plan::RelationPtr plan = ExtractAggregates(select, items, analysis);
  for (size_t i = shown; i < items.size(); ++i) {
    plan = plan::MakeFilter(std::move(plan), items[i].expression);
  }
  items.resize(shown);
  return plan;
}

}  // namespace

plan::RelationPtr BuildPlan(const Select& select, Analysis& analysis) {
  plan::NamedExpressions items = AllItems(select);
  plan::RelationPtr plan = select.input.plan;
  if (select.is_aggregate) {
    plan = GroupedPlan(select, items, analysis);
  } else {
    for (const plan::NamedExpression& item : items) CheckNoGrouping(*item.expression);
  }
  plan = ProjectInLayers(std::move(plan), items);
  for (const plan::ExpressionPtr& filter : select.filters) {
    plan = plan::MakeFilter(std::move(plan), filter);
  }
  return plan;
}

namespace {

// The built plan knows what grouping sets made nullable.
ScopePtr ScopeOfItems(const Select& select, const plan::Relation& built, ColumnListPtr metadata,
                      Analysis& analysis) {
  ScopeColumns columns;
  columns.reserve(select.items->size());
  for (size_t i = 0; i < select.items->size(); ++i) {
    const SelectItem& item = (*select.items)[i];
    columns.push_back({built.output[i], item.qualifier, item.identity});
  }
  auto scope = std::make_shared<Scope>();
  scope->columns = ColumnList::Make(std::move(columns), analysis.case_sensitive);
  scope->hidden = std::move(metadata);
  scope->inputs = {select.input.scope};
  return scope;
}

// `_metadata` of the input stays within reach of what stands above.
ColumnListPtr PassMetadata(Select& select, Analysis& analysis) {
  if (select.is_aggregate) return nullptr;
  auto metadata = MetadataColumns(select.input.scope->hidden, analysis.case_sensitive);
  if (!metadata) return nullptr;
  for (const ScopeColumn& column : metadata->all()) {
    bool shown = std::any_of(select.items->begin(), select.items->end(), [&](const auto& item) {
      return item.named.column.id == column.column.id;
    });
    plan::NamedExpression same = {column.column, plan::MakeRef(column.column)};
    if (!shown) select.hidden.push_back({std::move(same), column.qualifier, column.column.id});
  }
  return metadata;
}

}  // namespace

Resolved BuildSelect(Select select, Analysis& analysis) {
  Resolved result;
  ColumnListPtr metadata = PassMetadata(select, analysis);
  // Nothing looks further below than this list's input: what made the input may go.
  select.input.select = nullptr;
  result.plan = BuildPlan(select, analysis);
  result.scope = ScopeOfItems(select, *result.plan, std::move(metadata), analysis);
  result.select = std::make_shared<const Select>(std::move(select));
  return result;
}

plan::ExpressionPtr AddHidden(Select& select, plan::ExpressionPtr expression) {
  plan::Column column{plan::NextColumnId(), "hidden", expression->type, expression->nullable, ""};
  select.hidden.push_back({{column, std::move(expression)}, nullptr, column.id});
  return plan::MakeRef(column);
}

void RefuseUngrouped(const plan::ExpressionPtr& expression, const Scope& shown,
                     const Select& select) {
  std::vector<std::string> names;
  for (const ScopeColumn& column : shown.columns->all()) names.push_back(column.column.name);
  plan::Rewrite(expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    if (plan::IsAggregate(*e) || IsGroupingCall(*e)) return e;
    for (const plan::ExpressionPtr& group : select.groups) {
      if (plan::Equal(*group, *e)) return e;
    }
    auto* ref = e->TryAs<plan::ColumnRef>();
    if (!ref || shown.columns->Find(ref->id)) return nullptr;
    for (const plan::Column& column : select.input.plan->output) {
      if (column.id != ref->id) continue;
      throw errors::UnresolvedColumn(errors::QuoteName({column.name}), names);
    }
    return nullptr;
  });
}

plan::ExpressionPtr WithoutAliases(const plan::ExpressionPtr& expression,
                                   const SelectItems& items) {
  return plan::Rewrite(expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    auto* ref = e->TryAs<plan::ColumnRef>();
    if (!ref) return nullptr;
    for (const SelectItem& item : items) {
      if (item.named.column.id != ref->id) continue;
      bool passes = plan::Equal(*item.named.expression, *e);
      return passes ? nullptr : WithoutAliases(item.named.expression, items);
    }
    return nullptr;
  });
}

bool OnlyNeeds(const plan::Expression& expression, const Scope& scope, const Select& select) {
  auto missing = [&](plan::ColumnId id) {
    if (scope.columns->Find(id) || (scope.hidden && scope.hidden->Find(id))) return false;
    for (const plan::Column& column : select.input.plan->output) {
      if (column.id == id) return true;
    }
    return false;
  };
  return !plan::Any(expression, [&](const plan::Expression& e) {
    using Kind = plan::ExpressionKind;
    if (plan::IsAggregate(e) || e.kind() == Kind::kWindowCall) return true;
    if (IsGroupingCall(e)) return true;
    if (auto* ref = e.TryAs<plan::ColumnRef>()) return missing(ref->id);
    if (auto plan = plan::SubqueryOf(e)) {
      for (const plan::Column& outer : plan::OuterReferences(*plan)) {
        if (missing(outer.id)) return true;
      }
    }
    return false;
  });
}

}  // namespace pyrite::analyzer
