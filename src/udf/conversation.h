// One task of a worker: rows go in while rows come out, whichever it is ready for, so that neither
// side waits for the other, and no more lies here than what the worker has not taken yet.
//
//   Conversation talk(pool, folder, OfTask(EncodeRequest(calls), task, folder));
//   talk.Send(bytes);                      // rows
//   while (talk.Step()) ...TakeBatch()...  // until all of it is sent
//   talk.End();
//
// Not thread-safe. Destroyed before its end it kills the worker.
#pragma once

#include <memory>
#include <string>

#include "udf/answer_reader.h"
#include "udf/worker_pool.h"

namespace pyrite::udf {

class Conversation {
 public:
  // `folder`: what the functions import from. `with_empty`: batches without rows are taken, too.
  Conversation(WorkerPool& pool, const std::string& folder, std::string request,
               bool with_empty = false);
  ~Conversation();

  void Send(std::string_view bytes) { unsent_.append(bytes); }
  // All rows are sent: END_OF_STREAM.
  void End();

  // Moves bytes either way, waiting for a moment at most. Raises what ended the function.
  void Step();
  // Nothing waits to be sent.
  bool all_sent() const { return sent_ == unsent_.size(); }
  bool ended() const { return answer_.ended() || closed_; }
  // No rows come any more, whatever is sent.
  bool rows_ended() const { return answer_.rows_ended(); }
  // The next rows that came; null for none yet.
  std::shared_ptr<arrow::RecordBatch> TakeBatch();

 private:
  void Write();
  void Read();
  [[noreturn]] void RaiseLost();

  WorkerPool& pool_;
  std::unique_ptr<WorkerProcess> worker_;
  AnswerReader answer_;
  std::string unsent_;
  bool closed_ = false;  // by the worker, after its rows
  size_t sent_ = 0;      // bytes of `unsent_`
};

}  // namespace pyrite::udf
