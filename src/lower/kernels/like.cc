// Patterns of LIKE, as Spark wants them before the engine matches them.

#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using Text = std::string_view;

std::string Quoted(Text text) { return "'" + std::string(text) + "'"; }

// The pattern with \ as its escape character, when each one of its own stands before _, % or
// itself. (The engine takes escape characters of one byte.)
std::string CheckedPattern(Text pattern, Text escape) {
  std::string checked;
  for (size_t at = 0, next = 0; at < pattern.size(); at = next) {
    next = Advance(pattern, at, 1);
    Text character = pattern.substr(at, next - at);
    if (character != escape) {
      if (character == "\\") checked += '\\';
      checked += character;
      continue;
    }
    if (next == pattern.size()) {
      ThrowSpark("INVALID_FORMAT.ESC_AT_THE_END", {{"format", Quoted(pattern)}});
    }
    size_t end = Advance(pattern, next, 1);
    Text escaped = pattern.substr(next, end - next);
    if (escaped != "_" && escaped != "%" && escaped != escape) {
      ThrowSpark("INVALID_FORMAT.ESC_IN_THE_MIDDLE",
                 {{"format", Quoted(pattern)}, {"char", Quoted(escaped)}});
    }
    if (escaped == "_" || escaped == "%" || escaped == "\\") checked += '\\';
    checked += escaped;
    next = end;
  }
  return checked;
}

}  // namespace

void RegisterLikeKernels(duckdb::ExtensionLoader& loader) {
  using duckdb::LogicalType;
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(MakeKernel("spark_like_pattern", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(CheckedPattern), true));
}

}  // namespace pyrite::lower
