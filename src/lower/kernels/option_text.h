// The options that functions/options.h makes one text of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/text/time_zone.h"
#include "functions/options.h"
#include "lower/kernels/error.h"
#include "plan/relation.h"

namespace pyrite::lower {

class OptionTexts {
 public:
  explicit OptionTexts(std::string_view text) {
    const auto next = [&] {
      size_t end = std::min(text.find(functions::kOptionEnd), text.size());
      std::string part(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      return part;
    };
    while (!text.empty()) {
      std::string name = next();
      options_.emplace_back(std::move(name), next());
    }
  }

  // The first option of the name, without regard to case.
  std::optional<std::string> Find(std::string_view name) const {
    for (const auto& [key, value] : options_) {
      bool same = key.size() == name.size();
      for (size_t i = 0; same && i < key.size(); ++i) same = (key[i] | 32) == (name[i] | 32);
      if (same) return value;
    }
    return std::nullopt;
  }
  bool Bool(std::string_view name, bool otherwise) const {
    auto value = Find(name);
    if (!value) return otherwise;
    return *value == "true" || *value == "TRUE" || *value == "True";
  }
  const TimeZone* zone() const {
    std::string id = Find("timeZone").value_or("UTC");
    const TimeZone* zone = TimeZone::Find(id);
    if (zone == nullptr) ThrowSpark("INVALID_TIMEZONE", {{"timeZone", id}});
    return zone;
  }
  const plan::Options& all() const { return options_; }

 private:
  plan::Options options_;
};

}  // namespace pyrite::lower
