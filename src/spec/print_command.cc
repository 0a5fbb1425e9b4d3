#include "spec/print_internal.h"

namespace pyrite::spec {
namespace {

const char* Name(CommandKind kind) {
#define PYRITE_SPEC_NAME(Name) #Name,
  static constexpr const char* kNames[] = {PYRITE_SPEC_COMMANDS(PYRITE_SPEC_NAME)};
#undef PYRITE_SPEC_NAME
  return kNames[static_cast<size_t>(kind)];
}

std::string ViewFields(const CreateView& view) {
  std::string out = " " + Dotted(view.name_parts);
  if (!view.column_aliases.empty()) out += "(" + NameList(view.column_aliases) + ")";
  if (view.is_global) out += " global";
  if (view.is_temporary) out += " temporary";
  if (view.replace) out += " replace";
  if (view.if_not_exists) out += " if not exists";
  return out;
}

const char* Name(ExplainMode mode) {
  switch (mode) {
    case ExplainMode::kSimple: return " simple";
    case ExplainMode::kExtended: return " extended";
    case ExplainMode::kCodegen: return " codegen";
    case ExplainMode::kCost: return " cost";
    case ExplainMode::kFormatted: return " formatted";
    case ExplainMode::kAnalyze: return " analyze";
  }
  return "";
}

std::string Names(const std::vector<NameParts>& names) {
  std::string out;
  for (const NameParts& name : names) out += " " + Dotted(name);
  return out;
}

std::string Named(const NameParts& name) { return name.empty() ? "" : " " + Dotted(name); }

std::string Pattern(const std::optional<std::string>& pattern) {
  return pattern ? " like " + *pattern : "";
}

// The fields of the statements about databases and tables.
std::string TableFields(const Command& command) {
  if (auto* n = command.TryAs<CreateTable>()) {
    return Named(n->name_parts) + (n->schema ? " " + n->schema->ToDdl() : "") +
           (n->provider.empty() ? "" : " using " + n->provider) +
           (n->partition_columns.empty() ? "" : " by " + NameList(n->partition_columns)) +
           (n->if_not_exists ? " if not exists" : "") + (n->replace ? " replace" : "");
  }
  if (auto* n = command.TryAs<CreateNamespace>()) {
    return Named(n->name_parts) + (n->if_not_exists ? " if not exists" : "");
  }
  if (auto* n = command.TryAs<DropNamespace>()) {
    return Named(n->name_parts) + (n->if_exists ? " if exists" : "") +
           (n->cascade ? " cascade" : "");
  }
  if (auto* n = command.TryAs<InsertInto>()) {
    return Named(n->table) + (n->columns.empty() ? "" : "(" + NameList(n->columns) + ")") +
           (n->overwrite ? " overwrite" : "") + (n->by_name ? " by name" : "");
  }
  if (auto* n = command.TryAs<TruncateTable>()) return Named(n->table);
  if (auto* n = command.TryAs<AnalyzeTable>()) return Named(n->table);
  if (auto* n = command.TryAs<RepairTable>()) return Named(n->table);
  return "";
}

// The fields of SHOW and DESCRIBE.
std::string CatalogFields(const Command& command) {
  if (auto* n = command.TryAs<ShowTables>()) {
    return Named(n->name_space) + Pattern(n->pattern) + (n->extended ? " extended" : "");
  }
  if (auto* n = command.TryAs<ShowViews>()) return Named(n->name_space) + Pattern(n->pattern);
  if (auto* n = command.TryAs<ShowTableProperties>()) {
    return Named(n->table) + (n->key ? " " + *n->key : "");
  }
  if (auto* n = command.TryAs<ShowColumns>()) return Named(n->table) + Named(n->name_space);
  if (auto* n = command.TryAs<ShowFunctions>()) {
    return std::string(n->user ? " user" : "") + (n->system ? " system" : "") +
           Named(n->name_space) + Pattern(n->pattern);
  }
  if (auto* n = command.TryAs<ShowNamespaces>()) return Named(n->catalog) + Pattern(n->pattern);
  if (auto* n = command.TryAs<ShowCatalogs>()) return Pattern(n->pattern);
  if (auto* n = command.TryAs<ShowCreateTable>()) return Named(n->table);
  if (auto* n = command.TryAs<ShowPartitions>()) return Named(n->table);
  if (auto* n = command.TryAs<DescribeTable>()) {
    return Named(n->table) + Named(n->column) + (n->extended ? " extended" : "") +
           (n->as_json ? " json" : "") + (n->of_partition ? " partition" : "");
  }
  if (auto* n = command.TryAs<DescribeFunction>()) {
    return Named(n->function) + (n->extended ? " extended" : "");
  }
  if (auto* n = command.TryAs<DescribeNamespace>()) {
    return Named(n->name_space) + (n->extended ? " extended" : "");
  }
  return TableFields(command);
}

// The fields of USE, CACHE, REFRESH and the statements about variables.
std::string SessionFields(const Command& command) {
  if (auto* n = command.TryAs<UseNamespace>()) {
    return Named(n->name_parts) + (n->only_namespace ? " namespace" : "");
  }
  if (auto* n = command.TryAs<SetCatalog>()) return " " + n->name;
  if (auto* n = command.TryAs<CacheTable>()) return Named(n->name_parts) + (n->lazy ? " lazy" : "");
  if (auto* n = command.TryAs<UncacheTable>()) {
    return Named(n->name_parts) + (n->if_exists ? " if exists" : "");
  }
  if (auto* n = command.TryAs<RefreshTable>()) return Named(n->name_parts);
  if (auto* n = command.TryAs<RefreshFunction>()) return Named(n->name_parts);
  if (auto* n = command.TryAs<RefreshPath>()) return " " + n->path;
  if (auto* n = command.TryAs<DeclareVariable>()) {
    return Names(n->names) + (n->type ? " " + n->type->ToDdl() : "") +
           (n->default_text.empty() ? "" : " = " + n->default_text) +
           (n->replace ? " replace" : "");
  }
  if (auto* n = command.TryAs<SetVariable>()) return Names(n->names);
  if (auto* n = command.TryAs<DropVariable>()) {
    return Named(n->name_parts) + (n->if_exists ? " if exists" : "");
  }
  if (auto* n = command.TryAs<ExecuteImmediate>()) return Names(n->into);
  return CatalogFields(command);
}

RelationPtr InputOf(const Command& command) {
  if (auto* n = command.TryAs<CreateView>()) return n->input;
  if (auto* n = command.TryAs<AlterView>()) return n->input;
  if (auto* n = command.TryAs<Explain>()) return n->input;
  if (auto* n = command.TryAs<DescribeQuery>()) return n->input;
  if (auto* n = command.TryAs<CacheTable>()) return n->query;
  if (auto* n = command.TryAs<SetVariable>()) return n->query;
  if (auto* n = command.TryAs<CreateTable>()) return n->query;
  if (auto* n = command.TryAs<InsertInto>()) return n->query;
  return nullptr;
}

}  // namespace

void Printer::Add(const Command& command) {
  std::string fields;
  Relations inputs;
  if (auto* n = command.TryAs<CreateView>()) {
    fields = ViewFields(*n);
  } else if (auto* n = command.TryAs<CreateViewUsing>()) {
    fields = Named(n->name_parts) + (n->is_global ? " global" : "") +
             (n->replace ? " replace" : "") + " using " + n->provider;
  } else if (auto* n = command.TryAs<AlterView>()) {
    fields = Named(n->name_parts);
  } else if (auto* n = command.TryAs<RenameView>()) {
    fields = Named(n->name_parts) + " to" + Named(n->new_name);
  } else if (auto* n = command.TryAs<SetConfiguration>()) {
    if (n->key) fields += " " + *n->key;
    if (n->value) fields += " = " + *n->value;
  } else if (auto* n = command.TryAs<ResetConfiguration>()) {
    if (n->key) fields += " " + *n->key;
  } else if (auto* n = command.TryAs<DropView>()) {
    fields = " " + Dotted(n->name_parts) + (n->if_exists ? " if exists" : "") +
             (n->is_table ? " table" : "");
  } else if (auto* n = command.TryAs<Explain>()) {
    fields = Name(n->mode);
  } else if (auto* n = command.TryAs<UnsupportedCommand>()) {
    fields = " " + n->feature;
  } else {
    fields = SessionFields(command);
  }
  if (RelationPtr input = InputOf(command)) inputs.push_back(std::move(input));
  Line(Name(command.kind()) + fields);
  Children(inputs);
}

}  // namespace pyrite::spec
