// The notation of signatures: what a function takes and returns.
//
//   (array<T>, T) -> boolean            a variable stands for one common type
//   (string, int|bigint [, int]) -> T   alternatives; optional parameters from the right
//   (any...) -> string                  the last parameter repeats, from zero times on
//
// Concrete types by Spark's names (yminterval and dtinterval for intervals), classes: any, numeric,
// integral, decimal, ansi_interval, array, map, struct, atomic, time; variables: one upper-case
// letter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/types.h"

namespace pyrite::functions {

struct TypePattern {
  enum class Kind : uint8_t { kConcrete, kClass, kVariable, kArray, kMap, kUnion };
  Kind kind = Kind::kConcrete;
  DataType type;     // kConcrete
  std::string name;  // kClass, kVariable
  std::vector<TypePattern> children;

  bool HasVariable() const;
};

struct Signature {
  std::vector<TypePattern> parameters;
  size_t required = 0;
  bool repeats = false;
  TypePattern result;

  const TypePattern& parameter(size_t index) const {
    return parameters[std::min(index, parameters.size() - 1)];
  }
  bool Takes(size_t count) const {
    return count >= required && (repeats || count <= parameters.size());
  }
};

// A malformed text is a bug of ours: raises INTERNAL_ERROR.
std::vector<Signature> ParseSignatures(std::string_view text);

}  // namespace pyrite::functions
