#include "sources/file_filter.h"

#include "base/errors.h"
#include "sources/glob.h"
#include "sources/local_time.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

std::optional<int64_t> ModificationTime(const Options& options, const std::string& name,
                                        const std::string& zone) {
  auto text = options.Find(name);
  if (!text) return std::nullopt;
  auto local = ParseLocalDateTime(*text, 'T', 6);
  if (!local) throw errors::InvalidModificationTime(ToLower(name), *text);
  return ToInstant(*local, zone);
}

}  // namespace

FileFilter FileFilter::Make(const Options& options, const Configuration& configuration) {
  FileFilter filter;
  if (auto pattern = options.Find("pathGlobFilter")) filter.name_patterns_ = ExpandBraces(*pattern);
  std::string zone = options.Find("timeZone").value_or(configuration.time_zone());
  filter.modified_before_ = ModificationTime(options, "modifiedBefore", zone);
  filter.modified_after_ = ModificationTime(options, "modifiedAfter", zone);
  return filter;
}

bool FileFilter::Accepts(const ListedFile& file) const {
  if (modified_before_ && file.modification_time >= *modified_before_) return false;
  if (modified_after_ && file.modification_time <= *modified_after_) return false;
  if (name_patterns_.empty()) return true;
  for (const std::string& pattern : name_patterns_) {
    if (MatchesComponent(pattern, BaseName(file.path))) return true;
  }
  return false;
}

}  // namespace pyrite::sources
