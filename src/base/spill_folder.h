// A folder of one owner, an engine or a store of outputs, for what does not fit into memory:
// "<parent>/pyrite-<process>-<n>". It goes with its owner. What a process that was killed has left
// is removed by the next one that uses the same parent: each folder holds a file that its process
// keeps locked.
#pragma once

#include <filesystem>
#include <string>

namespace pyrite {

class SpillFolder {
 public:
  // `parent` is made when it is missing; empty: the system's temporary folder. Raises when nothing
  // can be written there.
  explicit SpillFolder(const std::string& parent);
  ~SpillFolder();
  SpillFolder(const SpillFolder&) = delete;
  SpillFolder& operator=(const SpillFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Now, and with what is in it. From any thread.
  void Remove();

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace pyrite
