#include "exchange/flight/call_message.h"

#include <arrow/buffer.h>

#include "base/errors.h"
#include "exchange/error_text.h"

namespace pyrite::exchange {

namespace {

// Messages are never empty: those would not be told from none.
std::shared_ptr<arrow::Buffer> Message(char kind, std::string_view text) {
  return arrow::Buffer::FromString(kind + std::string(text));
}

std::string_view TextOf(const std::shared_ptr<arrow::Buffer>& message) {
  return message == nullptr ? std::string_view() : std::string_view(*message);
}

}  // namespace

std::shared_ptr<arrow::Buffer> BodyMessage(std::string_view body) { return Message('B', body); }
std::shared_ptr<arrow::Buffer> ReplyMessage(std::string_view reply) { return Message('R', reply); }
std::shared_ptr<arrow::Buffer> ErrorMessage(const SparkError& error) {
  return Message('E', ErrorBytes(error));
}

std::string ReadBody(const std::shared_ptr<arrow::Buffer>& message) {
  std::string_view text = TextOf(message);
  if (!text.starts_with('B')) throw errors::Internal("A peer's call is not understood.");
  return std::string(text.substr(1));
}

std::string ReadReply(const std::shared_ptr<arrow::Buffer>& message) {
  std::string_view text = TextOf(message);
  if (text.starts_with('E')) throw ErrorFromBytes(text.substr(1));
  if (!text.starts_with('R')) throw errors::Internal("A peer's reply is not understood.");
  return std::string(text.substr(1));
}

}  // namespace pyrite::exchange
