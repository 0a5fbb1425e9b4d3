#include "spec/origin.h"

#include <algorithm>

namespace pyrite::spec {
namespace {

// Code points of UTF-8 text before byte `end`.
int32_t CodePoints(const std::string& text, int32_t end) {
  int32_t count = 0;
  for (int32_t i = 0; i < end; ++i) count += (text[i] & 0xC0) != 0x80;
  return count;
}

QueryContext SqlContext(const Origin& origin) {
  const std::string& sql = *origin.sql;
  int32_t size = static_cast<int32_t>(sql.size());
  int32_t start = std::clamp(origin.start, 0, size);
  int32_t stop = std::clamp(origin.stop, start, size);
  QueryContext context;
  context.start_index = CodePoints(sql, start);
  context.fragment = sql.substr(start, stop - start);
  context.stop_index = CodePoints(sql, stop) - 1;
  int32_t line = 1 + static_cast<int32_t>(std::count(sql.begin(), sql.begin() + start, '\n'));
  size_t line_start = start == 0 ? std::string::npos : sql.rfind('\n', start - 1);
  line_start = line_start == std::string::npos ? 0 : line_start + 1;
  size_t line_end = std::min(sql.find('\n', start), sql.size());
  int32_t column = CodePoints(sql, start) - CodePoints(sql, static_cast<int32_t>(line_start));
  int32_t shown = std::min<int32_t>(stop, static_cast<int32_t>(line_end)) - start;
  context.summary = "== SQL (line " + std::to_string(line) + ", position " +
                    std::to_string(column + 1) + ") ==\n" +
                    sql.substr(line_start, line_end - line_start) + "\n" +
                    std::string(column, ' ') + std::string(std::max(shown, 1), '^');
  return context;
}

}  // namespace

std::optional<QueryContext> ContextOf(const Origin& origin) {
  if (origin.sql) return SqlContext(origin);
  if (!origin.fragment) return std::nullopt;
  QueryContext context;
  context.kind = QueryContext::Kind::kDataFrame;
  context.fragment = *origin.fragment;
  if (origin.call_site) context.call_site = *origin.call_site;
  context.summary =
      "== DataFrame ==\n\"" + context.fragment + "\" was called from\n" + context.call_site;
  return context;
}

}  // namespace pyrite::spec
