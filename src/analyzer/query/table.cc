// What a FROM clause names: common tables, views, files as tables, spark.read.

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "base/type_json.h"
#include "sources/source.h"
#include "sources/stream.h"
#include "spec/stream.h"
#include "sql/parser.h"

namespace pyrite::analyzer {
namespace {

constexpr int kMaxViewDepth = 100;  // spark.sql.view.maxNestedViewDepth

Qualifier Qualify(std::vector<std::string> parts) {
  return std::make_shared<const std::vector<std::string>>(std::move(parts));
}

// A common table under ids of its own, so that it can be joined with itself.
Resolved ReadCte(const CteFrame::Table& table, const std::string& name, Analysis& analysis) {
  if (table.use == CteFrame::Table::Use::kForbidden) throw SparkError("INVALID_RECURSIVE_CTE", {});
  table.used = true;
  plan::CteRef node;
  node.cte_id = table.id;
  plan::Columns output = table.columns;
  for (plan::Column& column : output) {
    node.source_columns.push_back(column.id);
    column.id = plan::NextColumnId();
  }
  Resolved result;
  result.scope = ScopeOf(output, Qualify({name}), analysis.case_sensitive);
  result.plan = plan::MakeRelation(std::move(node), std::move(output));
  return result;
}

const CteFrame::Table* FindCte(const spec::NameParts& parts, const Analysis& analysis) {
  if (parts.size() != 1) return nullptr;
  std::string name = FoldCase(parts[0], analysis.case_sensitive);
  for (const CteFrame* frame = analysis.ctes; frame; frame = frame->outer) {
    auto found = frame->tables.find(name);
    if (found != frame->tables.end()) return &found->second;
  }
  return nullptr;
}

// A view is analyzed on its own: it sees no common tables, windows or outer columns.
Resolved ReadView(const catalog::View& view, const spec::NameParts& parts, Analysis& analysis) {
  if (analysis.view_depth >= kMaxViewDepth) {
    throw SparkError("VIEW_EXCEED_MAX_NESTED_DEPTH",
                     {{"viewName", errors::QuoteName(parts)},
                      {"maxNestedDepth", std::to_string(kMaxViewDepth)}});
  }
  analysis.context.views_read.insert(FoldCase(view.name, false));
  Resolved result;
  if (view.frame) {
    result.plan = UnderOwnIds(analysis.context.with_files_of_now(view.frame));
  } else {
    Analysis inner{analysis.context, analysis.call, analysis.case_sensitive};
    inner.view_depth = analysis.view_depth + 1;
    result = ResolveRelation(*view.query, inner);
    result.plan = Materialize(result);
  }
  spec::NameParts qualifier = parts;
  qualifier.back() = FoldCase(qualifier.back(), false);
  result.scope = ScopeOf(result.plan->output, Qualify(qualifier), analysis.case_sensitive);
  result.select = nullptr;
  return result;
}

Resolved ReadFiles(sources::ReadRequest request, Qualifier qualifier, Analysis& analysis);

Resolved ReadStream(const sources::ReadRequest& request, Qualifier qualifier, Analysis& analysis) {
  Resolved result;
  result.plan = sources::ResolveStream(request, *analysis.context.configuration);
  result.scope = ScopeOf(result.plan->output, std::move(qualifier), analysis.case_sensitive);
  return result;
}

// A table of the catalog: its files, with the columns that it was made with.
Resolved ReadTable(const catalog::Table& table, const spec::Options& options, bool is_streaming,
                   Analysis& analysis) {
  spec::NameParts name = {"spark_catalog", FoldCase(table.database, false),
                          FoldCase(table.name, false)};
  if (table.type == catalog::TableType::kView) {
    return ReadView({table.name, table.query, nullptr}, name, analysis);
  }
  sources::ReadRequest request;
  request.format = table.provider;
  request.schema = table.schema;
  request.options = table.options;
  request.options.insert(request.options.end(), options.begin(), options.end());
  request.paths = {table.location};
  request.may_be_missing = true;
  if (is_streaming) return ReadStream(request, Qualify(std::move(name)), analysis);
  return ReadFiles(std::move(request), Qualify(std::move(name)), analysis);
}

// parquet.`/path`
bool IsFileFormat(const std::string& name) {
  static const char* const kFormats[] = {"parquet", "csv",  "json",      "orc",
                                         "text",    "avro", "binaryfile"};
  std::string folded = FoldCase(name, false);
  for (const char* format : kFormats) {
    if (folded == format) return true;
  }
  return false;
}

Resolved ReadFiles(sources::ReadRequest request, Qualifier qualifier, Analysis& analysis) {
  request.shows_metadata = analysis.context.shows_metadata;
  Resolved result;
  result.plan = sources::Resolve(request, *analysis.context.configuration);
  plan::Columns shown = result.plan->output;
  if (!request.shows_metadata) {
    result.scope = ScopeOf(shown, std::move(qualifier), analysis.case_sensitive);
    return result;
  }
  plan::Column metadata = shown.back();
  shown.pop_back();
  auto scope = std::make_shared<Scope>(*ScopeOf(shown, qualifier, analysis.case_sensitive));
  scope->hidden =
      ColumnList::Make({{metadata, qualifier, metadata.id, true}}, analysis.case_sensitive);
  result.scope = std::move(scope);
  return result;
}

}  // namespace

Resolved ResolveNamedTable(const spec::NamedTable& node, Analysis& analysis) {
  const spec::NameParts& parts = node.name_parts;
  if (const CteFrame::Table* cte = FindCte(parts, analysis)) {
    return ReadCte(*cte, parts[0], analysis);
  }
  if (auto view = analysis.context.catalog->FindView(parts)) {
    return ReadView(*view, parts, analysis);
  }
  if (catalog::TablePtr table = analysis.context.catalog->FindTable(parts)) {
    return ReadTable(*table, node.options, /*is_streaming=*/false, analysis);
  }
  if (parts.size() == 2 && IsFileFormat(parts[0])) {
    sources::ReadRequest request;
    request.format = FoldCase(parts[0], false);
    request.paths = {parts[1]};
    request.options = node.options;
    return ReadFiles(std::move(request), Qualify(parts), analysis);
  }
  bool own = parts.size() == 3 && FoldCase(parts[0], false) == "spark_catalog";
  if (parts.size() > 2 && !own) {
    throw SparkError("REQUIRES_SINGLE_PART_NAMESPACE", {{"sessionCatalog", "spark_catalog"},
                                                        {"identifier", errors::QuoteName(parts)}});
  }
  throw errors::TableNotFound(errors::QuoteName(parts));
}

namespace {

// spark.readStream.table: a table's files, or a view of a stream.
Resolved ResolveStreamTable(const spec::DataSource& node, Analysis& analysis) {
  spec::NameParts parts = sql::ParseNameParts(node.paths.at(0));
  if (auto view = analysis.context.catalog->FindView(parts)) {
    return ReadView(*view, parts, analysis);
  }
  if (catalog::TablePtr table = analysis.context.catalog->FindTable(parts)) {
    return ReadTable(*table, node.options, /*is_streaming=*/true, analysis);
  }
  throw errors::TableNotFound(errors::QuoteName(parts));
}

}  // namespace

Resolved ResolveDataSource(const spec::DataSource& node, Analysis& analysis) {
  if (node.format == spec::kStreamTable) return ResolveStreamTable(node, analysis);
  bool is_streaming = node.format.starts_with(spec::kStreamPrefix);
  sources::ReadRequest request;
  request.format = node.format.substr(is_streaming ? sizeof(spec::kStreamPrefix) - 1 : 0);
  if (request.format.empty()) {
    request.format =
        analysis.context.configuration->Find("spark.sql.sources.default").value_or("parquet");
  }
  if (!node.schema.empty()) {
    bool json = node.schema.front() == '{';
    request.schema = json ? TypeFromJson(node.schema) : sql::ParseSchema(node.schema);
    if (!request.schema->Is(TypeKind::kStruct)) {  // a type where columns are meant
      throw SparkError("PARSE_SYNTAX_ERROR", {{"error", "end of input"}, {"hint", ""}});
    }
  }
  request.options = node.options;
  request.paths = node.paths;
  if (!node.predicates.empty()) throw errors::UnsupportedFeature("JDBC predicates");
  if (is_streaming) return ReadStream(request, nullptr, analysis);
  return ReadFiles(std::move(request), nullptr, analysis);
}

}  // namespace pyrite::analyzer
