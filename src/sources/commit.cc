#include "sources/commit.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "base/errors.h"
#include "base/text/hex.h"
#include "sources/journal.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

std::string RandomName() {
  std::random_device random;
  std::string name = kStagingPrefix;
  for (int i = 0; i < 32; ++i) name += kLowerHex[random() & 15];
  return name;
}

// Staging folders whose job is dead, unless a journal still needs one.
void RemoveStale(const std::string& folder, const Disk& disk) {
  for (const std::string& name : NamesIn(folder)) {
    if (!name.starts_with(kStagingPrefix)) continue;
    std::string path = folder + "/" + name;
    Descriptor lock = OpenLocked(path, /*wait=*/false);
    // Only a live job writes a journal: with the lock in hand none can appear.
    if (lock.is_open() && !Exists(folder + "/" + kJournalName)) disk.RemoveTree(path);
  }
}

bool SameDevice(const std::string& left, const std::string& right) {
  struct stat a, b;
  return ::stat(left.c_str(), &a) == 0 && ::stat(right.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

// Paths below `root` of all files, or of all folders that directly hold files ("" for `root`).
void Collect(const std::string& root, const std::string& below, bool folders,
             std::vector<std::string>& out) {
  bool holds_files = false;
  for (const std::string& name : NamesIn(below.empty() ? root : root + "/" + below)) {
    std::string path = below.empty() ? name : below + "/" + name;
    if (IsFolder(root + "/" + path)) {
      Collect(root, path, folders, out);
    } else if (folders) {
      holds_files = true;
    } else {
      out.push_back(path);
    }
  }
  if (holds_files) out.push_back(below);
}

}  // namespace

std::unique_ptr<WriteJob> WriteJob::Begin(const std::string& path, WriteMode mode, Disk disk) {
  std::string target = ToLocalPath(path);
  if (Exists(target)) target = std::filesystem::weakly_canonical(target).string();
  RecoverTable(target);
  bool exists = Exists(target);
  if (exists && mode == WriteMode::kErrorIfExists) throw errors::PathAlreadyExists(ToUri(target));
  if (exists && mode == WriteMode::kIgnore) return nullptr;

  std::string parent = ParentPath(target);
  std::unique_ptr<WriteJob> job(new WriteJob(std::move(target), mode, std::move(disk)));
  job->target_exists_ = exists;
  job->disk_.MakeFolders(parent);
  RemoveStale(parent, job->disk_);
  if (exists) RemoveStale(job->target_, job->disk_);
  // Beside the target where it is to be replaced as a whole; a mount point can only change inside.
  bool beside = !exists || (mode == WriteMode::kOverwrite && SameDevice(parent, job->target_));
  job->MakeStaging(beside ? parent : job->target_);
  return job;
}

void WriteJob::MakeStaging(const std::string& folder) {
  while (!lock_.is_open()) {
    staging_ = folder + "/" + RandomName();
    disk_.MakeFolders(staging_);
    lock_ = OpenLocked(staging_, /*wait=*/false);  // closed if another job has just removed it
  }
  new_ = staging_ + "/new";
  tasks_ = staging_ + "/tasks";
  disk_.MakeFolders(new_);
  disk_.MakeFolders(tasks_);
}

void WriteJob::Commit() {
  if (staging_.empty()) throw errors::Internal("a write job is committed twice");
  disk_.SyncTree(new_);
  bool whole = !target_exists_ || mode_ == WriteMode::kOverwrite;
  if (whole) {
    CommitWhole();
  } else if (mode_ == WriteMode::kOverwritePartitions) {
    CommitPartitions();
  } else {
    CommitFiles();
  }
  Abort();
}

void WriteJob::CommitWhole() {
  disk_.Touch(new_ + "/_SUCCESS");
  if (!target_exists_ && !Exists(target_)) {
    disk_.Rename(new_, target_);
    disk_.Sync(ParentPath(target_));
    return;
  }
  bool beside = ParentPath(staging_) != target_;
  if (beside && disk_.Exchange(new_, target_)) {
    disk_.Sync(ParentPath(target_));
    return;
  }
  if (beside) {  // the journal wants the staging folder inside
    std::string inside = target_ + "/" + std::string(BaseName(staging_));
    disk_.Rename(staging_, inside);
    staging_ = inside;
    new_ = staging_ + "/new";
  }
  std::vector<std::string> place = NamesIn(new_);
  std::vector<std::string> remove;
  for (const std::string& name : NamesIn(target_)) {
    bool kept = name == kJournalName || name.starts_with(kStagingPrefix) ||
                std::binary_search(place.begin(), place.end(), name);
    if (!kept) remove.push_back(name);
  }
  CommitByJournal(std::move(remove), std::move(place));
}

void WriteJob::CommitFiles() {
  std::vector<std::string> files;
  Collect(new_, "", /*folders=*/false, files);
  for (const std::string& file : files) {
    std::string path = target_ + "/" + file;
    if (Exists(path)) throw errors::TaskWriteFailed(ToUri(path), "the file exists already");
  }
  if (files.size() != 1) return CommitByJournal({}, std::move(files));
  std::string path = target_ + "/" + files[0];
  disk_.MakeFolders(ParentPath(path));
  disk_.Rename(new_ + "/" + files[0], path);
  disk_.Touch(target_ + "/_SUCCESS");
  disk_.Sync(ParentPath(path));
}

void WriteJob::CommitPartitions() {
  std::vector<std::string> folders;
  Collect(new_, "", /*folders=*/true, folders);
  if (folders.size() == 1 && !folders[0].empty()) {
    std::string from = new_ + "/" + folders[0], to = target_ + "/" + folders[0];
    disk_.MakeFolders(ParentPath(to));
    bool done = Exists(to) && disk_.Exchange(from, to);
    if (!Exists(to)) {
      disk_.Rename(from, to);
      done = true;
    }
    if (done) {
      disk_.Sync(ParentPath(to));
      disk_.Touch(target_ + "/_SUCCESS");
      return;
    }
  }
  CommitByJournal({}, std::move(folders));
}

void WriteJob::CommitByJournal(std::vector<std::string> remove, std::vector<std::string> place) {
  Journal journal{std::string(BaseName(staging_)), std::move(remove), std::move(place)};
  CommitJournal(target_, journal, disk_);
}

void WriteJob::Abort() noexcept {
  if (staging_.empty()) return;
  // A task that still runs, perhaps in another process, finds no folder for its next file.
  std::error_code ignored;
  std::filesystem::rename(staging_ + "/tasks", staging_ + "/ended", ignored);
  disk_.RemoveTree(staging_);
  staging_.clear();
  lock_ = Descriptor();
}

}  // namespace pyrite::sources
