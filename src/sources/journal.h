// The journal of a commit that takes more than one step. It stands at FOLDER/.pyrite-commit from
// the instant at which the commit counts until all of its steps are done:
//
//   pyrite-commit 1
//   staging .pyrite-staging-4f2a...        in FOLDER; new/ holds what comes, old/ what has gone
//   remove part-0.parquet                  FOLDER/part-0.parquet -> old/
//   place year=2024/part-1.parquet         new/... -> FOLDER/...; what stood there -> old/
//
// Each step may be done again, so whoever finds the journal of a dead process carries it out to its
// end. A live process holds a lock on it: whoever finds that waits.
#pragma once

#include <string>
#include <vector>

#include "sources/disk.h"

namespace pyrite::sources {

inline constexpr char kJournalName[] = ".pyrite-commit";
inline constexpr char kStagingPrefix[] = ".pyrite-staging-";

struct Journal {
  std::string staging;              // its name in the folder
  std::vector<std::string> remove;  // paths below the folder
  std::vector<std::string> place;   // paths below the folder, and below the staging folder's new/
};

// Writes the journal and carries it out. The staging folder is left to be removed.
void CommitJournal(const std::string& folder, const Journal& journal, const Disk& disk);

// Completes or awaits the commit that `folder` has a journal of. True if there was one.
// Raises FAILED_READ_FILE.NO_HINT if this process may not complete it.
bool Recover(const std::string& folder, const Disk& disk = Disk());

// As Recover, for all folders of the table that `path`, a folder or file, may be a part of: its own
// and those above that key=value folders stand in.
bool RecoverTable(const std::string& path);

}  // namespace pyrite::sources
