// Where a node of the unresolved plan came from: a piece of SQL text, or a DataFrame method.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"

namespace pyrite::spec {

struct Origin {
  std::shared_ptr<const std::string> sql;  // the whole statement; null for DataFrame code
  int32_t start = -1;                      // byte offsets into *sql, [start, stop)
  int32_t stop = -1;
  std::shared_ptr<const std::string> fragment;   // DataFrame code: the method, as "divide"
  std::shared_ptr<const std::string> call_site;  // DataFrame code: "file.py:12"

  bool known() const { return sql != nullptr || fragment != nullptr; }
};

// What an error that arose there shows; nullopt when the origin is not known.
std::optional<QueryContext> ContextOf(const Origin& origin);

}  // namespace pyrite::spec
