#include "sources/file_filter.h"

#include "base/errors.h"
#include "sources/glob.h"
#include "sources/path.h"

namespace pyrite::sources {

FileFilter FileFilter::Make(const Options& options, const Configuration& configuration) {
  FileFilter filter;
  if (auto pattern = options.Find("pathGlobFilter")) filter.name_patterns_ = ExpandBraces(*pattern);
  for (const char* name : {"modifiedBefore", "modifiedAfter"}) {
    if (options.Find(name)) throw errors::UnsupportedFeature("the option " + std::string(name));
  }
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
