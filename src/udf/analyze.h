// The static method `analyze` of a table function, called in a worker.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plan/python_function.h"
#include "plan/table_function.h"

namespace pyrite::udf {

class WorkerPool;

// Raises TABLE_VALUED_FUNCTION_FAILED_TO_ANALYZE_IN_PYTHON with what the method raised, and
// whatever `check` raises, which is called while the answer is waited for.
plan::TableFunctionAnalysis Analyze(WorkerPool& pool, const plan::PythonFunction& function,
                                    const std::vector<plan::AnalyzedArgument>& arguments,
                                    const std::function<void()>& check);

}  // namespace pyrite::udf
