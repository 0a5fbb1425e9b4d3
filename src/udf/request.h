// What a worker is told before the rows come: the functions, which columns they take, settings.
#pragma once

#include <string>
#include <vector>

#include "plan/python_function.h"

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

}  // namespace pyrite::udf
