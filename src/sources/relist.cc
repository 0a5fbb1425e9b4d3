#include "sources/relist.h"

#include "sources/options.h"
#include "sources/source.h"

namespace pyrite::sources {
namespace {

bool SameColumns(const plan::Columns& left, const plan::Columns& right) {
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i) {
    if (left[i].name != right[i].name || !left[i].type.SameStructure(right[i].type)) return false;
  }
  return true;
}

}  // namespace

plan::RelationPtr Relist(const plan::RelationPtr& scan, const Configuration& configuration) {
  const auto& before = scan->As<plan::FileScan>();
  ReadRequest request;
  request.format = before.format;
  request.paths = before.root_paths;
  for (const auto& option : before.options) {
    if (!EqualsIgnoreCase(option.first, "path")) request.options.push_back(option);
  }
  std::vector<StructField> fields;
  for (const plan::Column& column : scan->output) {
    fields.push_back({column.name, column.type, column.nullable, column.metadata});
  }
  request.schema = DataType::Struct(std::move(fields));
  plan::RelationPtr now = Resolve(request, configuration);
  while (const auto* project = now->TryAs<plan::Project>()) now = project->input;
  const auto* found = now->TryAs<plan::FileScan>();
  // Folders may have got other partitions: those of before are what the plan above knows.
  if (found == nullptr || !SameColumns(now->output, scan->output)) return scan;
  return plan::MakeRelation(*found, scan->output);
}

}  // namespace pyrite::sources
