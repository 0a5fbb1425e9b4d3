// A numbered list of texts: what a streaming query notes for its next run. In a folder, a file an
// entry, each complete or absent; without a folder, in memory.
// Not thread-safe; of two processes that add the same entry one is told so.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "sources/disk.h"

namespace pyrite::streaming {

class BatchLog {
 public:
  // Makes the folder; empty: in memory.
  explicit BatchLog(std::string folder);

  // False when there is such an entry. Raises TASK_WRITE_FAILED.
  bool Add(int64_t id, const std::string& text);
  std::optional<std::string> Find(int64_t id) const;
  std::optional<int64_t> Last() const;
  void RemoveBefore(int64_t id);

 private:
  std::string PathOf(int64_t id) const { return folder_ + "/" + std::to_string(id); }

  std::string folder_;
  std::map<int64_t, std::string> entries_;  // in a folder: which there are, without their texts
};

// The text of a file; nullopt when there is none.
std::optional<std::string> ReadText(const std::string& path);
// Puts a file with this text at `path`, on disk when this returns. False if something is there.
bool WriteNew(const sources::Disk& disk, const std::string& path, const std::string& text);

}  // namespace pyrite::streaming
