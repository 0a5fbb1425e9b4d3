#include "analyzer/analysis.h"
#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"

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

plan::RelationPtr Analyze(const spec::Relation& relation, Context& context) {
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
