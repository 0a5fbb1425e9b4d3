// A select list and what stands below it, kept until it is known which further columns ORDER BY and
// HAVING need; then built: Aggregate, Project (in layers, when items use each other's aliases),
// Window, Filter.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

struct SelectItem {
  plan::NamedExpression named;  // may hold aggregate, window and grouping calls
  Qualifier qualifier;
  plan::ColumnId identity = 0;
};
using SelectItems = std::vector<SelectItem>;

struct Select {
  Resolved input;
  bool is_aggregate = false;
  plan::Expressions groups;
  std::vector<std::vector<size_t>> grouping_sets;
  bool has_grouping_sets = false;
  std::shared_ptr<const SelectItems> items;
  // Items that the clauses above need and the result does not show.
  SelectItems hidden;
  // HAVING of a list with window functions, which see only the groups that it lets through.
  plan::Expressions group_filters;
  // Conditions over the items' columns, hidden ones too: other HAVING, QUALIFY, filters above.
  plan::Expressions filters;
};

// The plan with all items as output, hidden ones last.
plan::RelationPtr BuildPlan(const Select& select, Analysis& analysis);
// The relation with the shown items.
Resolved BuildSelect(Select select, Analysis& analysis);
// A new hidden item; returns a reference to its column.
plan::ExpressionPtr AddHidden(Select& select, plan::ExpressionPtr expression);
// Raises UNRESOLVED_COLUMN for columns below the groups that are neither grouped nor aggregated: to
// a clause that stands behind the list they are gone.
void RefuseUngrouped(const plan::ExpressionPtr& expression, const Scope& shown,
                     const Select& select);
// References to the list's own items replaced by what those items are.
plan::ExpressionPtr WithoutAliases(const plan::ExpressionPtr& expression, const SelectItems& items);
// Whether the expression needs nothing but the columns that the scope shows (and outer ones).
bool OnlyNeeds(const plan::Expression& expression, const Scope& scope, const Select& select);

// Collects the items of a select list, one spec expression after the other.
class SelectListBuilder {
 public:
  SelectListBuilder(Resolved input, Analysis& analysis);
  void Add(const spec::ExpressionPtr& expression);
  void Add(plan::NamedExpression named, bool is_reference);
  SelectItems Take() { return std::move(items_); }
  // Names of the items added so far that are aliases, for GROUP BY: of equal ones the first.
  const std::map<std::string, plan::Column>& aliases() const { return first_aliases_; }
  // The input, with a generator's output when the list has one.
  const Resolved& input() const { return input_; }
  Environment& names() { return names_; }

 private:
  void AddAlias(plan::Column column);
  void AddGenerator(const spec::Expression& expression, const plan::ExpressionPtr& generator);

  Resolved input_;
  Analysis& analysis_;
  Environment names_;
  SelectItems items_;
  std::map<std::string, plan::Column> aliases_;  // for the items that follow
  std::map<std::string, plan::Column> first_aliases_;
  std::unordered_map<plan::ColumnId, bool> used_ids_;
};

}  // namespace pyrite::analyzer
