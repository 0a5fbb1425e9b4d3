// A task of the Python table function over a query's rows, as a FROM item.
#pragma once

#include "lower/ast.h"
#include "lower/python/task.h"

namespace pyrite::lower {

AstTable MakePythonTable(const PythonTask& task, AstQuery rows, const plan::Columns& output);

// What the session's settings, and the partitions of its rows, say about all tasks of a function.
PythonTask TaskOf(const plan::PythonFunction& function, const plan::Relation& rows);

}  // namespace pyrite::lower
