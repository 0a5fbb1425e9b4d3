// The one place where a call's arguments meet a function's signatures.
#pragma once

#include "functions/registry.h"
#include "functions/signature.h"

namespace pyrite::functions {

struct Match {
  plan::Expressions arguments;  // coerced
  DataType result;
};

// Picks the signature that needs the fewest casts. Raises WRONG_NUM_ARGS, DATATYPE_MISMATCH.*.
Match MatchCall(const Function& function, const plan::Expressions& arguments,
                const CallContext& context);

// A parameter's types as Spark's messages name them: "NUMERIC", ("INT" or "BIGINT").
std::string RequiredType(const TypePattern& pattern);

}  // namespace pyrite::functions
