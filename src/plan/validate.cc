#include "plan/validate.h"

#include <unordered_map>

#include "base/errors.h"
#include "base/stack_guard.h"
#include "plan/walk.h"

namespace pyrite::plan {
namespace {

class Validator {
 public:
  explicit Validator(const char* stage) : stage_(stage) {}

  void Check(const Relation& relation) {
    CheckStack();
    std::vector<RelationPtr> inputs = InputsOf(relation);
    auto* join = relation.TryAs<Join>();
    for (size_t i = 0; i < inputs.size(); ++i) {
      bool lateral = join && join->lateral && i == 1;
      if (lateral) Enter(inputs[0]->output);
      Check(*inputs[i]);
      if (lateral) Leave(inputs[0]->output);
    }
    for (const RelationPtr& input : inputs) Enter(input->output);
    ForEachExpression(relation, [&](const ExpressionPtr& e) { Check(*e); });
    for (const RelationPtr& input : inputs) Leave(input->output);
  }

 private:
  void Enter(const Columns& columns) {
    for (const Column& column : columns) visible_[column.id].push_back(&column);
  }
  void Leave(const Columns& columns) {
    for (const Column& column : columns) visible_[column.id].pop_back();
  }

  void Check(const Expression& e) {
    CheckStack();
    if (auto* ref = e.TryAs<ColumnRef>()) {
      auto found = visible_.find(ref->id);
      if (found == visible_.end() || found->second.empty()) {
        Fail("no column for the reference " + ref->name);
      }
      if (!found->second.back()->type.SameStructure(e.type)) {
        Fail("the reference " + ref->name + " has another type than its column");
      }
    }
    auto* lambda = e.TryAs<Lambda>();
    if (lambda) Enter(lambda->parameters);
    ForEachChild(e, [&](const ExpressionPtr& child) { Check(*child); });
    if (lambda) Leave(lambda->parameters);
    if (RelationPtr subquery = SubqueryOf(e)) Check(*subquery);
  }

  [[noreturn]] void Fail(const std::string& what) {
    throw errors::Internal(std::string("after ") + stage_ + ": " + what);
  }

  const char* stage_;
  std::unordered_map<ColumnId, std::vector<const Column*>> visible_;
};

}  // namespace

void Validate(const Relation& relation, const char* stage) { Validator(stage).Check(relation); }

}  // namespace pyrite::plan
