#include "session/show_string.h"

#include <algorithm>

namespace pyrite::session {
namespace {

// The bytes of the UTF-8 character that starts with `lead`.
size_t CharacterBytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

uint32_t CodePointAt(const std::string& text, size_t at) {
  unsigned char lead = static_cast<unsigned char>(text[at]);
  size_t bytes = std::min(CharacterBytes(lead), text.size() - at);
  if (bytes == 1) return lead;
  uint32_t code = lead & (0xFFu >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i)
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  return code;
}

// The full-width ranges that Spark counts twice (Utils.stringHalfWidth): by Java char, so
// characters outside the basic plane, two chars in Java, count two as well.
int Width(uint32_t code) {
  bool full = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
              (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
              (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
              (code >= 0xFFE0 && code <= 0xFFE6) || code > 0xFFFF;
  return full ? 2 : 1;
}

int HalfWidth(const std::string& text) {
  int width = 0;
  for (size_t at = 0; at < text.size();
       at += CharacterBytes(static_cast<unsigned char>(text[at]))) {
    width += Width(CodePointAt(text, at));
  }
  return width;
}

// Characters as Java counts them: UTF-16 units.
int JavaLength(const std::string& text) {
  int length = 0;
  for (unsigned char c : text) length += (c & 0xC0) != 0x80 ? (c >= 0xF0 ? 2 : 1) : 0;
  return length;
}

std::string Prefix(const std::string& text, int length) {
  size_t at = 0;
  for (int taken = 0; at < text.size() && taken < length;) {
    unsigned char lead = static_cast<unsigned char>(text[at]);
    taken += lead >= 0xF0 ? 2 : 1;
    if (taken > length) return text.substr(0, at) + "?";  // half a character, as Java shows it
    at += CharacterBytes(lead);
  }
  return text.substr(0, at);
}

std::string EscapeMeta(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\f': out += "\\f"; break;
      case '\b': out += "\\b"; break;
      case '\v': out += "\\v"; break;
      case '\a': out += "\\a"; break;
      default: out += c;
    }
  }
  return out;
}

std::string Cell(const std::string& raw, int32_t truncate) {
  std::string text = EscapeMeta(raw);
  if (truncate <= 0 || JavaLength(text) <= truncate) return text;
  // Too short for an ellipsis: cut plainly.
  return truncate < 4 ? Prefix(text, truncate) : Prefix(text, truncate - 3) + "...";
}

std::vector<std::vector<std::string>> Cells(const ShownRows& shown, int32_t truncate) {
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : shown.rows) {
    cells.emplace_back();
    for (const std::string& value : row) cells.back().push_back(Cell(value, truncate));
  }
  return cells;
}

std::vector<std::string> Header(const ShownRows& shown) {
  std::vector<std::string> header;
  for (const std::string& column : shown.columns) header.push_back(EscapeMeta(column));
  return header;
}

std::string Spaces(int count) { return std::string(std::max(count, 0), ' '); }

// The last line of a table that holds back rows.
std::string More(const ShownRows& shown) {
  return std::string("only showing top ") + std::to_string(shown.asked) +
         (shown.asked == 1 ? " row" : " rows");
}

std::string EscapeHtml(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

std::string FormatTable(const ShownRows& shown, int32_t truncate) {
  std::vector<std::string> header = Header(shown);
  std::vector<std::vector<std::string>> cells = Cells(shown, truncate);
  std::vector<int> widths(header.size(), 3);
  auto widen = [&](const std::vector<std::string>& row) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], HalfWidth(row[i]));
  };
  widen(header);
  for (const auto& row : cells) widen(row);

  std::string rule = "+";
  for (int width : widths) rule += std::string(width, '-') + "+";
  if (widths.empty()) rule += "+";
  rule += "\n";
  auto line = [&](const std::vector<std::string>& row) {
    std::string out = "|";
    for (size_t i = 0; i < row.size(); ++i) {
      std::string padding = Spaces(widths[i] - HalfWidth(row[i]));
      out += (truncate > 0 ? padding + row[i] : row[i] + padding) + "|";
    }
    return out + (row.empty() ? "|\n" : "\n");
  };
  std::string out = rule + line(header) + rule;
  for (const auto& row : cells) out += line(row);
  out += rule;
  return shown.has_more ? out + More(shown) : out;
}

std::string FormatVertical(const ShownRows& shown, int32_t truncate) {
  if (shown.rows.empty()) return "(0 rows)\n";
  std::vector<std::string> header = Header(shown);
  std::vector<std::vector<std::string>> cells = Cells(shown, truncate);
  int name_width = 3;
  int value_width = 3;
  for (const std::string& name : header) name_width = std::max(name_width, HalfWidth(name));
  for (const auto& row : cells) {
    for (const std::string& value : row) value_width = std::max(value_width, HalfWidth(value));
  }
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string title = "-RECORD " + std::to_string(i);
    int total = name_width + value_width + 5;
    out += title + std::string(std::max(total - static_cast<int>(title.size()), 0), '-') + "\n";
    for (size_t column = 0; column < header.size(); ++column) {
      const std::string& value = cells[i][column];
      out += " " + header[column] + Spaces(name_width - HalfWidth(header[column])) + " | " + value +
             Spaces(value_width - HalfWidth(value)) + " \n";
    }
  }
  return shown.has_more ? out + More(shown) : out;
}

std::string FormatHtml(const ShownRows& shown, int32_t truncate) {
  auto line = [](const std::vector<std::string>& row, const std::string& tag) {
    std::string out = "<tr>";
    for (const std::string& value : row)
      out += "<" + tag + ">" + EscapeHtml(value) + "</" + tag + ">";
    return out + "</tr>\n";
  };
  std::string out = "<table border='1'>\n" + line(Header(shown), "th");
  for (const auto& row : Cells(shown, truncate)) out += line(row, "td");
  out += "</table>\n";
  return shown.has_more ? out + More(shown) + "\n" : out;
}

}  // namespace pyrite::session
