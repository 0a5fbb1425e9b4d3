// Partition columns that the names of a table's folders give: ".../year=2024/month=1/".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/configuration.h"
#include "base/types.h"
#include "base/value.h"
#include "sources/listing.h"
#include "sources/options.h"

namespace pyrite::sources {

struct PartitionSpec {
  Schema columns;                                    // none: the table has no partitions
  std::map<std::string, std::vector<Value>> values;  // by folder
};

// Looks at the folders that directly hold data files. `schema` is the user's, whose types go before
// inferred ones. Raises CONFLICTING_DIRECTORY_STRUCTURES and CONFLICTING_PARTITION_COLUMN_NAMES.
PartitionSpec DiscoverPartitions(const Listing& listing, const std::optional<DataType>& schema,
                                 const Options& options, const Configuration& configuration);

}  // namespace pyrite::sources
