// What one call of the table function that runs Python functions does. It travels as the function's
// parameters, so that a plan with it can be sent to another node.
#pragma once

#include <optional>
#include <string>

#include "base/types.h"
#include "duckdb.hpp"
#include "udf/request.h"

namespace pyrite::lower {

inline constexpr char kPythonFunction[] = "pyrite_python";

struct PythonTask {
  enum class Mode : uint8_t {
    kMap,        // rows of rows
    kExtend,     // a value for every row: the first `kept` columns pass, the others are arguments
    kGroups,     // rows of the rows of each group; the first `kept` columns are the keys
    kCogroups,   // the same of two sides, told apart by the column after the keys
    kAggregate,  // a row for each group: its keys, and a value for each function
    kTable,      // rows for each row: the first `kept` columns pass, `sent` are arguments
  };
  Mode mode = Mode::kMap;
  std::string request;  // udf/request.h
  std::string folder;   // of the files that the functions import, on the node that made the task
  Schema input;         // all columns of the table
  Schema output;        // of the functions
  size_t kept = 0;
  size_t left_count = 0;  // kCogroups: columns of the left side
  size_t sent = 0;        // kTable: columns; those after them only give the rows their order
  // kTable: of the columns sent those that go as one column of structs, when there are such.
  std::optional<size_t> table_first;
  size_t table_width = 0;
  bool as_struct = false;    // the rows go as one column of structs
  bool from_struct = false;  // and come as one
  bool in_one = false;       // one worker has all rows
  bool spreads = false;      // many shall have them, however few they are: repartition()
  int64_t batch_rows = 10000;
  std::string time_zone;
  // Of the cluster's task that runs it, where one does: not a parameter.
  udf::TaskNumbers numbers;
  int32_t tasks = 1;  // of its stage

  // It takes rows as they come, in any number of processes; not groups.
  bool is_of_rows() const {
    return mode == Mode::kMap || mode == Mode::kExtend || (mode == Mode::kTable && !in_one);
  }
  // The first `kept` columns pass.
  bool keeps_columns() const {
    return mode == Mode::kExtend || mode == Mode::kAggregate || mode == Mode::kTable;
  }
  // The columns of the result: those that pass, then the functions'.
  Schema result() const;

  duckdb::vector<duckdb::Value> ToParameters() const;
  static PythonTask FromParameters(const duckdb::vector<duckdb::Value>& parameters);
};

}  // namespace pyrite::lower
