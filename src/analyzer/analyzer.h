// The unresolved plan to the resolved one: names, types, coercion, functions.
//
//   analyzer::Context context{...};
//   plan::RelationPtr resolved = analyzer::Analyze(*relation, context);
//
// A Context serves one analysis on one thread. Raises SparkError with Spark's conditions.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "base/configuration.h"
#include "catalog/catalog.h"
#include "plan/relation.h"
#include "plan/table_function.h"
#include "spec/command.h"

namespace arrow {
class Table;
}

namespace pyrite::analyzer {

struct Context {
  const Configuration* configuration = nullptr;
  catalog::Catalog* catalog = nullptr;
  int64_t query_start_micros = 0;
  // Data that the client sent, decoded: schema (a struct, or absent) applied.
  std::function<std::shared_ptr<const arrow::Table>(const spec::LocalRelation&)> decode_local;
  // Uploaded artifacts by hash ("cache/<hash>"); nullptr when missing.
  std::function<std::shared_ptr<const std::string>(const std::string& hash)> find_artifact;
  // The files that Python functions may import; nullptr for none.
  std::function<plan::PythonFilesPtr()> python_files;
  // What a table function without a declared type says of its result.
  std::function<plan::TableFunctionAnalysis(const plan::PythonFunction&,
                                            const std::vector<plan::AnalyzedArgument>&)>
      analyze_table_function;
  // Relations that checkpoint() kept, by id. Raises when there is none.
  std::function<plan::RelationPtr(const std::string& id)> find_cached_relation;
  // A plan made earlier over the files that are there now.
  std::function<plan::RelationPtr(const plan::RelationPtr&)> with_files_of_now;
  // Runs a query now and gives its rows: pivot without values, and the like.
  std::function<std::shared_ptr<const arrow::Table>(const plan::RelationPtr&)> run;
  // Runs a command now and gives the rows that it answers with: SHOW TABLES as a relation.
  std::function<plan::RelationPtr(const spec::Command&)> run_command;
  // Whether scans of files offer `_metadata`: not until a name that is not there otherwise asks.
  bool shows_metadata = false;
  bool asks_for_metadata = false;
  // Comes out: the views that were read, in lower case.
  std::set<std::string> views_read;
};

plan::RelationPtr Analyze(const spec::Relation& relation, Context& context);

// The text with its parameters in place, under the session's settings.
spec::Statement ParseSql(const spec::SqlQuery& sql, Context& context);

// An expression over no columns: parameters, schema strings' defaults.
plan::ExpressionPtr AnalyzeConstant(const spec::Expression& expression, Context& context);

}  // namespace pyrite::analyzer
