// EXPLAIN and df.explain(): the plan at each stage of its way, as text.
#include "analyzer/analyzer.h"
#include "base/errors.h"
#include "passes/pipeline.h"
#include "plan/stored_rows.h"
#include "plan/stream_scan.h"
#include "session/plan_parts.h"
#include "session/rows.h"
#include "session/running_query.h"
#include "session/session.h"
#include "spec/print.h"

namespace pyrite::session {
namespace {

// Ours: df.explain(), whose modes the client checks, and EXPLAIN do as EXPLAIN ANALYZE does.
constexpr char kAnalyze[] = "pyrite.explain.analyze";

bool IsAnalyzed(spec::ExplainMode mode, const Configuration& configuration) {
  return mode == spec::ExplainMode::kAnalyze ||
         (configuration.IsKnown(kAnalyze) && configuration.GetBool(kAnalyze));
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

// What the first operator of a physical plan has of them: ", Statistics(rowCount=10)".
std::string Statistics(const std::string& operators) {
  std::string first = operators.substr(0, operators.find('\n'));
  size_t begin = first.rfind(", Statistics(");
  return begin == std::string::npos ? "" : first.substr(begin);
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
  bool is_analyzed = IsAnalyzed(mode, configuration);
  std::string operators = is_analyzed
                              ? RunForReport(*engine_, Prepare(plan), options)
                              : engine_->Explain(WithStores(plan), options, mode == Mode::kCost);
  std::string physical = Section(is_analyzed ? "Analyzed Query" : "Physical Plan", operators);
  std::string logical = plan::Print(*plan);
  if (mode == Mode::kCost) logical.insert(logical.find('\n'), Statistics(operators));
  std::string optimized = Section("Optimized Logical Plan", logical) + "\n" + physical;
  switch (mode) {
    case Mode::kSimple:
    case Mode::kFormatted:
    case Mode::kAnalyze:
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

// Rows that the query would keep first are read from an empty store, and streams have none: nothing
// is computed here.
plan::RelationPtr Session::WithStores(const plan::RelationPtr& plan) {
  return ReplaceParts(plan, [&](const plan::RelationPtr& part) -> plan::RelationPtr {
    if (plan::AsStreamScan(*part) != nullptr) return NoRowsOf(part->output);
    const auto* stored = part->TryAs<plan::StoredScan>();
    plan::RelationPtr source = stored == nullptr ? nullptr : stored->rows->source();
    if (source == nullptr) return nullptr;
    plan::ExpressionPtr none = plan::MakeConstant(Literal::Int(0));
    auto rows = std::make_shared<plan::StoredRows>(plan::MakeLimit(source, none, nullptr));
    Fill(*rows);
    return plan::MakeRelation(plan::StoredScan{std::move(rows)}, part->output);
  });
}

// A query that cannot be planned is explained too: by why.
plan::RelationPtr Session::RunExplain(const spec::Explain& explain) {
  std::string text;
  try {
    text = Explain(*explain.input, explain.mode);
  } catch (const SparkError& error) {
    if (IsAnalyzed(explain.mode, ConfigurationNow())) throw;  // the query itself has failed
    text = "Error occurred during query planning: \n" + error.message();
  }
  return MakeStringRows({"plan"}, {{std::move(text)}}, true);
}

}  // namespace pyrite::session
