// Temporary views: CREATE, ALTER, DROP.
#include <set>

#include "analyzer/analyzer.h"
#include "base/errors.h"
#include "base/json.h"
#include "session/names.h"
#include "session/rows.h"
#include "session/session.h"

namespace pyrite::session {
namespace {

bool IsGlobalName(const Names& parts) {
  return parts.size() == 2 && LowerCase(parts[0]) == kGlobalDatabase;
}

// The name without the qualifiers that a temporary view may carry.
std::string TemporaryName(const Names& parts, bool is_global) {
  if (parts.empty()) throw errors::Internal("A view has no name.");
  if (parts.size() == 1) return parts.back();
  bool in_session = parts.size() == 2 && LowerCase(parts[0]) == "session";
  if (in_session && !is_global) return parts.back();
  throw SparkError("INVALID_TEMP_OBJ_QUALIFIER",
                   {{"objectType", "VIEW"},
                    {"objectName", errors::QuoteName({parts.back()})},
                    {"qualifier", errors::QuoteName(Names(parts.begin(), parts.end() - 1))}});
}

SparkError ColumnArity(const std::string& view, const Names& aliases,
                       const plan::Columns& columns) {
  auto list = [](const Names& names) {
    std::string out;
    for (const std::string& name : names) {
      out += (out.empty() ? "" : ", ") + errors::QuoteName({name});
    }
    return out;
  };
  Names data;
  for (const plan::Column& column : columns) data.push_back(column.name);
  const char* kind =
      aliases.size() > columns.size() ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS";
  return SparkError(std::string("CREATE_VIEW_COLUMN_ARITY_MISMATCH.") + kind,
                    {{"viewName", errors::QuoteName({view})},
                     {"viewColumns", list(aliases)},
                     {"dataColumns", list(data)}});
}

// The comments of v (a COMMENT 'x', b) go with the columns.
spec::RelationPtr WithComments(const spec::RelationPtr& input, const spec::CreateView& view) {
  spec::Project project{input, {}};
  bool any = false;
  for (size_t i = 0; i < view.column_aliases.size(); ++i) {
    const std::string& name = view.column_aliases[i];
    spec::ExpressionPtr column = spec::Attribute(name);
    const std::string& comment = view.column_comments.at(i);
    if (!comment.empty()) {
      any = true;
      column = spec::Make(spec::Alias{column, {name}, "{\"comment\":" + QuoteJson(comment) + "}"});
    }
    project.expressions.push_back(std::move(column));
  }
  return any ? spec::MakeRelation(std::move(project)) : input;
}

void RejectDuplicates(const plan::Columns& columns, bool case_sensitive) {
  std::set<std::string> seen;
  for (const plan::Column& column : columns) {
    std::string name = case_sensitive ? column.name : LowerCase(column.name);
    if (!seen.insert(name).second) throw errors::ColumnAlreadyExists(errors::QuoteName({name}));
  }
}

}  // namespace

void Session::KeepView(catalog::View view, bool is_global, bool replace) {
  std::lock_guard lock(mutex_);
  if (is_global) {
    catalog_.shared().CreateGlobal(std::move(view), replace);
  } else {
    catalog_.CreateTempView(std::move(view), replace);
  }
}

plan::RelationPtr Session::AnalyzeView(const std::string& name, const spec::RelationPtr& query) {
  plan::RelationPtr plan;
  std::set<std::string> read;
  WithContext([&](analyzer::Context& context) {
    plan = analyzer::Analyze(*query, context);
    read = context.views_read;
  });
  if (read.contains(LowerCase(name))) {
    std::string view = errors::QuoteName({name});
    throw SparkError("RECURSIVE_VIEW", {{"viewIdent", view}, {"newPath", view + " -> " + view}});
  }
  RejectDuplicates(plan->output, case_sensitive());
  return plan;
}

// The query with the names and comments that the view gives its columns; checked.
spec::RelationPtr Session::ViewQuery(const std::string& name, const spec::CreateView& view) {
  spec::RelationPtr query = view.input;
  if (!view.column_aliases.empty()) {
    plan::Columns columns = AnalyzeQuery(*query)->output;
    if (columns.size() != view.column_aliases.size()) {
      throw ColumnArity(name, view.column_aliases, columns);
    }
    query = spec::MakeRelation(spec::ToDf{query, view.column_aliases});
  }
  AnalyzeView(name, query);
  return view.column_aliases.empty() ? query : WithComments(query, view);
}

plan::RelationPtr Session::RunView(const spec::CreateView& view) {
  if (!view.is_temporary && view.is_text) return RunPersistentView(view);
  std::string name = TemporaryName(view.name_parts, view.is_global);
  if (!view.is_text) {
    KeepView({name, nullptr, AnalyzeOnly(*view.input)}, view.is_global, view.replace);
    return MakeNoRows();
  }
  KeepView({name, ViewQuery(name, view), nullptr}, view.is_global, view.replace);
  return MakeNoRows();
}

plan::RelationPtr Session::RunViewUsing(const spec::CreateViewUsing& view) {
  std::string name = TemporaryName(view.name_parts, view.is_global);
  spec::DataSource source;
  source.format = view.provider;
  source.options = view.options;
  if (view.schema) source.schema = view.schema->ToDdl();
  spec::RelationPtr query = spec::MakeRelation(std::move(source));
  AnalyzeView(name, query);
  KeepView({name, std::move(query), nullptr}, view.is_global, view.replace);
  return MakeNoRows();
}

plan::RelationPtr Session::RunAlterView(const spec::AlterView& alter) {
  if (!HasView(alter.name_parts)) throw NoSuchTable(alter.name_parts);
  AnalyzeView(alter.name_parts.back(), alter.input);
  KeepView({alter.name_parts.back(), alter.input, nullptr}, IsGlobalName(alter.name_parts), true);
  return MakeNoRows();
}

plan::RelationPtr Session::RunRenameView(const spec::RenameView& rename) {
  std::unique_lock lock(mutex_);
  std::shared_ptr<const catalog::View> found = catalog_.FindView(rename.name_parts);
  lock.unlock();
  if (found == nullptr) throw NoSuchTable(rename.name_parts);
  bool global = IsGlobalName(rename.name_parts);
  Names target = rename.new_name;
  if (global) target = {kGlobalDatabase, target.back()};
  if (HasView(target)) {
    throw SparkError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", errors::QuoteName(target)}});
  }
  catalog::View renamed = *found;
  renamed.name = rename.new_name.back();
  KeepView(std::move(renamed), global, false);
  lock.lock();
  if (global) {
    catalog_.shared().DropGlobal(rename.name_parts.back());
  } else {
    catalog_.DropTempView(rename.name_parts.back());
  }
  return MakeNoRows();
}

// The rows that CACHE TABLE keeps of a view go with it.
void Session::ForgetView(const std::vector<std::string>& name) {
  if (!HasView(name)) return;
  try {
    Unpersist(*spec::MakeRelation(spec::NamedTable{name, {}}));
  } catch (const SparkError&) {  // what can no longer be analyzed is not kept under its name
  }
}

plan::RelationPtr Session::RunDropView(const spec::DropView& drop) {
  const Names& name = drop.name_parts;
  ForgetView(name);
  std::unique_lock lock(mutex_);
  bool dropped = IsGlobalName(name) ? catalog_.shared().DropGlobal(name[1])
                                    : name.size() == 1 && catalog_.DropTempView(name[0]);
  lock.unlock();
  return dropped ? MakeNoRows() : RunDropTable(drop);
}

plan::RelationPtr Session::RunViewStatement(const spec::Command& command) {
  using Kind = spec::CommandKind;
  switch (command.kind()) {
    case Kind::kCreateView: return RunView(command.As<spec::CreateView>());
    case Kind::kCreateViewUsing: return RunViewUsing(command.As<spec::CreateViewUsing>());
    case Kind::kAlterView: return RunAlterView(command.As<spec::AlterView>());
    case Kind::kRenameView: return RunRenameView(command.As<spec::RenameView>());
    case Kind::kDropView: return RunDropView(command.As<spec::DropView>());
    default: throw errors::Internal("a statement about views of no kind");
  }
}

}  // namespace pyrite::session
