// An aggregate in three steps: what a batch has of each group, those parts merged over batches, and
// the aggregate's own columns made of them.
#pragma once

#include <vector>

#include "functions/registry.h"
#include "plan/relation.h"

namespace pyrite::streaming {

// Raises UNSUPPORTED_FEATURE for an AggregateCall that has no such parts.
void CheckMergeable(const plan::Expression& call);

class MergedAggregate {
 public:
  MergedAggregate(const plan::Aggregate& aggregate, const functions::CallContext& context);

  // Columns: the groups, then the parts.
  plan::RelationPtr Partial() const;
  // Of rows with those columns and, last, a mark: one row a group, marked if one of its rows is.
  plan::RelationPtr Merge(const plan::RelationPtr& rows, size_t keys) const;
  // Of rows with those columns: `output`, the aggregate's own columns.
  plan::RelationPtr Finish(const plan::RelationPtr& rows, const plan::Columns& output) const;

 private:
  struct Part {
    plan::NamedExpression partial;
    const char* merge;  // the function that merges it
  };
  struct Item {
    std::vector<size_t> parts;
    bool is_mean = false;
  };

  void AddItem(const plan::NamedExpression& item);
  size_t AddPart(plan::ExpressionPtr call, const char* merge);

  const plan::RelationPtr input_;
  const plan::NamedExpressions groups_;
  const functions::CallContext context_;
  std::vector<Part> parts_;
  std::vector<Item> items_;
};

}  // namespace pyrite::streaming
