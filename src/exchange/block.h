// Batches as bytes in a file: messages of Arrow IPC, their bodies compressed with lz4. The schema
// stands elsewhere. A block can be read without any other.
#pragma once

#include <memory>

#include "exchange/memory_output.h"

namespace arrow {
class Buffer;
}  // namespace arrow

namespace pyrite::exchange {

std::shared_ptr<arrow::Buffer> WriteBlock(const std::shared_ptr<arrow::Schema>& schema,
                                          const Batches& batches);

// `schema`: the message that arrow::ipc::SerializeSchema makes. Raises for bytes that are no block.
std::shared_ptr<arrow::RecordBatchReader> ReadBlock(const std::shared_ptr<arrow::Buffer>& schema,
                                                    std::shared_ptr<arrow::Buffer> block);

}  // namespace pyrite::exchange
