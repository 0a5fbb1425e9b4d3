#include "analyzer/expr/plan_id.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"

namespace pyrite::analyzer {
namespace {

struct Candidate {
  plan::Column column;
  size_t parts_used = 1;
  int depth = 0;
};
using Candidates = std::vector<Candidate>;

// The column as it comes out of `scope`: its nullability may have grown on the way up.
const ScopeColumn* Surviving(const Scope& scope, plan::ColumnId id) {
  if (const ScopeColumn* column = scope.columns->Find(id)) return column;
  return scope.hidden ? scope.hidden->Find(id) : nullptr;
}

// An explicit stack would lose the depths; chains are followed in a loop, only joins recurse.
Candidates Search(const Scope* scope, const spec::UnresolvedAttribute& node, bool case_sensitive,
                  int depth) {
  std::vector<const Scope*> path;
  while (scope->plan_id != node.plan_id && scope->inputs.size() == 1) {
    path.push_back(scope);
    scope = scope->inputs[0].get();
    ++depth;
  }
  path.push_back(scope);
  Candidates found;
  if (scope->plan_id == node.plan_id) {
    auto match = FindName(*scope, node.name_parts, case_sensitive);
    if (match && (!node.is_metadata_column || match->column->is_metadata)) {
      found.push_back({match->column->column, match->parts_used, depth});
    }
  } else {
    for (const ScopePtr& input : scope->inputs) {
      Candidates below = Search(input.get(), node, case_sensitive, depth + 1);
      found.insert(found.end(), below.begin(), below.end());
    }
  }
  for (auto level = path.rbegin(); level != path.rend(); ++level) {
    std::erase_if(found, [&](Candidate& candidate) {
      const ScopeColumn* column = Surviving(**level, candidate.column.id);
      if (column) candidate.column.nullable = column->column.nullable;
      return column == nullptr;
    });
  }
  return found;
}

// The nearest candidate when it is nearer than all others.
const Candidate* Nearest(const Candidates& candidates) {
  const Candidate* best = nullptr;
  bool tied = false;
  for (const Candidate& candidate : candidates) {
    if (best && best->column.id == candidate.column.id) continue;
    if (best == nullptr || candidate.depth < best->depth) {
      tied = false;
      best = &candidate;
    } else if (candidate.depth == best->depth) {
      tied = true;
    }
  }
  return tied ? nullptr : best;
}

}  // namespace

plan::ExpressionPtr ResolveByPlanId(const spec::UnresolvedAttribute& node, Environment& names) {
  for (const Environment* at = &names; at; at = at->analysis.outer) {
    for (const ScopePtr& scope : at->scopes) {
      Candidates found = Search(scope.get(), node, names.analysis.case_sensitive, 0);
      if (found.empty()) continue;
      const Candidate* best = Nearest(found);
      if (best == nullptr) {
        throw errors::AmbiguousColumnReference(errors::QuoteName(node.name_parts));
      }
      plan::ExpressionPtr result = plan::MakeRef(best->column);
      for (size_t i = best->parts_used; i < node.name_parts.size(); ++i) {
        result = ExtractField(std::move(result), node.name_parts[i], names);
      }
      return result;
    }
  }
  AskForMetadata(node.name_parts, names.analysis);
  std::string name = errors::QuoteName(node.name_parts);
  if (node.is_metadata_column) name = errors::Quoted(node.name_parts.back());  // as Spark writes it
  throw errors::CannotResolveDataFrameColumn(name);
}

ScopePtr FindPlanId(const ScopePtr& scope, int64_t plan_id) {
  if (scope->plan_id == plan_id) return scope;
  for (const ScopePtr& input : scope->inputs) {
    if (ScopePtr found = FindPlanId(input, plan_id)) return found;
  }
  return nullptr;
}

}  // namespace pyrite::analyzer
