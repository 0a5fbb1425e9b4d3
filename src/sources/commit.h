// Writing a folder of files so that readers see all of it or nothing, whatever happens to the
// process meanwhile.
//
//   auto job = sources::WriteJob::Begin("/data/t", WriteMode::kOverwrite);
//   if (job == nullptr) return;            // kIgnore, and the folder is there
//   ... write files, also in key=value folders, below job->staging_path() ...
//   ... or below job->tasks_path(), and move those that are to count ...
//   job->Commit();                          // or Abort(), which the destructor does as well
//
// The protocol. Files are written to a staging folder, hidden and on the same file system, and
// reach the disk (fsync) before anything else happens. Then, by what there is to do:
//   a new folder          one rename
//   overwrite             one exchange of two folders (renameat2); the old one is deleted after
//   append of one file,
//   one partition         one rename or exchange
//   anything else, and    a journal in the folder (sources/journal.h). Once it stands the commit
//   file systems without  counts: if the process dies, the next reader or writer of the path
//   exchange              carries it out to its end before it looks at the files.
// So a process killed at any instant leaves the old data or the new data for Pyrite's readers, and,
// but for the journaled cases, for everyone else's too. An append that is cut off before its commit
// leaves no trace but its staging folder, which the next job on the path removes: a live job holds
// a lock (flock) on its staging folder.
//
// A WriteJob belongs to one thread at a time; files below staging_path() and tasks_path() may be
// written by many threads and processes, as long as they make neither folder again: both go with
// the job, whoever still writes there.
// Raises PATH_ALREADY_EXISTS, and TASK_WRITE_FAILED for what the file system refuses.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sources/disk.h"

namespace pyrite::sources {

enum class WriteMode : uint8_t {
  kErrorIfExists,
  kIgnore,
  kAppend,
  kOverwrite,
  kOverwritePartitions,  // those that are written (spark.sql.sources.partitionOverwriteMode
                         // DYNAMIC)
};

class WriteJob {
 public:
  // `disk` is for tests. Null: there is nothing to do.
  static std::unique_ptr<WriteJob> Begin(const std::string& path, WriteMode mode,
                                         Disk disk = Disk());
  ~WriteJob() { Abort(); }

  const std::string& staging_path() const { return new_; }
  // On the same file system, for files of which only some will count: nothing here is committed.
  const std::string& tasks_path() const { return tasks_; }
  void Commit();
  void Abort() noexcept;

 private:
  WriteJob(std::string target, WriteMode mode, Disk disk)
      : target_(std::move(target)), mode_(mode), disk_(std::move(disk)) {}

  void MakeStaging(const std::string& folder);
  void CommitWhole();
  void CommitFiles();
  void CommitPartitions();
  void CommitByJournal(std::vector<std::string> remove, std::vector<std::string> place);

  std::string target_;
  WriteMode mode_;
  Disk disk_;
  bool target_exists_ = false;
  std::string staging_;  // holds new/, tasks/, and old/ when something was put aside
  std::string new_;
  std::string tasks_;
  Descriptor lock_;  // on the staging folder
};

}  // namespace pyrite::sources
