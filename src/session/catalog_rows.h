// The answers to calls of spark.catalog: rows of strings, booleans and lists of strings.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/table.h"
#include "plan/relation.h"

namespace pyrite::session {

// NULL, a BOOLEAN, a STRING or an ARRAY<STRING>.
using CatalogCell = std::variant<std::monostate, bool, std::string, std::vector<std::string>>;
using CatalogRow = std::vector<CatalogCell>;

struct CatalogColumn {
  std::string name;
  DataType type;
  bool nullable = true;
};

// A table or persistent view as getTable and listTables show it.
CatalogRow TableRow(const catalog::Table& table);

plan::RelationPtr MakeCatalogRows(const std::vector<CatalogColumn>& columns,
                                  const std::vector<CatalogRow>& rows);
// One row of one column, as exists(), currentDatabase() and the like answer.
plan::RelationPtr MakeCatalogValue(CatalogCell value);

// The names that a pattern of the catalog matches, sorted: `*` stands for anything, `|` parts
// alternatives, letter case does not count. An alternative that is no pattern matches nothing.
std::vector<std::string> FilterNames(const std::vector<std::string>& names,
                                     const std::string& pattern);

}  // namespace pyrite::session
