// What peers say to each other within a DoExchange: a call of an action, or a read of an output.
// Both can be cancelled at any time from any thread, which Flight's DoAction and DoGet cannot.
//
//   caller: the descriptor {"call", NAME}, 'B' and the body  | {"read", TICKET}
//   node:   'R' and the reply, or                            | the output's batches, and in case of
//   an
//           'E' and the error (error_text.h)                 | error 'E' and the error behind them
#pragma once

#include <arrow/flight/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pyrite::exchange {

inline constexpr char kCall[] = "call";
inline constexpr char kRead[] = "read";

std::shared_ptr<arrow::Buffer> BodyMessage(std::string_view body);
std::shared_ptr<arrow::Buffer> ReplyMessage(std::string_view reply);
std::shared_ptr<arrow::Buffer> ErrorMessage(const SparkError& error);
std::string ReadBody(const std::shared_ptr<arrow::Buffer>& message);
// The reply; raises the error.
std::string ReadReply(const std::shared_ptr<arrow::Buffer>& message);

}  // namespace pyrite::exchange
