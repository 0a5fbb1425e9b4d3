// Functions between bytes and text: character sets, digests, encryption.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// decode(bytes, character set), and Oracle's decode(value, search, result, ... [, default]).
ExpressionPtr Decode(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() < 2) throw errors::WrongNumArgs("decode", "> 1", arguments.size());
  if (arguments.size() == 2) {
    ExpressionPtr bytes = Coerce(arguments[0], DataType::Binary(), context);
    ExpressionPtr set = Coerce(arguments[1], DataType::String(), context);
    return Native("spark_decode", {bytes, set}, DataType::String(), true, context);
  }
  Expressions branches;
  size_t i = 1;
  for (; i + 1 < arguments.size(); i += 2) {
    branches.push_back(CallFunction("<=>", {arguments[0], arguments[i]}, context));
    branches.push_back(arguments[i + 1]);
  }
  if (i < arguments.size()) branches.push_back(arguments[i]);
  return CallFunction("when", branches, context);
}

// Bytes that were cast to text for a function that looks at them.
ExpressionPtr BytesOf(const ExpressionPtr& argument) {
  const auto* cast = argument->TryAs<plan::Cast>();
  if (cast != nullptr && cast->child->type.Is(TypeKind::kBinary)) return cast->child;
  return plan::MakeCast(argument, DataType::Binary(), plan::EvalMode::kAnsi);
}

ExpressionPtr IsValid(const CallContext& context, const Expressions& arguments) {
  return Native("spark_is_valid_utf8", {BytesOf(arguments[0])}, DataType::Boolean(), true, context);
}

template <const char* target>
ExpressionPtr Validated(const CallContext& context, const Expressions& arguments) {
  return Native(target, {BytesOf(arguments[0])}, DataType::String(), true, context);
}
constexpr char kMake[] = "spark_make_valid_utf8";
constexpr char kValidate[] = "spark_validate_utf8";
constexpr char kTryValidate[] = "spark_try_validate_utf8";

// to_binary(text [, format])
ExpressionPtr ToBinary(bool lenient, const CallContext& context, const Expressions& arguments) {
  std::string format = "hex";
  if (arguments.size() > 1) {
    const Value* given = ConstantValue(arguments[1]);
    if (given == nullptr) {
      if (IsNullType(arguments[1])) return NullConstant(DataType::Binary());
      if (arguments[1]->TryAs<plan::Constant>()) return NullConstant(DataType::Binary());
      throw NotConstant("to_binary", "fmt", DataType::String(), arguments, 1);
    }
    format = given->as_string();
    for (char& c : format) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (format == "utf-8" || format == "utf8") {
    return plan::Make(plan::Cast{arguments[0], plan::EvalMode::kAnsi}, DataType::Binary(), true,
                      context.query_context);
  }
  if (format != "hex" && format != "base64") {
    throw SparkError("DATATYPE_MISMATCH.INVALID_ARG_VALUE",
                     {{"sqlExpr", errors::Quoted("to_binary")},
                      {"inputName", "`fmt`"},
                      {"requireType", "case-insensitive \"STRING\""},
                      {"validValues", "'hex', 'utf-8', 'utf8', or 'base64'"},
                      {"inputValue", "'" + format + "'"}});
  }
  const char* target = format == "hex"
                           ? (lenient ? "spark_unhex" : "spark_unhex_or_throw")
                           : (lenient ? "spark_try_base64_to_binary" : "spark_base64_to_binary");
  bool nullable = lenient || format == "hex" || arguments[0]->nullable;
  return Native(target, {arguments[0]}, DataType::Binary(), nullable, context);
}

ExpressionPtr ToBinaryOrThrow(const CallContext& context, const Expressions& arguments) {
  return ToBinary(false, context, arguments);
}

ExpressionPtr TryToBinary(const CallContext& context, const Expressions& arguments) {
  return ToBinary(true, context, arguments);
}

// aes_encrypt(bytes, key [, mode [, padding [, iv [, aad]]]]) and back
template <const char* target>
ExpressionPtr Aes(const CallContext& context, const Expressions& arguments) {
  Expressions operands = arguments;
  if (operands.size() < 3) operands.push_back(StringConstant("GCM"));
  if (operands.size() < 4) operands.push_back(StringConstant("DEFAULT"));
  ExpressionPtr nothing = plan::MakeConstant({DataType::Binary(), Value(std::string())});
  while (operands.size() < 6) operands.push_back(nothing);
  if (std::string_view(target).find("decrypt") != std::string_view::npos) {
    if (arguments.size() > 4) operands[4] = arguments[4];  // the additional data
    operands.resize(5);
  }
  return Native(target, std::move(operands), DataType::Binary(), true, context);
}
constexpr char kEncrypt[] = "spark_aes_encrypt";
constexpr char kDecrypt[] = "spark_aes_decrypt";
constexpr char kTryDecrypt[] = "spark_try_aes_decrypt";

constexpr Function kRows[] = {
    {.name = "encode",
     .signatures = "(string, string) -> binary",
     .nulls = NullRule::kAlways,
     .doc = "The text's bytes in a character set.",
     .means = Kernel{"spark_encode"}},
    {.name = "decode",
     .signatures = "(any...) -> any",
     .doc = "The text of bytes in a character set; or the result behind the value that is equal.",
     .means = Rewrite{Decode}},
    {.name = "is_valid_utf8",
     .signatures = "(string) -> boolean",
     .doc = "Whether the bytes are valid UTF-8.",
     .means = Rewrite{IsValid}},
    {.name = "make_valid_utf8",
     .signatures = "(string) -> string",
     .doc = "With a replacement character for what is not valid UTF-8.",
     .means = Rewrite{Validated<kMake>}},
    {.name = "validate_utf8",
     .signatures = "(string) -> string",
     .doc = "The text, an error unless it is valid UTF-8.",
     .means = Rewrite{Validated<kValidate>}},
    {.name = "try_validate_utf8",
     .signatures = "(string) -> string",
     .doc = "The text, NULL unless it is valid UTF-8.",
     .means = Rewrite{Validated<kTryValidate>}},
    {.name = "to_binary",
     .signatures = "(string [, string]) -> binary",
     .doc = "The bytes of a text in hexadecimal digits, base 64 or UTF-8.",
     .means = Rewrite{ToBinaryOrThrow}},
    {.name = "try_to_binary",
     .signatures = "(string [, string]) -> binary",
     .doc = "As to_binary, NULL for a text of another form.",
     .means = Rewrite{TryToBinary}},
    {.name = "sha2",
     .signatures = "(binary, int) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The SHA-2 digest of so many bits in hexadecimal.",
     .means = Kernel{"spark_sha2"}},
    {.name = "aes_encrypt",
     .signatures = "(binary, binary [, string, string, binary, binary]) -> binary",
     .determinism = Determinism::kNondeterministic,
     .doc = "Encrypted by AES.",
     .means = Rewrite{Aes<kEncrypt>}},
    {.name = "aes_decrypt",
     .signatures = "(binary, binary [, string, string, binary]) -> binary",
     .doc = "What was encrypted by AES.",
     .means = Rewrite{Aes<kDecrypt>}},
    {.name = "try_aes_decrypt",
     .signatures = "(binary, binary [, string, string, binary]) -> binary",
     .doc = "As aes_decrypt, NULL for what was not.",
     .means = Rewrite{Aes<kTryDecrypt>}},
};

}  // namespace

std::span<const Function> EncodingFunctions() { return kRows; }

}  // namespace pyrite::functions
