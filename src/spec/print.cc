#include "spec/print.h"

#include <utility>

#include "spec/print_internal.h"

namespace pyrite::spec {

std::string Print(const Expression& expression, const PrintOptions& options) {
  Printer printer(options);
  printer.Add(expression);
  return printer.Take();
}

std::string Print(const Relation& relation, const PrintOptions& options) {
  Printer printer(options);
  printer.Add(relation);
  return printer.Take();
}

std::string Print(const Command& command, const PrintOptions& options) {
  Printer printer(options);
  printer.Add(command);
  return printer.Take();
}

std::string Print(const Statement& statement, const PrintOptions& options) {
  return statement.query ? Print(*statement.query, options) : Print(*statement.command, options);
}

void Printer::Line(const std::string& text) { out_ += std::string(2 * depth_, ' ') + text + "\n"; }

void Printer::Children(const Relations& inputs) {
  ++depth_;
  // Subqueries that the node's expressions mention as #1, #2, ... follow its inputs.
  auto subqueries = std::exchange(subqueries_, {});
  for (const RelationPtr& input : inputs) {
    if (input) Add(*input);
  }
  for (auto& [label, plan] : subqueries) {
    Line(label + ":");
    ++depth_;
    Add(*plan);
    --depth_;
  }
  --depth_;
}

}  // namespace pyrite::spec
