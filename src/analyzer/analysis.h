// What one analysis carries along, and the results that its parts hand to each other.
#pragma once

#include <map>

#include "analyzer/analyzer.h"
#include "analyzer/scope.h"
#include "functions/registry.h"
#include "spec/relation.h"

namespace pyrite::analyzer {

struct Select;
struct Environment;

// A relation with the names that it offers.
struct Resolved {
  plan::RelationPtr plan;
  ScopePtr scope;
  // The select list that made it, for ORDER BY and HAVING, which may look below it. May be null.
  std::shared_ptr<const Select> select;
};

// The common tables that a WITH clause brings into sight.
struct CteFrame {
  struct Table {
    int64_t id = 0;
    plan::Columns columns;
    // What the name is read as; kSelf and kForbidden only inside of a recursive table's own query.
    enum class Use : uint8_t { kTable, kSelf, kForbidden } use = Use::kTable;
    mutable bool used = false;
  };
  std::map<std::string, Table> tables;  // by folded name
  const CteFrame* outer = nullptr;
};

// Windows that a WINDOW clause names.
struct WindowFrameNames {
  std::map<std::string, spec::WindowSpec> windows;  // as written: their case counts
};

struct Analysis {
  Context& context;
  functions::CallContext call;
  bool case_sensitive = false;
  const CteFrame* ctes = nullptr;
  const Environment* outer = nullptr;  // the names of the enclosing query, of a subquery
  const WindowFrameNames* windows = nullptr;
  const std::map<int64_t, spec::RelationPtr>* references = nullptr;  // WithRelations, by plan id
  int view_depth = 0;
};

// Notes that nothing has the name, for it may be that of the hidden `_metadata` (analyze.cc).
void AskForMetadata(const spec::NameParts& parts, Analysis& analysis);

// Where the names of an expression are looked up.
struct Environment {
  Analysis& analysis;
  std::vector<ScopePtr> scopes;  // tried in this order
  // HAVING: arguments of aggregate functions are looked up here first.
  ScopePtr aggregate_scope;
  // Aliases of the select list that stand before the expression, by folded name.
  const std::map<std::string, plan::Column>* lateral = nullptr;
  std::vector<plan::Columns> lambdas;  // parameters of enclosing lambdas, innermost last
  bool qualified_names = false;        // names that are made here keep the columns' qualifiers
  bool inside_aggregate = false;
  bool inside_window_function = false;
  // ORDER BY: a name that is ambiguous in one scope is looked up in the next.
  bool skips_ambiguous = false;
};

}  // namespace pyrite::analyzer
