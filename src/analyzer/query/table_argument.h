// The table argument of a Python table function: its rows, how they are parted and ordered, and
// which of its columns the function gets.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

struct TableOfCall {
  Resolved rows;
  spec::Expressions partition_by;
  spec::Expressions order_by;  // SortOrder nodes
  bool with_single_partition = false;
  spec::Expressions select = {};  // empty: all columns
};

TableOfCall ResolveTableArgument(const spec::TableArgument& argument, const Analysis& analysis);

// What the function's method `analyze` asks of the table. Raises where the call says so already.
void Apply(const plan::TableFunctionAnalysis& answer, const std::string& function,
           TableOfCall& table, const Analysis& analysis);

// The columns that the function gets, and after them the keys of partitions that are none of them;
// the node is told about both, and about the order by `keys`, which are to be columns too.
plan::NamedExpressions ColumnsOf(const TableOfCall& table, plan::TableFunctionCall& node,
                                 plan::NamedExpressions& keys, Analysis& analysis);

}  // namespace pyrite::analyzer
