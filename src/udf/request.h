// What a worker is told before the rows come: the functions, which columns they take, settings.
// Where its files are is not part of it: that is a node's own (WithFolder).
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

// A request for a node where the files that the functions import are in `folder`; empty: none.
std::string WithFolder(const std::string& request, const std::string& folder);

// How a request that is part of planning (analyze.h) begins.
std::string EncodePlanning(const plan::PythonFunction& function);

}  // namespace pyrite::udf
