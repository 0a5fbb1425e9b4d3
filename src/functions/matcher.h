// The one place where a call's arguments meet a function's signatures.
#pragma once

#include "base/error.h"
#include "functions/registry.h"
#include "functions/signature.h"

namespace pyrite::functions {

struct Match {
  plan::Expressions arguments;  // coerced
  DataType result;
};

// Picks the signature that needs the fewest casts. Raises WRONG_NUM_ARGS, DATATYPE_MISMATCH.*, in
// which the function is called `name`.
Match MatchCall(const Function& function, const std::string& name,
                const plan::Expressions& arguments, const CallContext& context);

// "first", "second", ...: of a 0-based index.
const char* Ordinal(size_t index);

// DATATYPE_MISMATCH.DATA_DIFF_TYPES of a call whose arguments need one type.
SparkError DifferentTypes(const std::string& name, const plan::Expressions& arguments,
                          const std::vector<DataType>& types);

// A parameter's types as Spark's messages name them: "NUMERIC", ("INT" or "BIGINT").
std::string RequiredType(const TypePattern& pattern);

}  // namespace pyrite::functions
