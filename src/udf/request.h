// What a worker is told before the rows come: the functions, which columns they take, settings.
// Which task it is, and where its files are, is not part of it before the task begins (OfTask).
#pragma once

#include <string>
#include <vector>

#include "base/types.h"
#include "plan/relation.h"

namespace pyrite::udf {

// One function of a request. Offsets are columns of the rows sent; names of keyword arguments stand
// at their offsets, empty for positional ones.
struct FunctionCall {
  const plan::PythonFunction* function = nullptr;
  std::vector<int32_t> offsets;
  std::vector<std::string> names;  // as many as offsets, or none
};

// All calls are of one eval type. `evaluation` are the settings of this evaluation alone.
std::string EncodeRequest(const std::vector<FunctionCall>& calls,
                          const plan::PythonFunction::Settings& evaluation = {});

// The call of a table function that makes rows of type `result`.
std::string EncodeTableRequest(const FunctionCall& call, const plan::TableFunctionCall& table,
                               const DataType& result,
                               const plan::PythonFunction::Settings& evaluation);

// Which task of a query runs the functions. Partitions are counted over all processes of a stage
// that have rows.
struct TaskNumbers {
  int32_t stage = 0;
  int32_t partition = 0;
  int32_t attempt = 0;
};
// The request of a task, on a node where the files that the functions import are in `folder`;
// empty: none.
std::string OfTask(const std::string& request, const TaskNumbers& task, const std::string& folder);

// How a request that is part of planning (analyze.h) begins.
std::string EncodePlanning(const plan::PythonFunction& function);

}  // namespace pyrite::udf
