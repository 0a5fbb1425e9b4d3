// The options of Spark's JSON source.
#pragma once

#include "sources/text/text_options.h"

namespace pyrite::sources {

// What a parser accepts beyond JSON.
struct JsonDialect {
  bool comments = false;
  bool unquoted_names = false;
  bool single_quotes = true;
  bool leading_zeros = false;
  bool non_numeric_numbers = true;  // NaN, Infinity, -INF
  bool backslash_any = false;
  bool control_characters = false;
};

struct JsonOptions {
  TextOptions text;
  JsonDialect dialect;
  bool primitives_as_string = false;
  bool prefers_decimal = false;
  bool drop_field_if_all_null = false;
  bool infer_timestamp = false;

  // From settled options (sources/text/text_options.h).
  static JsonOptions Read(const plan::Options& options);
};

}  // namespace pyrite::sources
