// A format's options, by names in any case.
#pragma once

#include <optional>
#include <string>

#include "plan/relation.h"

namespace pyrite::sources {

class Options {
 public:
  explicit Options(const plan::Options& options) : options_(options) {}

  // The last value given under `name`.
  std::optional<std::string> Find(const std::string& name) const;
  // As Find, as a boolean; raises ILLEGAL_ARGUMENT for anything but true and false.
  std::optional<bool> FindBool(const std::string& name) const;

 private:
  const plan::Options& options_;
};

bool EqualsIgnoreCase(const std::string& left, const std::string& right);
// ASCII only.
std::string ToLower(std::string text);

}  // namespace pyrite::sources
