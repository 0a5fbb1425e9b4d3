#include "functions/options.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;

// The constants in an array() of them; false: something else.
bool AppendTexts(const ExpressionPtr& array, std::vector<std::string>& texts) {
  if (const Value* value = ConstantValue(array)) {
    for (const Value& item : value->children()) texts.push_back(item.as_string());
    return true;
  }
  const auto* call = array->TryAs<plan::Call>();
  if (call == nullptr) return false;
  for (const ExpressionPtr& item : call->arguments) {
    const Value* value = ConstantValue(item);
    if (value == nullptr || !item->type.IsString()) return false;
    texts.push_back(value->as_string());
  }
  return true;
}

}  // namespace

ExpressionPtr OptionsText(const plan::Expressions& arguments, size_t place,
                          const CallContext& context) {
  std::vector<std::string> names, values;
  if (place < arguments.size()) {
    const ExpressionPtr& map = arguments[place];
    if (!map->type.Is(TypeKind::kMap)) {
      throw SparkError("INVALID_OPTIONS.NON_MAP_FUNCTION", {});
    }
    const auto* call = map->TryAs<plan::Call>();
    bool constant =
        (call != nullptr && call->arguments.size() >= 2 && AppendTexts(call->arguments[0], names) &&
         AppendTexts(call->arguments[1], values));
    if (!constant || names.size() != values.size()) {
      throw SparkError("INVALID_OPTIONS.NON_STRING_TYPE",
                       {{"mapType", "\"" + map->type.ToSql() + "\""}});
    }
  }
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    text += names[i] + kOptionEnd + values[i] + kOptionEnd;
  }
  text += std::string("timeZone") + kOptionEnd + context.time_zone + kOptionEnd;
  return StringConstant(text);
}

}  // namespace pyrite::functions
