// The file system calls of the write protocol, each one step: tests stop a process before any of
// them. Raise TASK_WRITE_FAILED.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace pyrite::sources {

// An open file or folder, closed at the end; what was locked by it is unlocked then.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_ = -1;
};

class Disk {
 public:
  using Step = std::function<void()>;
  explicit Disk(Step before_step = nullptr) : before_step_(std::move(before_step)) {}

  void MakeFolders(const std::string& path) const;  // with parents
  void Rename(const std::string& from, const std::string& to) const;
  // Two folders change places in one step; false where the file system cannot.
  bool Exchange(const std::string& left, const std::string& right) const;
  // A file with this text, on disk when this returns, and locked.
  Descriptor CreateLocked(const std::string& path, const std::string& text) const;
  // A second name for the file; false if something has that name.
  bool LinkNew(const std::string& from, const std::string& to) const;
  void Touch(const std::string& path) const;
  void RemoveFile(const std::string& path) const;  // a missing one is fine
  void Sync(const std::string& path) const;        // a file or folder
  void SyncTree(const std::string& folder) const;  // all below it, and itself
  // Best effort, entry by entry: what cannot be removed stays.
  void RemoveTree(const std::string& path) const noexcept;

 private:
  void Before() const {
    if (before_step_) before_step_();
  }

  Step before_step_;
};

bool Exists(const std::string& path);
bool CanRead(const std::string& path);
bool IsFolder(const std::string& path);
// Names in the folder, without "." and "..", sorted; none for what is no folder.
std::vector<std::string> NamesIn(const std::string& folder);

// The folder or file, locked for this process alone. Closed when it is gone or, without `wait`,
// when another process holds the lock.
Descriptor OpenLocked(const std::string& path, bool wait);

}  // namespace pyrite::sources
