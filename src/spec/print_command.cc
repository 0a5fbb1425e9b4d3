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
  }
  return "";
}

}  // namespace

void Printer::Add(const Command& command) {
  std::string fields;
  Relations inputs;
  if (auto* n = command.TryAs<CreateView>()) {
    fields = ViewFields(*n);
    inputs = {n->input};
  } else if (auto* n = command.TryAs<SetConfiguration>()) {
    if (n->key) fields += " " + *n->key;
    if (n->value) fields += " = " + *n->value;
  } else if (auto* n = command.TryAs<ResetConfiguration>()) {
    if (n->key) fields += " " + *n->key;
  } else if (auto* n = command.TryAs<DropView>()) {
    fields = " " + Dotted(n->name_parts) + (n->if_exists ? " if exists" : "");
  } else if (auto* n = command.TryAs<Explain>()) {
    fields = Name(n->mode);
    inputs = {n->input};
  } else if (auto* n = command.TryAs<UnsupportedCommand>()) {
    fields = " " + n->feature;
  }
  Line(Name(command.kind()) + fields);
  Children(inputs);
}

}  // namespace pyrite::spec
