// One select item after the other: stars, aliases, plain columns, generators.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/select.h"
#include "plan/walk.h"

namespace pyrite::analyzer {

namespace {

bool IsNullableIn(const plan::Expression& e) {
  return e.kind() == plan::ExpressionKind::kInSubquery && e.nullable;
}

// Spark makes an existence join of IN (SELECT ...) outside of a condition: it is false where it
// would be NULL, and so is NOT IN. The schema goes on to say that it may be NULL.
plan::ExpressionPtr AsExistence(const plan::ExpressionPtr& value, const Analysis& analysis) {
  return plan::Rewrite(value, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    auto* call = e->TryAs<plan::Call>();
    bool negated = call && call->function && call->arguments.size() == 1 &&
                   IsNullableIn(*call->arguments[0]) &&
                   std::string_view(functions::NameOf(*call->function)) == "not";
    if (!negated && !IsNullableIn(*e)) return nullptr;
    plan::Expression made =
        *CallFunction("coalesce", {e, plan::MakeConstant(Literal::Boolean(false))}, analysis);
    made.nullable = true;
    return std::make_shared<const plan::Expression>(std::move(made));
  });
}

}  // namespace

SelectListBuilder::SelectListBuilder(Resolved input, Analysis& analysis)
    : input_(std::move(input)), analysis_(analysis), names_{analysis_, {input_.scope}} {
  names_.lateral = &aliases_;
}

// A plain column keeps its id, so that it is the same column above (see plan::ColumnId); its second
// occurrence in a list has to get one of its own.
void SelectListBuilder::Add(plan::NamedExpression named, bool is_reference) {
  SelectItem item;
  item.identity = named.column.id;
  auto* ref = named.expression->TryAs<plan::ColumnRef>();
  const ScopeColumn* source = nullptr;
  if (is_reference && ref) {
    source = input_.scope->columns->Find(ref->id);
    if (!source && input_.scope->hidden) source = input_.scope->hidden->Find(ref->id);
  }
  if (source) {
    item.qualifier = source->qualifier;
    item.identity = source->identity;
    named.column.metadata = source->column.metadata;
    named.column.id = ref->id;
    if (!used_ids_.emplace(ref->id, true).second) named.column.id = plan::NextColumnId();
  } else if (is_reference || !used_ids_.emplace(named.column.id, true).second) {
    named.column.id = plan::NextColumnId();
  }
  named.column.type = named.expression->type;
  named.column.nullable = named.expression->nullable;
  item.named = std::move(named);
  items_.push_back(std::move(item));
}

void SelectListBuilder::AddGenerator(const spec::Expression& expression,
                                     const plan::ExpressionPtr& generator) {
  if (HasAggregate(*generator)) {
    throw errors::UnsupportedFeature("aggregate functions in the arguments of generators");
  }
  auto* alias = expression.TryAs<spec::Alias>();
  Generated made = Generate(input_, generator, false, alias ? alias->names : spec::NameParts{},
                            nullptr, analysis_);
  input_.plan = made.plan;
  for (const plan::Column& column : made.columns) {
    Add({column, plan::MakeRef(column)}, false);
    if (alias) AddAlias(items_.back().named.column);
  }
}

void SelectListBuilder::Add(const spec::ExpressionPtr& given) {
  spec::ExpressionPtr expression = Parsed(given, analysis_);
  if (auto* star = expression->TryAs<spec::UnresolvedStar>()) {
    AtOrigin(expression->origin, [&] {
      for (plan::NamedExpression& item : ExpandStar(*star, names_)) Add(std::move(item), true);
    });
    return;
  }
  if (auto* regex = expression->TryAs<spec::UnresolvedRegex>()) {
    for (plan::NamedExpression& item : ExpandRegex(*regex, names_)) Add(std::move(item), true);
    return;
  }
  RefuseNestedGenerators(*expression, names_);
  plan::ExpressionPtr value = AsExistence(ResolveExpression(*expression, names_), analysis_);
  if (IsGenerator(*value)) return AddGenerator(*expression, value);
  bool plain = expression->kind() == spec::ExpressionKind::kUnresolvedAttribute;
  plan::Column column;
  column.id = plan::NextColumnId();
  column.name = ColumnName(*expression, names_);
  auto* alias = expression->TryAs<spec::Alias>();
  if (alias) {
    if (alias->names.size() > 1) {
      std::string listed;
      for (const std::string& name : alias->names) {
        listed += (listed.empty() ? "" : ", ") + errors::QuoteName({name});
      }
      throw SparkError("MULTI_ALIAS_WITHOUT_GENERATOR",
                       {{"expr", errors::Quoted(PrettyName(*alias->child, names_))},
                        {"names", "[" + listed + "]"}});
    }
    column.metadata = alias->metadata;
    auto* ref = value->TryAs<plan::ColumnRef>();
    const ScopeColumn* source = ref ? input_.scope->columns->Find(ref->id) : nullptr;
    if (column.metadata.empty() && source) column.metadata = source->column.metadata;
  }
  if (auto* ref = value->TryAs<plan::ColumnRef>(); ref && input_.scope->time_window) {
    const plan::Column& window = input_.scope->time_window->column;
    if (ref->id == window.id) column.metadata = window.metadata;
  }
  column.type = value->type;
  column.nullable = value->nullable;
  Add({column, value}, plain);
  if (alias) AddAlias(items_.back().named.column);
}

// A second column of one name makes it ambiguous for the items that follow: no column has id 0.
void SelectListBuilder::AddAlias(plan::Column column) {
  auto [place, is_new] = aliases_.emplace(FoldCase(column.name, analysis_.case_sensitive), column);
  if (is_new) {
    first_aliases_.insert(*place);
  } else {
    place->second.id = 0;
  }
}

}  // namespace pyrite::analyzer
