// Several sources of batches as one reader, in the sources' order, fetched ahead by a few threads.
//
//   auto reader = ReadAhead(schema, sources.size(), [&](size_t i) { return OpenSource(i); }, {});
//
// A source's first error ends the reader, without the batches that came before it. The reader may
// be destroyed at any time: its sources are cancelled then, its threads joined.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace pyrite::exchange {

class BatchSource {
 public:
  virtual ~BatchSource() = default;
  // nullptr at the end. May block.
  virtual std::shared_ptr<arrow::RecordBatch> Next() = 0;
  // From any thread: who blocks in Next gets an error.
  virtual void Cancel() = 0;
};

struct ReadAheadOptions {
  int threads = 4;
  int64_t bytes = 64 << 20;  // fetched and not yet read; at most one batch a thread more
};

// Called on one of the reader's threads. May raise.
using OpenSource = std::function<std::unique_ptr<BatchSource>(size_t index)>;

std::shared_ptr<arrow::RecordBatchReader> ReadAhead(std::shared_ptr<arrow::Schema> schema,
                                                    size_t sources, OpenSource open,
                                                    ReadAheadOptions options);

}  // namespace pyrite::exchange
