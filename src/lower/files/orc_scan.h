// ORC files as a DuckDB table.
#pragma once

#include "lower/ast.h"
#include "plan/relation.h"

namespace pyrite::lower {

// The relation's columns by their ids, read from `files`, whose partition values are the same.
AstQuery ReadOrc(const plan::Relation& relation, const std::vector<const plan::ScanFile*>& files);

}  // namespace pyrite::lower
