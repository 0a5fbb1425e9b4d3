// EXPLAIN and df.explain(): the plan at each stage of its way, as text.
#include "analyzer/analyzer.h"
#include "base/errors.h"
#include "passes/pipeline.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "session/session.h"
#include "spec/print.h"

namespace pyrite::session {
namespace {

// Ours: EXPLAIN and df.explain() run the query, and show what it has done in place of its plan.
constexpr char kAnalyze[] = "pyrite.explain.analyze";

bool IsAnalyzed(const Configuration& configuration) {
  return configuration.IsKnown(kAnalyze) && configuration.GetBool(kAnalyze);
}

std::string RunForReport(engine::ExecutionEngine& engine, plan::RelationPtr plan,
                         engine::QueryOptions options) {
  options.profile = true;
  auto query = engine.Execute(std::move(plan), options);
  RunningQuery::Use use(query.get());
  while (query->Next() != nullptr) continue;
  return query->Report();
}

// a: int, b: string
std::string Columns(const plan::Relation& plan) {
  std::string out;
  for (const plan::Column& column : plan.output) {
    out += (out.empty() ? "" : ", ") + column.name + ": " + column.type.ToDdl();
  }
  return out;
}

std::string Section(const char* title, const std::string& text) {
  bool ended = text.ends_with('\n');
  return std::string("== ") + title + " ==\n" + text + (ended ? "" : "\n");
}

}  // namespace

std::string Session::Explain(const spec::Relation& relation, spec::ExplainMode mode) {
  using Mode = spec::ExplainMode;
  // No Java code is generated here.
  if (mode == Mode::kCodegen) {
    Analyze(relation);
    return "Found 0 WholeStageCodegen subtrees.\n";
  }
  plan::RelationPtr plan = Analyze(relation);
  Configuration configuration = ConfigurationNow();
  engine::QueryOptions options = OptionsOf(configuration);
  std::string physical =
      IsAnalyzed(configuration)
          ? Section("Analyzed Query", RunForReport(*engine_, Prepare(plan), options))
          : Section("Physical Plan", engine_->Explain(plan, options));
  std::string optimized = Section("Optimized Logical Plan", plan::Print(*plan)) + "\n" + physical;
  switch (mode) {
    case Mode::kSimple:
    case Mode::kFormatted:
    case Mode::kCodegen: return physical;
    case Mode::kCost: return optimized;
    case Mode::kExtended: break;
  }
  std::string analyzed;
  WithContext([&](analyzer::Context& context) {
    plan::RelationPtr before = analyzer::Analyze(relation, context);
    analyzed = Columns(*before) + "\n" + plan::Print(*before);
  });
  return Section("Parsed Logical Plan", spec::Print(relation)) + "\n" +
         Section("Analyzed Logical Plan", analyzed) + "\n" + optimized;
}

// A query that cannot be planned is explained too: by why.
plan::RelationPtr Session::RunExplain(const spec::Explain& explain) {
  std::string text;
  try {
    text = Explain(*explain.input, explain.mode);
  } catch (const SparkError& error) {
    if (IsAnalyzed(ConfigurationNow())) throw;  // the query itself has failed
    text = "Error occurred during query planning: \n" + error.message();
  }
  return MakeStringRows({"plan"}, {{std::move(text)}}, true);
}

}  // namespace pyrite::session
