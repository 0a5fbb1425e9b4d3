// Expressions with their calls of Python functions taken out into EvalPython nodes.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

// Raises UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF.
bool CallsPython(const plan::Expression& expression);

class PythonCalls {
 public:
  // `passing`: columns of the input that are needed whether or not an expression names them.
  PythonCalls(plan::RelationPtr input, const plan::Columns& passing,
              std::vector<plan::ExpressionPtr> expressions);

  // The input, with columns for the values of the calls.
  const plan::RelationPtr& input() const { return input_; }
  // In the order given, over those columns.
  const std::vector<plan::ExpressionPtr>& expressions() const { return expressions_; }

 private:
  // Keeps of the input only what is passing or named.
  void Narrow(const plan::Columns& passing);
  // One node for the calls whose arguments call nothing more; false when there were none.
  bool TakeOut();

  plan::RelationPtr input_;
  std::vector<plan::ExpressionPtr> expressions_;
};

// Whether functions of Python run somewhere in the plan, which are out of its expressions.
bool RunsPython(const plan::Relation& plan);

}  // namespace pyrite::passes
