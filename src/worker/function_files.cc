#include "worker/function_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/errors.h"
#include "udf/shared_files.h"
#include "worker/wire.h"

namespace pyrite::worker {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKept = 8;

struct File {
  std::string name;  // within the folder
  std::string bytes;
};

template <typename Archive>
void Fields(Archive& archive, File& file) {
  archive(file.name, file.bytes);
}

struct Files {
  std::vector<File> files;
};

template <typename Archive>
void Fields(Archive& archive, Files& files) {
  archive(files.files);
}

[[noreturn]] void Fail(const std::string& reason) {
  throw SparkError("PYTHON_WORKER.PYRITE", {{"reason", reason}});
}

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file.good() && !file.eof()) Fail("cannot read " + path.string());
  return bytes;
}

}  // namespace

std::string ReadFunctionFiles(const std::string& folder) {
  auto shared = udf::SharedFiles(folder);
  if (shared == nullptr) Fail("the files of the session's functions are gone");
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files.files.push_back({fs::relative(entry.path(), folder).string(), Read(entry.path())});
  }
  ByteWriter writer;
  writer(files);
  return std::move(writer.bytes);
}

FunctionFiles::Copy FunctionFiles::CopyOf(const std::string& coordinator,
                                          const std::string& folder) {
  std::lock_guard lock(mutex_);
  auto found = std::ranges::find_if(known_, [&](const Known& known) {
    return known.coordinator == coordinator && known.folder == folder;
  });
  Known known;
  if (found != known_.end()) {
    known = std::move(*found);
    known_.erase(found);
  } else {
    std::string answer = peers_->Call(coordinator, kReadFunctionFiles, folder);
    ByteReader reader(answer);
    Files files;
    reader(files);
    auto copy = std::make_shared<SpillFolder>(parent_.string());
    for (const File& file : files.files) {
      udf::WriteFunctionFile(copy->path() / file.name, file.bytes);
    }
    known = {coordinator, folder, std::move(copy)};
  }
  known_.push_front(std::move(known));
  if (known_.size() > kKept) known_.pop_back();
  return known_.front().copy;
}

}  // namespace pyrite::worker
