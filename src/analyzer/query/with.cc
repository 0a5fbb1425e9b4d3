// WITH (common tables), WINDOW definitions, and Connect's relations beside the root.

#include <atomic>

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/query/recursive_table.h"
#include "analyzer/query/rename.h"

namespace pyrite::analyzer {
namespace {

int64_t NextCteId() {
  static std::atomic<int64_t> next{1};
  return next.fetch_add(1, std::memory_order_relaxed);
}

plan::CteDefinition Define(const spec::CommonTable& table, bool may_recurse, Analysis& analysis) {
  if (may_recurse) {
    if (auto definition = DefineRecursive(table, NextCteId(), analysis)) return *definition;
  }
  Resolved definition = ResolveRelation(*table.plan, analysis);
  definition.plan = Materialize(definition);
  if (!table.column_aliases.empty()) {
    definition = Renamed(definition, table.column_aliases, analysis);
  }
  return {NextCteId(), table.name, definition.plan};
}

}  // namespace

// Each table sees those before it. All are resolved, so that mistakes in unused ones are found; the
// pass inline_ctes drops what is not used and inlines what is used once.
Resolved ResolveWith(const spec::With& node, Analysis& analysis) {
  std::vector<std::unique_ptr<CteFrame>> frames;
  std::vector<plan::CteDefinition> definitions;
  Analysis inner = analysis;
  for (const spec::CommonTable& table : node.tables) {
    plan::CteDefinition definition = Define(table, node.recursive, inner);
    auto frame = std::make_unique<CteFrame>();
    frame->outer = inner.ctes;
    frame->tables[FoldCase(table.name, analysis.case_sensitive)] = {definition.id,
                                                                    definition.plan->output};
    definitions.push_back(std::move(definition));
    inner.ctes = frame.get();
    frames.push_back(std::move(frame));
  }
  Resolved result = ResolveRelation(*node.input, inner);
  plan::Columns output = result.plan->output;
  result.plan =
      plan::MakeRelation(plan::With{std::move(definitions), result.plan}, std::move(output));
  result.select = nullptr;
  return result;
}

Resolved ResolveWithWindows(const spec::WithWindows& node, Analysis& analysis) {
  WindowFrameNames names;
  for (const spec::WindowDefinition& definition : node.definitions) {
    names.windows[definition.name] = definition.window;
  }
  Analysis inner = analysis;
  inner.windows = &names;
  return ResolveRelation(*node.input, inner);
}

Resolved ResolveWithRelations(const spec::WithRelations& node, Analysis& analysis) {
  std::map<int64_t, spec::RelationPtr> references;
  if (analysis.references) references = *analysis.references;
  for (const spec::RelationPtr& relation : node.references) {
    if (relation->plan_id) references[*relation->plan_id] = relation;
  }
  Analysis inner = analysis;
  inner.references = &references;
  // A SubqueryAlias among the references names a table of the root's SQL text.
  CteFrame frame;
  frame.outer = analysis.ctes;
  std::vector<plan::CteDefinition> definitions;
  for (const spec::RelationPtr& relation : node.references) {
    auto* alias = relation->TryAs<spec::SubqueryAlias>();
    if (!alias) continue;
    Resolved definition = ResolveRelation(*alias->input, analysis);
    definition.plan = Materialize(definition);
    int64_t id = NextCteId();
    definitions.push_back({id, alias->alias, definition.plan});
    frame.tables[FoldCase(alias->alias, analysis.case_sensitive)] = {id, definition.plan->output};
  }
  inner.ctes = &frame;
  Resolved result = ResolveRelation(*node.root, inner);
  if (!definitions.empty()) {
    plan::Columns output = result.plan->output;
    result.plan =
        plan::MakeRelation(plan::With{std::move(definitions), result.plan}, std::move(output));
  }
  return result;
}

}  // namespace pyrite::analyzer
