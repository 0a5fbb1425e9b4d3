#include "analyzer/query/pivot_values.h"

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <arrow/table.h>

#include "analyzer/errors.h"
#include "analyzer/expr/constant.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

constexpr const char* kValue = "__pivot_value";
constexpr const char* kMaxValuesKey = "spark.sql.pivotMaxValues";

// The first column of the rows, as text; nullopt for NULL.
std::vector<std::optional<std::string>> Texts(const Resolved& rows, Analysis& analysis) {
  std::vector<std::optional<std::string>> texts;
  auto table = analysis.context.run(Materialize(rows));
  for (const auto& chunk : table->column(0)->chunks()) {
    for (int64_t i = 0; i < chunk->length(); ++i) {
      if (chunk->IsNull(i)) {
        texts.push_back(std::nullopt);
      } else {
        texts.push_back((*chunk->GetScalar(i))->ToString());
      }
    }
  }
  return texts;
}

std::string TextOf(const spec::ExpressionPtr& value, const plan::Expression& resolved,
                   Analysis& analysis) {
  if (auto* constant = resolved.TryAs<plan::Constant>()) {
    if (constant->value.is_null()) return "null";
    return Literal{resolved.type, constant->value}.ToString(analysis.call.time_zone);
  }
  spec::ExpressionPtr text = spec::Make(spec::Cast{value, DataType::String()});
  Resolved row{plan::MakeRelation(plan::OneRow{}, {}), ScopeOf({}, nullptr, false), nullptr};
  row = ResolveProject({nullptr, {text}}, std::move(row), analysis);
  return Texts(row, analysis).at(0).value_or("null");
}

}  // namespace

std::vector<PivotValue> FindPivotValues(const spec::ExpressionPtr& column, const Resolved& input,
                                        Analysis& analysis) {
  const auto max_values =
      static_cast<int32_t>(analysis.context.configuration->GetInt(kMaxValuesKey));
  spec::ExpressionPtr value = spec::Attribute(kValue);
  Resolved rows =
      ResolveProject({nullptr, {spec::Make(spec::Alias{column, {kValue}, ""})}}, input, analysis);
  rows = ResolveDeduplicate({nullptr, {}, true, false}, std::move(rows), analysis);
  rows =
      ResolveSort({nullptr, {spec::Make(spec::SortOrder{value})}, true}, std::move(rows), analysis);
  rows = ResolveProject({nullptr, {spec::Make(spec::Cast{value, DataType::String()})}},
                        std::move(rows), analysis);
  rows = ResolveLimit({nullptr, spec::Constant(Literal::Int(max_values + 1))}, std::move(rows),
                      analysis);
  std::vector<PivotValue> values;
  for (auto& text : Texts(rows, analysis)) {
    Literal literal = text ? Literal::String(*text) : Literal::Null(DataType::String());
    values.push_back({text.value_or("null"), plan::MakeConstant(std::move(literal))});
  }
  if (values.size() > static_cast<size_t>(max_values)) {
    Environment names{analysis, {input.scope}};
    throw SparkError("_LEGACY_ERROR_TEMP_1324", {{"pivotColumn", PrettyName(*column, names)},
                                                 {"maxValues", std::to_string(max_values)},
                                                 {"config", kMaxValuesKey}});
  }
  return values;
}

std::vector<PivotValue> GivenPivotValues(const spec::Expressions& given, const DataType& type,
                                         Environment& names) {
  std::vector<PivotValue> values;
  for (const spec::ExpressionPtr& item : given) {
    plan::ExpressionPtr value = ResolveExpression(*item, names);
    auto* alias = item->TryAs<spec::Alias>();
    const spec::ExpressionPtr& written = alias ? alias->child : item;
    if (!IsFoldable(*value)) {
      throw SparkError("NON_LITERAL_PIVOT_VALUES",
                       {{"expression", errors::Quoted(PrettyName(*written, names))}});
    }
    if (!functions::CanCast(value->type, type, names.analysis.call.ansi)) {
      throw SparkError("PIVOT_VALUE_DATA_TYPE_MISMATCH", {{"value", PrettyName(*written, names)},
                                                          {"valueType", value->type.ToDdl()},
                                                          {"pivotType", type.ToSql()}});
    }
    std::string name = alias ? alias->names.at(0) : TextOf(written, *value, names.analysis);
    values.push_back({std::move(name), plan::MakeCast(value, type, plan::EvalMode::kAnsi)});
  }
  return values;
}

}  // namespace pyrite::analyzer
