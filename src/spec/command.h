// Unresolved commands: what changes state or writes, and does not (only) return rows.
#pragma once

#include "spec/relation.h"

namespace pyrite::spec {

struct CreateView {
  NameParts name_parts;
  RelationPtr input;
  bool is_global = false;
  bool replace = false;
  bool if_not_exists = false;
  bool is_temporary = true;
  std::vector<std::string> column_aliases;
};
enum class SaveMode : uint8_t { kUnspecified, kAppend, kOverwrite, kErrorIfExists, kIgnore };
struct WriteOperation {  // df.write...
  RelationPtr input;
  std::string format;
  std::string path;  // save(path)
  NameParts table;   // saveAsTable / insertInto
  bool insert_into = false;
  SaveMode mode = SaveMode::kUnspecified;
  std::vector<std::string> sort_columns;
  std::vector<std::string> partition_columns;
  std::vector<std::string> bucket_columns;
  int32_t num_buckets = 0;
  std::vector<std::string> clustering_columns;
  Options options;
};
struct WriteOperationV2 {
  RelationPtr input;
  std::string table;
  std::string provider;
  std::string mode;
  Expressions partitioning;
  Options options;
  Options properties;
  ExpressionPtr overwrite_condition;
};
struct SetConfiguration {  // SET key = value ; SET ; SET key ; SET -v
  std::optional<std::string> key;
  std::optional<std::string> value;
};
struct ResetConfiguration {
  std::optional<std::string> key;
};
struct DropView {
  NameParts name_parts;
  bool if_exists = false;
};
enum class ExplainMode : uint8_t { kSimple, kExtended, kCodegen, kCost, kFormatted };
struct Explain {
  RelationPtr input;
  ExplainMode mode = ExplainMode::kSimple;
};
struct Checkpoint {
  RelationPtr input;
  bool local = true;
  bool eager = true;
};
struct RemoveCachedRelation {
  std::string relation_id;
};
struct GetResources {};
struct UnsupportedCommand {
  std::string feature;
};

// clang-format off
#define PYRITE_SPEC_COMMANDS(X)                                                        \
  X(CreateView) X(WriteOperation) X(WriteOperationV2) X(SetConfiguration)              \
  X(ResetConfiguration) X(DropView) X(Explain) X(Checkpoint) X(RemoveCachedRelation)   \
  X(GetResources) X(UnsupportedCommand)
// clang-format on

enum class CommandKind : uint8_t { PYRITE_SPEC_COMMANDS(PYRITE_KIND) };

struct Command {
  using Node = std::variant<PYRITE_SPEC_COMMANDS(PYRITE_ALTERNATIVE) std::monostate>;
  Node node;
  Origin origin;

  CommandKind kind() const { return static_cast<CommandKind>(node.index()); }
  template <typename T>
  const T& As() const {
    return std::get<T>(node);
  }
  template <typename T>
  const T* TryAs() const {
    return std::get_if<T>(&node);
  }
};
using CommandPtr = std::shared_ptr<const Command>;

template <typename T>
CommandPtr MakeCommand(T node, Origin origin = {}) {
  return std::make_shared<const Command>(Command{std::move(node), std::move(origin)});
}

// A statement is a query or a command: exactly one of the two is set.
struct Statement {
  RelationPtr query;
  CommandPtr command;
};

}  // namespace pyrite::spec
