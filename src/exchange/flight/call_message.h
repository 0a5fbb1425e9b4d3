// What peers say to each other within a DoExchange: a call of an action, or a read of an output.
// Both can be cancelled at any time from any thread, which Flight's DoAction and DoGet cannot.
//
//   caller: the descriptor's command: a Request; of a call then 'B' and its body, which may be
//           larger than what a peer takes that does not read: the call can be cancelled by then
//   node:   to a call or a ping 'R' and the reply; to a read the output's batches; and in case of
//           an error 'E' and the error (error_text.h), behind the batches that came before it
#pragma once

#include <arrow/flight/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pyrite::exchange {

struct Request {
  enum class Kind { kCall, kRead, kPing };
  Kind kind;
  std::string subject;  // the action's name, the output's ticket
};

std::string RequestBytes(const Request& request);
// Raises INTERNAL_ERROR for any other bytes.
Request ParseRequest(std::string_view bytes);

std::shared_ptr<arrow::Buffer> BodyMessage(std::string_view body);
// Raises INTERNAL_ERROR for any other message.
std::string ReadBody(const std::shared_ptr<arrow::Buffer>& message);
std::shared_ptr<arrow::Buffer> ReplyMessage(std::string_view reply);
std::shared_ptr<arrow::Buffer> ErrorMessage(const SparkError& error);
// The reply; raises the error.
std::string ReadReply(const std::shared_ptr<arrow::Buffer>& message);

}  // namespace pyrite::exchange
