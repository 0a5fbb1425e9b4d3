#include "sources/partitions.h"

#include "base/errors.h"
#include "sources/path.h"

namespace pyrite::sources {

PartitionSpec DiscoverPartitions(const Listing& listing, const std::optional<DataType>& schema,
                                 const Options& options, const Configuration& configuration) {
  for (const auto& [folder, files] : listing.folders) {
    for (const std::string& root : listing.roots) {
      if (folder.size() > root.size() && folder.starts_with(root) &&
          folder.find('=', root.size()) != std::string::npos) {
        throw errors::UnsupportedFeature("partitioned tables");
      }
    }
  }
  return {};
}

}  // namespace pyrite::sources
