// What a table function of Python says of its result before it runs: its method `analyze`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/types.h"
#include "base/value.h"

namespace pyrite::plan {

// What it is told of an argument.
struct AnalyzedArgument {
  std::string name;  // of a keyword argument; empty: positional
  DataType type;     // of a table: a struct of its columns
  bool is_table = false;
  std::optional<Value> constant;  // of an expression that is the same for all rows
};

// What it answers. Texts are SQL expressions over the columns of its table argument.
struct TableFunctionAnalysis {
  struct Order {
    std::string text;
    bool ascending = true;
    std::optional<bool> nulls_first;
  };
  struct Item {
    std::string text;
    std::string alias;  // may be empty
  };

  DataType schema;
  std::string pickled;  // the answer itself, for the function's constructor
  bool with_single_partition = false;
  std::vector<std::string> partition_by;
  std::vector<Order> order_by;
  std::vector<Item> select;  // empty: all columns
};

}  // namespace pyrite::plan
