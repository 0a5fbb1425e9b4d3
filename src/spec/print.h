// Spec trees as text, for golden files and logs.
//
//   Project [a, +(a, 1) AS b]
//     Filter >(a, 0)
//       NamedTable t
#pragma once

#include <string>

#include "spec/command.h"

namespace pyrite::spec {

struct PrintOptions {
  bool origins = false;  // with "@start-stop" behind every expression
};

std::string Print(const Expression& expression, const PrintOptions& options = {});
std::string Print(const Relation& relation, const PrintOptions& options = {});
std::string Print(const Command& command, const PrintOptions& options = {});
std::string Print(const Statement& statement, const PrintOptions& options = {});

}  // namespace pyrite::spec
