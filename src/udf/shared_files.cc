#include "udf/shared_files.h"

#include <fstream>
#include <map>
#include <mutex>

#include "base/error.h"

namespace pyrite::udf {
namespace {

struct Shared {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<const plan::PythonFiles>> by_folder;
};

Shared& All() {
  static Shared shared;
  return shared;
}

}  // namespace

void WriteFunctionFile(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", "cannot write " + path.string()}});
  }
}

void ShareFiles(const plan::PythonFilesPtr& files) {
  std::lock_guard lock(All().mutex);
  std::erase_if(All().by_folder, [](const auto& entry) { return entry.second.expired(); });
  All().by_folder[files->folder.path().string()] = files;
}

plan::PythonFilesPtr SharedFiles(const std::string& folder) {
  std::lock_guard lock(All().mutex);
  auto found = All().by_folder.find(folder);
  return found == All().by_folder.end() ? nullptr : found->second.lock();
}

}  // namespace pyrite::udf
