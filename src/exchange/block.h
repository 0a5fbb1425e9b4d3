// Batches as bytes in a file: messages of Arrow IPC. The schema stands elsewhere. A block can be
// read without any other.
#pragma once

#include <memory>
#include <vector>

#include "exchange/local_file.h"

namespace arrow {
class RecordBatch;
class RecordBatchReader;
class Schema;
}  // namespace arrow

namespace pyrite::exchange {

using Batches = std::vector<std::shared_ptr<arrow::RecordBatch>>;

// Their bodies compressed with lz4.
std::shared_ptr<arrow::Buffer> WriteBlock(const std::shared_ptr<arrow::Schema>& schema,
                                          const Batches& batches);

// As they are: parts that are the batches' own memory, and lie well aligned one behind the other.
Buffers BlockParts(const std::shared_ptr<arrow::Schema>& schema, const Batches& batches);

// `schema`: the message that arrow::ipc::SerializeSchema makes. Raises for bytes that are no block.
std::shared_ptr<arrow::RecordBatchReader> ReadBlock(const std::shared_ptr<arrow::Buffer>& schema,
                                                    std::shared_ptr<arrow::Buffer> block);

}  // namespace pyrite::exchange
