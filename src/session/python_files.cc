#include "session/python_files.h"

#include <filesystem>
#include <fstream>

#include "base/errors.h"
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
    std::filesystem::path path = files->folder.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    file.close();
    if (!file)
      throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", "cannot write " + path.string()}});
    bool is_module = artifact.starts_with(kModules);
    if (is_module && !name.ends_with(".py")) files->archives.push_back(name);
  }
  if (files) udf::ShareFiles(files);
  return files;
}

}  // namespace pyrite::session
