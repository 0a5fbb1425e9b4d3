// The end of an output's file: where each partition's blocks are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exchange/local_file.h"

namespace pyrite::exchange {

struct BlockPlace {
  int64_t offset = 0;
  int64_t length = 0;
  uint64_t checksum = 0;
};

struct OutputIndex {
  std::string output;                               // ToString of its id
  std::shared_ptr<arrow::Buffer> schema;            // as a message of Arrow IPC
  std::vector<std::vector<BlockPlace>> partitions;  // in their order
};

std::string IndexBytes(const OutputIndex& index);

// Of the file that ends with those bytes; none when it does not.
std::optional<OutputIndex> ReadIndex(const LocalFile& file);

}  // namespace pyrite::exchange
