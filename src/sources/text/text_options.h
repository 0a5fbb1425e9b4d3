// Options that CSV and JSON have in common, and how option values are read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/configuration.h"
#include "sources/options.h"
#include "sources/text/line_reader.h"

namespace pyrite::sources {

// What becomes of a record that does not fit.
enum class ParseMode : uint8_t { kPermissive, kDropMalformed, kFailFast };

struct TextOptions {
  ParseMode mode = ParseMode::kPermissive;
  std::string corrupt_column;
  bool multi_line = false;
  LineFormat lines;
  double sampling_ratio = 1;
  std::string time_zone;
  std::optional<std::string> date_format;
  std::optional<std::string> timestamp_format;
  std::optional<std::string> timestamp_ntz_format;
  // Whether what the formats do not read may be read as a cast reads it.
  bool date_fallback = true;
  bool timestamp_fallback = true;
};

// The options with what the configuration says added to them, so that they mean the same wherever
// and whenever they are read.
plan::Options Settle(const plan::Options& options, const std::string& format,
                     const Configuration& configuration);

// From settled options, for what Spark calls the reader in errors: "CSVOptions".
TextOptions ReadTextOptions(const Options& options, const std::string& reader);

// Values of settled options; each raises Spark's error for what it cannot read.
bool BoolOption(const Options& options, const std::string& name, bool otherwise);
int64_t IntOption(const Options& options, const std::string& name, int64_t otherwise);
// 0: the empty text, no character.
char CharOption(const Options& options, const std::string& name, char otherwise);

}  // namespace pyrite::sources
