// Row groups of a Parquet scan whose statistics say that the scan's filters leave none of their
// rows: they are in no slice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "duckdb/planner/operator/logical_get.hpp"

namespace parquet {
class FileMetaData;
}

namespace pyrite::stages {

struct SizedGroup {
  int64_t number = 0;
  int64_t bytes = 0;
};

class GroupFilter {
 public:
  explicit GroupFilter(const duckdb::LogicalGet& get);

  // Whether it may leave out any.
  bool IsSelective() const { return !columns_.empty(); }
  // Those of a file that may have rows, in their order.
  std::vector<SizedGroup> GroupsOf(const std::string& file) const;

 private:
  struct Column {
    std::string name;
    duckdb::LogicalType type;
    const duckdb::TableFilter* filter;
  };
  bool MayMatch(const parquet::FileMetaData& footer, int group) const;

  std::vector<Column> columns_;
};

}  // namespace pyrite::stages
