#include "analyzer/analysis.h"
#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "sources/file_metadata.h"

namespace pyrite::analyzer {
namespace {

Analysis Start(Context& context) {
  Analysis analysis{context, {}, context.configuration->case_sensitive()};
  analysis.call.ansi = context.configuration->ansi();
  analysis.call.time_zone = context.configuration->time_zone();
  analysis.call.last_map_key_wins =
      context.configuration->Find("spark.sql.mapKeyDedupPolicy") == "LAST_WIN";
  analysis.call.query_start_micros = context.query_start_micros;
  if (context.catalog) {
    analysis.call.current_catalog = context.catalog->current_catalog;
    analysis.call.current_database = context.catalog->current_database;
  }
  return analysis;
}

}  // namespace

void AskForMetadata(const spec::NameParts& parts, Analysis& analysis) {
  for (const std::string& part : parts) {
    if (FoldCase(part, false) == sources::kMetadataColumn) {
      analysis.context.asks_for_metadata = true;
    }
  }
}

plan::RelationPtr Analyze(const spec::Relation& relation, Context& context) {
  try {
    Analysis analysis = Start(context);
    return Materialize(ResolveRelation(relation, analysis));
  } catch (const SparkError&) {
    if (!context.asks_for_metadata || context.shows_metadata) throw;
  }
  context.shows_metadata = true;
  Analysis analysis = Start(context);
  return Materialize(ResolveRelation(relation, analysis));
}

spec::Statement ParseSql(const spec::SqlQuery& sql, Context& context) {
  Analysis analysis = Start(context);
  return ParseStatement(sql, analysis);
}

plan::ExpressionPtr AnalyzeConstant(const spec::Expression& expression, Context& context) {
  Analysis analysis = Start(context);
  Environment names{analysis, {}};
  return ResolveExpression(expression, names);
}

}  // namespace pyrite::analyzer
