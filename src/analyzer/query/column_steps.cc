#include "analyzer/query/column_steps.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/plan_id.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "analyzer/query/time_window.h"
#include "plan/merge_projects.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

// The id of the column that an expression of drop() means; 0 when there is none.
plan::ColumnId DroppedId(const spec::Expression& expression, Environment& names) {
  auto* attribute = expression.TryAs<spec::UnresolvedAttribute>();
  if (!attribute) return 0;
  if (attribute->plan_id) {
    auto found = ResolveByPlanId(*attribute, names);
    auto* ref = found->TryAs<plan::ColumnRef>();
    return ref ? ref->id : 0;
  }
  auto match = FindName(*names.scopes[0], attribute->name_parts, names.analysis.case_sensitive);
  bool whole = match && match->parts_used == attribute->name_parts.size();
  return whole ? match->column->column.id : 0;
}

// Whether the value needs more than a projection over the columns.
bool NeedsMore(const plan::Expression& value) {
  return HasAggregate(value) || HasWindow(value) || IsGenerator(value) ||
         plan::Any(value, [](const plan::Expression& e) { return plan::SubqueryOf(e) != nullptr; });
}

// The columns as the steps so far leave them: names in `scope_`, values in `defined_` as
// expressions over the columns of `base_`, which stand for themselves where they are not there.
class ColumnSteps {
 public:
  ColumnSteps(Resolved input, Analysis& analysis) : analysis_(analysis) { Start(std::move(input)); }

  void Take(const spec::Relation& step) {
    if (auto* with = step.TryAs<spec::WithColumns>()) {
      With(*with);
    } else if (auto* rename = step.TryAs<spec::WithColumnsRenamed>()) {
      Rename(*rename);
    } else {
      Drop(step.As<spec::Drop>());
    }
    scope_ = TaggedScope(scope_, step.plan_id);
  }

  Resolved Finish() {
    if (!changed_) {
      base_.scope = scope_;
      return std::move(base_);
    }
    Select select;
    SelectItems items;
    for (const ScopeColumn& column : scope_->columns->all()) {
      items.push_back({{column.column, ValueOf(column.column)}, column.qualifier, column.identity});
    }
    select.input = std::move(base_);
    select.items = std::make_shared<const SelectItems>(std::move(items));
    Resolved result = BuildSelect(std::move(select), analysis_);
    result.scope = scope_;
    return result;
  }

 private:
  struct Definition {
    plan::ExpressionPtr value;
    size_t size;
  };
  struct Given {
    const spec::Alias* alias;
    plan::ExpressionPtr value;
  };

  void Start(Resolved input) {
    base_ = std::move(input);
    scope_ = base_.scope;
    defined_.clear();
    changed_ = false;
  }

  plan::ExpressionPtr ValueOf(const plan::Column& column) const {
    auto found = defined_.find(column.id);
    return found == defined_.end() ? plan::MakeRef(column) : found->second.value;
  }

  // The columns after the step; the values of those that went are forgotten.
  void Change(const ColumnChanges& changes) {
    for (auto& [id, column] : changes.replaced) defined_.erase(id);
    auto scope = std::make_shared<Scope>();
    scope->columns = scope_->columns->With(changes);
    scope->hidden = MetadataColumns(scope_->hidden, analysis_.case_sensitive);
    scope->inputs = {scope_};
    scope_ = std::move(scope);
    changed_ = true;
  }

  // Each alias takes the places of the columns of its name, or the last one.
  void With(const spec::WithColumns& node) {
    auto values = Resolve(node);
    if (!values) return Start(ResolveWithColumns(node, Finish(), analysis_));
    ColumnChanges changes;
    std::vector<std::pair<plan::ColumnId, plan::ExpressionPtr>> made;
    for (const Given& given : *values) {
      auto old = scope_->columns->Named(given.alias->names[0]);
      for (size_t i = 0; i < std::max<size_t>(old.size(), 1); ++i) {
        ScopeColumn column = NewColumn(given);
        made.emplace_back(column.column.id, given.value);
        if (old.empty()) {
          changes.added.push_back(std::move(column));
        } else {
          changes.replaced.emplace_back(old[i]->column.id, std::move(column));
        }
      }
    }
    if (!MayMerge(*values, changes)) Flush();
    for (auto& [id, value] : made) value = OverBase(value);
    Change(changes);
    for (auto& [id, value] : made) defined_[id] = {value, plan::SizeOf(*value)};
  }

  // nullopt when a value needs more than a projection.
  std::optional<std::vector<Given>> Resolve(const spec::WithColumns& node) {
    if (HasTimeWindow(node.aliases)) return std::nullopt;
    Environment names{analysis_, {scope_}};
    std::unordered_set<std::string> known;
    std::vector<Given> values;
    for (const spec::ExpressionPtr& expression : node.aliases) {
      auto& alias = expression->As<spec::Alias>();
      std::string name = FoldCase(alias.names.at(0), analysis_.case_sensitive);
      if (!known.insert(name).second) throw errors::ColumnAlreadyExists(name);
      RefuseNestedGenerators(*expression, names);
      plan::ExpressionPtr value = ResolveExpression(*expression, names);
      if (NeedsMore(*value)) return std::nullopt;
      values.push_back({&alias, std::move(value)});
    }
    return values;
  }

  ScopeColumn NewColumn(const Given& given) {
    ScopeColumn column;
    column.column = {plan::NextColumnId(), given.alias->names[0], given.value->type,
                     given.value->nullable, given.alias->metadata};
    column.identity = column.column.id;
    auto* ref = given.value->TryAs<plan::ColumnRef>();
    const ScopeColumn* source = ref ? scope_->columns->Find(ref->id) : nullptr;
    if (column.column.metadata.empty() && source) column.column.metadata = source->column.metadata;
    return column;
  }

  // Whether the values can be computed right over `base_`: nothing costly is computed twice, and no
  // expression becomes too large.
  bool MayMerge(const std::vector<Given>& values, const ColumnChanges& changes) {
    std::unordered_map<plan::ColumnId, int> uses;
    for (const Given& given : values) {
      size_t size = 0;
      bool grows = false;
      plan::Any(*given.value, [&](const plan::Expression& e) {
        auto* ref = e.TryAs<plan::ColumnRef>();
        auto found = ref ? defined_.find(ref->id) : defined_.end();
        if (found == defined_.end()) {
          ++size;
        } else {
          grows = true;
          size += found->second.size;
          ++uses[ref->id];
        }
        return false;
      });
      if (grows && size > plan::kMaxMergedSize) return false;
    }
    for (auto& [id, count] : uses) {
      bool goes = std::any_of(changes.replaced.begin(), changes.replaced.end(),
                              [id = id](auto& change) { return change.first == id; });
      const Definition& definition = defined_.at(id);
      if ((count > 1 || !goes) && !plan::MayRepeat(*definition.value, definition.size))
        return false;
    }
    return true;
  }

  plan::ExpressionPtr OverBase(const plan::ExpressionPtr& value) const {
    return plan::Rewrite(value, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
      auto* ref = e->TryAs<plan::ColumnRef>();
      auto found = ref ? defined_.find(ref->id) : defined_.end();
      return found == defined_.end() ? nullptr : found->second.value;
    });
  }

  // The columns so far become the new base.
  void Flush() {
    plan::NamedExpressions items;
    for (const ScopeColumn& column : scope_->columns->all()) {
      items.push_back({column.column, ValueOf(column.column)});
    }
    if (scope_->hidden) {
      for (const ScopeColumn& column : scope_->hidden->all()) {
        items.push_back({column.column, plan::MakeRef(column.column)});
      }
    }
    base_ = {plan::MakeMergedProject(base_.plan, std::move(items)), scope_, nullptr};
    defined_.clear();
  }

  // A column under another name is a new one.
  void Rename(const spec::WithColumnsRenamed& node) {
    ScopePtr before = scope_;
    for (auto& [from, to] : node.renames) {
      ColumnChanges changes;
      std::vector<std::pair<plan::ColumnId, Definition>> made;
      for (const ScopeColumn* old : scope_->columns->Named(from)) {
        if (old->column.name == to) continue;
        ScopeColumn column = *old;
        column.column.id = column.identity = plan::NextColumnId();
        column.column.name = to;
        column.qualifier = nullptr;
        auto found = defined_.find(old->column.id);
        made.emplace_back(column.column.id, found == defined_.end()
                                                ? Definition{plan::MakeRef(old->column), 1}
                                                : found->second);
        changes.replaced.emplace_back(old->column.id, std::move(column));
      }
      if (changes.replaced.empty()) continue;
      Change(changes);
      for (auto& [id, definition] : made) defined_[id] = std::move(definition);
    }
    if (scope_ == before) scope_ = PassScope(before);
  }

  // Names and columns that are not there are no error.
  void Drop(const spec::Drop& node) {
    Environment names{analysis_, {scope_}};
    std::unordered_set<plan::ColumnId> dropped;
    for (const spec::ExpressionPtr& column : node.columns) {
      dropped.insert(DroppedId(*Parsed(column, analysis_), names));
    }
    for (const std::string& name : node.column_names) {
      for (const ScopeColumn* column : scope_->columns->Named(name)) {
        dropped.insert(column->column.id);
      }
    }
    ColumnChanges changes;
    for (plan::ColumnId id : dropped) {
      if (scope_->columns->Find(id)) changes.replaced.emplace_back(id, std::nullopt);
    }
    if (changes.replaced.empty()) {
      scope_ = PassScope(scope_);
    } else {
      Change(changes);
    }
  }

  Analysis& analysis_;
  Resolved base_;
  ScopePtr scope_;
  std::unordered_map<plan::ColumnId, Definition> defined_;
  bool changed_ = false;
};

}  // namespace

bool IsColumnStep(const spec::Relation& relation) {
  return relation.kind() == spec::RelationKind::kWithColumns ||
         relation.kind() == spec::RelationKind::kWithColumnsRenamed ||
         relation.kind() == spec::RelationKind::kDrop;
}

Resolved ResolveColumnSteps(Resolved input, std::span<const spec::Relation* const>& steps,
                            Analysis& analysis) {
  ColumnSteps state(std::move(input), analysis);
  while (!steps.empty() && IsColumnStep(*steps.front())) {
    AtOrigin(steps.front()->origin, [&] { state.Take(*steps.front()); });
    steps = steps.subspan(1);
  }
  return state.Finish();
}

}  // namespace pyrite::analyzer
