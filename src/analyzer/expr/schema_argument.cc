#include "analyzer/expr/schema_argument.h"

#include "base/errors.h"
#include "functions/build.h"
#include "functions/options.h"
#include "sources/schema_text.h"

namespace pyrite::analyzer {
namespace {

plan::Options OptionsIn(std::string_view text) {
  plan::Options options;
  const auto next = [&] {
    size_t end = std::min(text.find(functions::kOptionEnd), text.size());
    std::string part(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
  };
  while (!text.empty()) {
    std::string name = next();
    options.emplace_back(std::move(name), next());
  }
  return options;
}

}  // namespace

plan::ExpressionPtr FoldSchema(const plan::ExpressionPtr& argument) {
  const auto* call = argument->TryAs<plan::Call>();
  if (!call) return argument;
  const std::string_view name = call->function->name;
  bool of_json = name == "spark_schema_of_json";
  if (!of_json && name != "spark_schema_of_csv") return argument;
  const Value* text = functions::ConstantValue(call->arguments[0]);
  const Value* options = functions::ConstantValue(call->arguments[1]);
  if (!text || !options) return argument;
  auto schema_of = of_json ? sources::SchemaOfJsonText : sources::SchemaOfCsvText;
  auto type = schema_of(text->as_string(), OptionsIn(options->as_string()));
  if (!type) {
    throw SparkError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                     {{"badRecord", text->as_string()}, {"failFastMode", "FAILFAST"}});
  }
  return functions::StringConstant(type->ToSql());
}

}  // namespace pyrite::analyzer
