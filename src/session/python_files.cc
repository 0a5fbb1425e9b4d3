#include "session/python_files.h"

#include "udf/shared_files.h"

namespace pyrite::session {
namespace {

constexpr std::string_view kModules = "pyfiles/", kFiles = "files/";

// Its name in the folder; empty for other artifacts.
std::string NameOf(std::string_view artifact) {
  for (std::string_view kind : {kModules, kFiles}) {
    if (artifact.starts_with(kind)) return std::string(artifact.substr(kind.size()));
  }
  return "";
}

}  // namespace

bool IsForPython(const std::string& artifact) { return !NameOf(artifact).empty(); }

plan::PythonFilesPtr WritePythonFiles(const Artifacts& artifacts) {
  std::shared_ptr<plan::PythonFiles> files;
  for (const auto& [artifact, bytes] : artifacts) {
    std::string name = NameOf(artifact);
    if (name.empty()) continue;
    if (!files) files = std::make_shared<plan::PythonFiles>();
    udf::WriteFunctionFile(files->folder.path() / name, *bytes);
    bool is_module = artifact.starts_with(kModules);
    if (is_module && !name.ends_with(".py")) files->archives.push_back(name);
  }
  if (files) udf::ShareFiles(files);
  return files;
}

}  // namespace pyrite::session
