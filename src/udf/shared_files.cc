#include "udf/shared_files.h"

#include <map>
#include <mutex>

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
