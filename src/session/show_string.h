// df.show(): rows as an aligned text table, as Spark's Dataset.showString prints it; and the HTML
// of notebooks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pyrite::session {

struct ShownRows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // at most as many as asked for
  int64_t asked = 0;
  bool has_more = false;
};

// Cells longer than `truncate` characters are cut (0: never).
std::string FormatTable(const ShownRows& shown, int32_t truncate);
std::string FormatVertical(const ShownRows& shown, int32_t truncate);
std::string FormatHtml(const ShownRows& shown, int32_t truncate);

}  // namespace pyrite::session
