// Writing the formats made of text: their rows become lines, which one COPY format writes.
#pragma once

#include <string>

#include "duckdb/parser/parsed_data/copy_info.hpp"
#include "engine/engine.h"
#include "lower/ast.h"

namespace pyrite::engine {

// csv, json and text, in any case.
bool IsLinesFormat(const std::string& format);

// The expression of a row's line, without its end, over `columns`.
lower::AstExpression MakeLine(const WriteRequest& request, const plan::Columns& columns);

// The COPY format, with line ends, header, compression and charset.
void SetLinesOptions(const WriteRequest& request, duckdb::CopyInfo& info);

// ".csv.gz"
std::string LinesSuffix(const WriteRequest& request);

}  // namespace pyrite::engine
