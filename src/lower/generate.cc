#include "base/errors.h"
#include "duckdb/parser/expression/case_expression.hpp"
#include "duckdb/parser/expression/operator_expression.hpp"
#include "functions/registry.h"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

AstExpression Number(int64_t value) { return duckdb::ConstantExpression::Integer(value); }

AstExpression IntegerOf(AstExpression expression) {
  return MakeAstCast(std::move(expression), duckdb::LogicalType::INTEGER);
}

// With OUTER an empty or missing collection still gives one row, of NULLs.
AstExpression OrOneNull(AstExpression list, const duckdb::LogicalType& type) {
  AstExpressions nothing;
  nothing.push_back(duckdb::ConstantExpression::Null());
  auto either = duckdb::make_uniq<duckdb::CaseExpression>();
  duckdb::CaseCheck check;
  check.when_expr = MakeFunction(">", MakeFunction("len", list->Copy()),
                                 MakeAstCast(Number(0), duckdb::LogicalType::BIGINT));
  check.then_expr = std::move(list);
  either->CaseChecksMutable().push_back(std::move(check));
  either->ElseMutable() = MakeAstCast(MakeFunction("list_value", std::move(nothing)), type);
  return either;
}

// The positions 0, 1, ... of a list; NULL for the row that OUTER adds.
AstExpression Positions(AstExpression list, bool outer) {
  AstExpression positions = MakeFunction("range", MakeFunction("len", std::move(list)));
  if (!outer) return positions;
  return OrOneNull(std::move(positions), duckdb::LogicalType::LIST(duckdb::LogicalType::BIGINT));
}

}  // namespace

// UNNEST in the select list: all of them advance together.
Select Lowering::LowerGenerate(const plan::Relation& relation) {
  const auto& node = relation.As<plan::Generate>();
  const std::string name = node.generator->name;
  bool with_position = name == "posexplode" || name == "posexplode_outer";
  bool is_inline = name == "inline" || name == "inline_outer";
  if (!with_position && !is_inline && name != "explode" && name != "explode_outer") {
    throw errors::UnsupportedFeature("the generator " + name);
  }
  const plan::ExpressionPtr& argument = node.arguments.front();
  bool is_map = argument->type.Is(TypeKind::kMap);
  duckdb::LogicalType list_type = PhysicalType(argument->type);
  // A MAP is a list of key and value pairs.
  if (is_map) list_type = duckdb::LogicalType::LIST(duckdb::ListType::GetChildType(list_type));
  auto list = [&] {
    AstExpression value = Lower(argument);
    return is_map ? MakeFunction("map_entries", std::move(value)) : std::move(value);
  };
  auto rows = [&] { return node.outer ? OrOneNull(list(), list_type) : list(); };

  size_t first = node.input->output.size();
  plan::ColumnId element = plan::NextColumnId();
  AstExpressions unnested;
  if (with_position) {
    unnested.push_back(
        Named(MakeFunction("unnest", Positions(list(), node.outer)), relation.output[first].id));
  }
  bool is_wide = is_map || is_inline;
  size_t value = first + (with_position ? 1 : 0);
  unnested.push_back(
      Named(MakeFunction("unnest", rows()), is_wide ? element : relation.output[value].id));
  Select select = Lower(node.input);
  if (node.input->output.empty()) {
    select.Items(std::move(unnested));
  } else {
    select.AllAnd(std::move(unnested));
  }
  if (!is_wide && !with_position) return select;

  Select outer(std::move(select).IntoTable());
  AstExpressions items;
  for (size_t i = 0; i < relation.output.size(); ++i) {
    plan::ColumnId id = relation.output[i].id;
    if (with_position && i == first) {
      items.push_back(Named(IntegerOf(MakeColumn(id)), id));
    } else if (is_wide && i >= value) {
      items.push_back(Named(MakeFunction("struct_extract_at", MakeColumn(element),
                                         Number(static_cast<int64_t>(i - value + 1))),
                            id));
    } else {
      items.push_back(MakeColumn(id));
    }
  }
  outer.Items(std::move(items));
  return outer;
}

}  // namespace pyrite::lower
