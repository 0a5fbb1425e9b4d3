#include "lower/files/json_line.h"

#include "functions/options.h"
#include "lower/type.h"

namespace pyrite::lower {

AstExpression MakeJsonLine(AstExpressions values, const DataType& type,
                           const plan::Options& settled) {
  duckdb::vector<duckdb::Identifier> names = PhysicalFieldNames(type);
  for (size_t i = 0; i < values.size(); ++i) values[i]->SetAlias(names[i]);
  AstExpression row = MakeFunction("struct_pack", std::move(values));
  std::string options;
  for (const auto& [name, value] : settled) {
    options += name + functions::kOptionEnd + value + functions::kOptionEnd;
  }
  return MakeFunction("spark_to_json", std::move(row), MakeValue(duckdb::Value(type.ToSql())),
                      MakeValue(duckdb::Value(options)));
}

}  // namespace pyrite::lower
