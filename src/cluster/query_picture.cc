// A query's stages as pictures: a box for each, arrows along which rows go, the result on top.
#include <algorithm>
#include <sstream>

#include "cluster/query_report.h"

namespace pyrite::cluster {
namespace {

constexpr int kCharacter = 7, kLine = 15, kPad = 10, kGap = 50;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string TotalLine(const QueryReport& report, int stage) {
  if (stage + 1 == static_cast<int>(report.stages.size())) {
    return std::to_string(report.rows) + " rows, " + SecondsText(report.seconds) + " in all";
  }
  StageTotal total = TotalOf(report, stage);
  std::string line = std::to_string(total.rows) + " rows, " + BytesText(total.bytes) + ", " +
                     SecondsText(total.seconds);
  if (total.spill_bytes > 0) line += ", spilled " + BytesText(total.spill_bytes);
  return line;
}

std::string Escape(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string DotLabel(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\l";
    } else {
      out += c;
    }
  }
  return out;
}

struct Box {
  std::vector<std::string> lines;
  int level = 0;  // 0: the result
  int x = 0, y = 0, width = 0, height = 0;
};

// A stage stands below all that read it; those of a level beside each other.
std::vector<Box> Place(const QueryReport& report) {
  std::vector<Box> boxes(report.stages.size());
  int levels = 1;
  for (size_t i = boxes.size(); i-- > 0;) {
    const StageReport& stage = report.stages[i];
    Box& box = boxes[i];
    box.lines = Lines(stage.text.title + "\n" + TotalLine(report, static_cast<int>(i)) + "\n" +
                      stage.text.plan);
    size_t longest = 0;
    for (const auto& line : box.lines) longest = std::max(longest, line.size());
    box.width = static_cast<int>(longest) * kCharacter + 2 * kPad;
    box.height = static_cast<int>(box.lines.size()) * kLine + 2 * kPad;
    for (int input : stage.inputs) boxes[input].level = std::max(boxes[input].level, box.level + 1);
    levels = std::max(levels, box.level + 1);
  }
  int y = kPad;
  for (int level = 0; level < levels; ++level) {
    int x = kPad, height = 0;
    for (Box& box : boxes) {
      if (box.level != level) continue;
      box.x = x;
      box.y = y;
      x += box.width + kGap / 2;
      height = std::max(height, box.height);
    }
    y += height + kGap;
  }
  return boxes;
}

std::string SvgBox(const Box& box) {
  std::ostringstream out;
  out << "<rect x='" << box.x << "' y='" << box.y << "' width='" << box.width << "' height='"
      << box.height << "' rx='6' class='stage'/>\n";
  for (size_t i = 0; i < box.lines.size(); ++i) {
    out << "<text x='" << box.x + kPad << "' y='"
        << box.y + kPad + static_cast<int>(i + 1) * kLine - 4 << "'"
        << (i == 0   ? " class='title'"
            : i == 1 ? " class='total'"
                     : "")
        << ">" << Escape(box.lines[i]) << "</text>\n";
  }
  return out.str();
}

std::string SvgArrow(const Box& from, const Box& to) {
  std::ostringstream out;
  int x = from.x + from.width / 2, y = from.y, to_x = to.x + to.width / 2, to_y = to.y + to.height;
  out << "<path d='M " << x << " " << y << " C " << x << " " << y - kGap / 2 << ", " << to_x << " "
      << to_y + kGap / 2 << ", " << to_x << " " << to_y + 6
      << "' class='arrow' marker-end='url(#head)'/>\n";
  return out.str();
}

std::string Svg(const QueryReport& report) {
  auto boxes = Place(report);
  int width = 0, height = 0;
  std::string body;
  for (size_t i = 0; i < boxes.size(); ++i) {
    width = std::max(width, boxes[i].x + boxes[i].width + kPad);
    height = std::max(height, boxes[i].y + boxes[i].height + kPad);
    body += SvgBox(boxes[i]);
    for (int input : report.stages[i].inputs) body += SvgArrow(boxes[input], boxes[i]);
  }
  return "<svg xmlns='http://www.w3.org/2000/svg' width='" + std::to_string(width) + "' height='" +
         std::to_string(height) +
         "'>\n<defs><marker id='head' viewBox='0 0 8 8' refX='4' refY='4' markerWidth='8' "
         "markerHeight='8' orient='auto'><path d='M 0 0 L 8 4 L 0 8 z'/></marker></defs>\n" +
         body + "</svg>\n";
}

constexpr char kStyle[] =
    "body { font: 14px sans-serif; margin: 24px }\n"
    "svg text { font: 12px monospace; white-space: pre }\n"
    ".stage { fill: #f4f7fb; stroke: #5a7ca8 } .title { font-weight: bold }\n"
    ".total { fill: #2a6b2a } .arrow { fill: none; stroke: #5a7ca8 }\n"
    "table { border-collapse: collapse; margin: 8px 0 24px }\n"
    "th, td { padding: 2px 10px; text-align: right; border-bottom: 1px solid #ddd }\n"
    ".bad td { color: #a33 }\n";

std::string TableOf(const QueryReport& report, int stage) {
  std::string rows;
  for (const TaskReport& task : report.tasks) {
    if (task.id.stage != stage) continue;
    rows += task.is_used ? "<tr>" : "<tr class='bad'>";
    for (const auto& cell : CellsOf(task)) rows += "<td>" + Escape(cell) + "</td>";
    rows += "</tr>\n";
  }
  if (rows.empty()) return "";
  std::string head;
  for (const auto& heading : TaskHeadings()) head += "<th>" + heading + "</th>";
  return "<h3>" + Escape(report.stages[stage].text.title) + "</h3>\n<table><tr>" + head +
         "</tr>\n" + rows + "</table>\n";
}

}  // namespace

std::string ToDot(const QueryReport& report) {
  std::string text = "digraph query {\n  rankdir=BT\n  node [shape=box, fontname=monospace]\n";
  for (size_t i = 0; i < report.stages.size(); ++i) {
    const StageReport& stage = report.stages[i];
    std::string number = std::to_string(i);
    text += "  stage" + number + " [label=\"" +
            DotLabel(stage.text.title + "\n" + TotalLine(report, static_cast<int>(i)) + "\n" +
                     stage.text.plan) +
            "\"]\n";
    for (int input : stage.inputs) {
      text += "  stage" + std::to_string(input) + " -> stage" + number + "\n";
    }
  }
  return text + "}\n";
}

std::string ToHtml(const QueryReport& report) {
  std::string text =
      "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>" + Escape(report.query) +
      "</title>\n<style>\n" + kStyle + "</style></head>\n<body>\n<h2>" + Escape(report.query) +
      "</h2>\n<p>" + std::to_string(report.rows) + " rows in " + SecondsText(report.seconds) +
      (report.error.empty() ? "" : ", ended with " + Escape(report.error)) + "</p>\n" + Svg(report);
  for (int stage = static_cast<int>(report.stages.size()) - 1; stage >= 0; --stage) {
    text += TableOf(report, stage);
  }
  return text + "</body></html>\n";
}

}  // namespace pyrite::cluster
