// What a TaskOutput (output_store.h) has behind it.
#pragma once

#include <memory>

#include "exchange/held_output.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

class TaskOutput::State {
 public:
  State(TaskId id, std::shared_ptr<OutputStore::Impl> store, std::shared_ptr<HeldOutput> output);
  ~State();

  void Append(int partition, std::shared_ptr<arrow::RecordBatch> batch);
  OutputSize Finish();

 private:
  const TaskId id_;
  const std::shared_ptr<OutputStore::Impl> store_;
  const std::shared_ptr<HeldOutput> output_;
  bool finished_ = false;
};

}  // namespace pyrite::exchange
