#include "exchange/flight/call_message.h"

#include <arrow/buffer.h>

#include "base/errors.h"
#include "exchange/bytes.h"
#include "exchange/error_text.h"

namespace pyrite::exchange {

namespace {

// Messages are never empty: those would not be told from none.
std::shared_ptr<arrow::Buffer> Message(char kind, std::string_view text) {
  return arrow::Buffer::FromString(kind + std::string(text));
}

}  // namespace

std::string RequestBytes(const Request& request) {
  ByteWriter out;
  out.Number(static_cast<int64_t>(request.kind));
  out.Text(request.subject);
  return out.Take();
}

Request ParseRequest(std::string_view bytes) {
  ByteReader in(bytes);
  Request request;
  request.kind = static_cast<Request::Kind>(in.Number());
  request.subject = in.Text();
  return request;
}

std::shared_ptr<arrow::Buffer> BodyMessage(std::string_view body) { return Message('B', body); }

std::string ReadBody(const std::shared_ptr<arrow::Buffer>& message) {
  auto text = message == nullptr ? std::string_view() : std::string_view(*message);
  if (!text.starts_with('B')) throw errors::Internal("A peer's call is not understood.");
  return std::string(text.substr(1));
}

std::shared_ptr<arrow::Buffer> ReplyMessage(std::string_view reply) { return Message('R', reply); }
std::shared_ptr<arrow::Buffer> ErrorMessage(const SparkError& error) {
  return Message('E', ErrorBytes(error));
}

std::string ReadReply(const std::shared_ptr<arrow::Buffer>& message) {
  auto text = message == nullptr ? std::string_view() : std::string_view(*message);
  if (text.starts_with('E')) throw ErrorFromBytes(text.substr(1));
  if (!text.starts_with('R')) throw errors::Internal("A peer's reply is not understood.");
  return std::string(text.substr(1));
}

}  // namespace pyrite::exchange
