#include <charconv>
#include <optional>
#include <string_view>

#include "base/errors.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {
namespace {

// Takes the number behind the last slash off `text`.
std::optional<int> TakeNumber(std::string_view* text) {
  size_t slash = text->rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::string_view digits = text->substr(slash + 1);
  int number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 0) {
    return std::nullopt;
  }
  *text = text->substr(0, slash);
  return number;
}

}  // namespace

std::string ToString(const TaskId& id) {
  return id.query + "/" + std::to_string(id.stage) + "/" + std::to_string(id.task) + "/" +
         std::to_string(id.attempt);
}

TaskId ParseTaskId(const std::string& text) {
  std::string_view rest = text;
  auto attempt = TakeNumber(&rest);
  auto task = attempt ? TakeNumber(&rest) : std::nullopt;
  auto stage = task ? TakeNumber(&rest) : std::nullopt;
  if (!stage || rest.empty()) throw errors::Internal("'" + text + "' is no task's id.");
  return TaskId{std::string(rest), *stage, *task, *attempt};
}

}  // namespace pyrite::exchange
