#include "sources/journal.h"

#include <fstream>
#include <sstream>

#include "base/errors.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

constexpr char kHeader[] = "pyrite-commit 1";

std::string ToText(const Journal& journal) {
  // Names are escaped so that each is one line.
  std::string text = std::string(kHeader) + "\nstaging " + EscapePathName(journal.staging) + "\n";
  for (const std::string& path : journal.remove) text += "remove " + EscapePathName(path) + "\n";
  for (const std::string& path : journal.place) text += "place " + EscapePathName(path) + "\n";
  return text + "end\n";
}

Journal FromText(const std::string& path) {
  std::ifstream in(path);
  Journal journal;
  std::string line;
  bool complete = std::getline(in, line) && line == kHeader;
  while (complete && std::getline(in, line) && line != "end") {
    size_t space = line.find(' ');
    std::string value = UnescapePathName(line.substr(space + 1));
    if (line.starts_with("staging ")) journal.staging = value;
    if (line.starts_with("remove ")) journal.remove.push_back(value);
    if (line.starts_with("place ")) journal.place.push_back(value);
  }
  if (!complete || line != "end" || journal.staging.empty()) {
    throw errors::FailedReadFile(ToUri(path));
  }
  return journal;
}

class Steps {
 public:
  Steps(const std::string& folder, const Journal& journal, const Disk& disk)
      : folder_(folder), journal_(journal), disk_(disk) {}

  void Run() {
    disk_.MakeFolders(Old());
    for (const std::string& path : journal_.remove) PutAside(path);
    for (const std::string& path : journal_.place) {
      std::string from = New() + "/" + path;
      if (!Exists(from)) continue;  // done before
      PutAside(path);
      disk_.MakeFolders(ParentPath(folder_ + "/" + path));
      disk_.Rename(from, folder_ + "/" + path);
      disk_.Sync(ParentPath(folder_ + "/" + path));
    }
    disk_.Touch(folder_ + "/_SUCCESS");
    disk_.Sync(folder_);
    disk_.RemoveFile(folder_ + "/" + kJournalName);
  }

 private:
  std::string Staging() const { return folder_ + "/" + journal_.staging; }
  std::string New() const { return Staging() + "/new"; }
  std::string Old() const { return Staging() + "/old"; }

  void PutAside(const std::string& path) {
    if (!Exists(folder_ + "/" + path)) return;
    std::string aside = Old() + "/" + EscapePathName(path);
    while (Exists(aside)) aside += "~";  // another program wrote it meanwhile
    disk_.Rename(folder_ + "/" + path, aside);
  }

  const std::string& folder_;
  const Journal& journal_;
  const Disk& disk_;
};

}  // namespace

void CommitJournal(const std::string& folder, const Journal& journal, const Disk& disk) {
  const std::string path = folder + "/" + kJournalName;
  const std::string draft = folder + "/" + journal.staging + "/journal";
  Descriptor lock = disk.CreateLocked(draft, ToText(journal));
  // Whoever commits here at this moment goes first.
  while (!disk.LinkNew(draft, path)) Recover(folder);
  disk.Sync(folder);
  Steps(folder, journal, disk).Run();
}

bool Recover(const std::string& folder, const Disk& disk) {
  const std::string path = folder + "/" + kJournalName;
  bool found = false;
  while (Exists(path)) {
    found = true;
    Descriptor lock = OpenLocked(path, /*wait=*/true);
    if (!lock.is_open()) {
      if (Exists(path) && !CanRead(path)) throw errors::FailedReadFile(ToUri(path));
      continue;  // its process has ended it
    }
    Journal journal = FromText(path);
    try {
      Steps(folder, journal, disk).Run();
    } catch (const SparkError&) {
      throw errors::FailedReadFile(ToUri(path));
    }
    disk.RemoveTree(folder + "/" + journal.staging);
  }
  return found;
}

bool RecoverTable(const std::string& path) {
  std::string folder = IsFolder(path) ? path : ParentPath(path);
  bool found = Recover(folder);
  while (BaseName(folder).find('=') != std::string_view::npos) {
    folder = ParentPath(folder);
    found = Recover(folder) || found;
  }
  return found;
}

}  // namespace pyrite::sources
