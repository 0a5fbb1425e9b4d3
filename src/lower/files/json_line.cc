#include "lower/files/json_line.h"

#include "functions/options.h"

namespace pyrite::lower {

AstExpression MakeJsonLine(AstExpression row, const DataType& type, const plan::Options& settled) {
  std::string options;
  for (const auto& [name, value] : settled) {
    options += name + functions::kOptionEnd + value + functions::kOptionEnd;
  }
  return MakeFunction("spark_to_json", std::move(row), MakeValue(duckdb::Value(type.ToSql())),
                      MakeValue(duckdb::Value(options)));
}

}  // namespace pyrite::lower
