#include "session/catalog_rows.h"

#include <arrow/api.h>

#include <regex>
#include <set>
#include <sstream>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "session/rows.h"

namespace pyrite::session {
namespace {

void Check(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal(status.ToString());
}

void Append(const CatalogCell& cell, arrow::ArrayBuilder& builder) {
  if (std::holds_alternative<std::monostate>(cell)) {
    Check(builder.AppendNull());
  } else if (auto* flag = std::get_if<bool>(&cell)) {
    Check(static_cast<arrow::BooleanBuilder&>(builder).Append(*flag));
  } else if (auto* text = std::get_if<std::string>(&cell)) {
    Check(static_cast<arrow::StringBuilder&>(builder).Append(*text));
  } else {
    auto& list = static_cast<arrow::ListBuilder&>(builder);
    Check(list.Append());
    auto& values = static_cast<arrow::StringBuilder&>(*list.value_builder());
    for (const std::string& item : std::get<std::vector<std::string>>(cell)) {
      Check(values.Append(item));
    }
  }
}

std::string ReplaceStars(const std::string& pattern) {
  std::string out;
  for (char c : pattern) {
    if (c == '*') {
      out += ".*";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

plan::RelationPtr MakeCatalogRows(const std::vector<CatalogColumn>& columns,
                                  const std::vector<CatalogRow>& rows) {
  std::vector<StructField> fields;
  plan::Columns output;
  for (const CatalogColumn& column : columns) {
    fields.push_back(StructField{column.name, column.type, column.nullable, ""});
    output.push_back({0, column.name, column.type, column.nullable, ""});
  }
  auto schema = ToArrow(fields, "UTC");
  arrow::ArrayVector arrays;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::unique_ptr<arrow::ArrayBuilder> builder;
    Check(arrow::MakeBuilder(arrow::default_memory_pool(), schema->field(i)->type(), &builder));
    for (const CatalogRow& row : rows) Append(row[i], *builder);
    std::shared_ptr<arrow::Array> array;
    Check(builder->Finish(&array));
    arrays.push_back(std::move(array));
  }
  auto table = arrow::Table::Make(schema, arrays, static_cast<int64_t>(rows.size()));
  return MakeLocalData(std::move(table), output);
}

plan::RelationPtr MakeCatalogValue(CatalogCell value) {
  DataType type = std::holds_alternative<bool>(value) ? DataType::Boolean() : DataType::String();
  return MakeCatalogRows({{"value", type}}, {{std::move(value)}});
}

std::vector<std::string> FilterNames(const std::vector<std::string>& names,
                                     const std::string& pattern) {
  std::set<std::string> matching;
  std::istringstream alternatives(pattern);
  for (std::string part; std::getline(alternatives, part, '|');) {
    size_t first = part.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    part = part.substr(first, part.find_last_not_of(' ') - first + 1);
    try {
      std::regex expression(ReplaceStars(part), std::regex::ECMAScript | std::regex::icase);
      for (const std::string& name : names) {
        if (std::regex_match(name, expression)) matching.insert(name);
      }
    } catch (const std::regex_error&) {
      continue;
    }
  }
  return {matching.begin(), matching.end()};
}

}  // namespace pyrite::session
