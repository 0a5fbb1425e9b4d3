// The printer behind spec/print.h, shared by its expression and relation halves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "spec/print.h"

namespace pyrite::spec {

class Printer {
 public:
  explicit Printer(const PrintOptions& options) : options_(options) {}

  void Add(const Expression& expression) {
    Line(Text(expression));
    Children({});
  }
  void Add(const Relation& relation);
  void Add(const Command& command);
  std::string Take() { return std::move(out_); }

 private:
  void Line(const std::string& text);
  void Children(const Relations& inputs);

  std::string Text(const Expression& expression);
  std::string Text(const ExpressionPtr& expression) { return expression ? Text(*expression) : "-"; }
  std::string List(const Expressions& expressions);
  std::string Text(const UnresolvedFunction& call);
  std::string Text(const WindowSpec& window);
  std::string Text(const FrameBound& bound);
  std::string Text(const SortOrder& order);
  std::string Subquery(const RelationPtr& plan);
  std::string Text(const TableArgument& argument);

  // The node's own fields, behind its name; its inputs go to `inputs`.
  std::string Fields(const Relation& relation, Relations& inputs);
  std::string AggregateFields(const Aggregate& node);
  std::string JoinFields(const Join& node);
  std::string SetOperationFields(const SetOperation& node);

  PrintOptions options_;
  std::string out_;
  int depth_ = 0;
  int next_subquery_ = 1;
  std::vector<std::pair<std::string, RelationPtr>> subqueries_;
};

std::string Dotted(const NameParts& parts);
std::string NameList(const std::vector<std::string>& names);

}  // namespace pyrite::spec
