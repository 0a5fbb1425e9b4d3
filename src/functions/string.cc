// Functions of strings, counted in code points.

#include <algorithm>

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/matcher.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr Substring(const CallContext& context, const Expressions& arguments) {
  bool nullable = AnyNullable(arguments);
  const DataType& type = arguments[0]->type;
  if (type.Is(TypeKind::kBinary)) {
    Expressions operands = arguments;
    if (operands.size() == 2) operands.push_back(IntConstant(INT32_MAX));
    return Native("spark_binary_substring", operands, type, nullable, context);
  }
  const Value* position = ConstantValue(arguments[1]);
  const Value* length = arguments.size() > 2 ? ConstantValue(arguments[2]) : nullptr;
  bool plain = position != nullptr && position->as_int() > 0 &&
               (arguments.size() == 2 || (length != nullptr && length->as_int() >= 0));
  return Native(plain ? "substring" : "spark_substring", arguments, type, nullable, context);
}

void CheckEscape(const plan::Expression& escape) {
  const auto* constant = escape.TryAs<plan::Constant>();
  if (constant != nullptr && !constant->value.is_null()) {
    const std::string& text = constant->value.as_string();
    auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    if (std::ranges::count_if(text, starts) == 1) return;
  }
  throw SparkError("INVALID_ESCAPE_CHAR", {{"sqlExpr", errors::Quoted(SqlOf(escape))}});
}

ExpressionPtr MakeLike(const char* plain_target, const char* escape_target,
                       const CallContext& context, const Expressions& arguments) {
  bool nullable = AnyNullable(arguments);
  const Value* pattern = ConstantValue(arguments[1]);
  bool plain = arguments.size() == 2 && pattern != nullptr &&
               pattern->as_string().find('\\') == std::string::npos;
  if (plain) return Native(plain_target, arguments, DataType::Boolean(), nullable, context);
  if (arguments.size() > 2) CheckEscape(*arguments[2]);
  Expressions operands = arguments;
  if (operands.size() == 2) operands.push_back(StringConstant("\\"));
  operands[1] = Native("spark_like_pattern", {operands[1], operands[2]}, DataType::String(),
                       operands[1]->nullable || operands[2]->nullable, context);
  operands[2] = StringConstant("\\");
  return Native(escape_target, operands, DataType::Boolean(), nullable, context);
}

ExpressionPtr Like(const CallContext& context, const Expressions& arguments) {
  return MakeLike("~~", "like_escape", context, arguments);
}

ExpressionPtr ILike(const CallContext& context, const Expressions& arguments) {
  return MakeLike("~~*", "ilike_escape", context, arguments);
}

// What Spark's concat sees of an argument's type: all but arrays, and bytes among bytes, is text.
DataType ConcatenatedType(const Expressions& arguments, size_t index, const DataType& text,
                          const CallContext& context) {
  const DataType& given = arguments[index]->type;
  if (given.Is(TypeKind::kArray)) return given;
  if (auto type = ImplicitCast(given, text, context.ansi)) return text;
  throw errors::UnexpectedInputType(SqlOfCall("concat", arguments), Ordinal(index),
                                    "(\"STRING\" or \"BINARY\" or \"ARRAY\")",
                                    SqlOf(*arguments[index]), given.ToSql());
}

ExpressionPtr Concat(const CallContext& context, const Expressions& arguments) {
  if (arguments.empty()) return StringConstant("");
  size_t arrays = 0;
  bool binaries = true;
  for (const ExpressionPtr& argument : arguments) {
    arrays += argument->type.Is(TypeKind::kArray);
    binaries = binaries && argument->type.Is(TypeKind::kBinary);
  }
  const DataType type = binaries ? DataType::Binary() : DataType::String();
  std::vector<DataType> types;
  for (size_t i = 0; i < arguments.size(); ++i) {
    types.push_back(ConcatenatedType(arguments, i, type, context));
  }
  if (arrays == arguments.size() && WiderType(types, context.ansi)) {
    return CallFunction("array_concat", arguments, context);
  }
  if (arrays > 0) throw DifferentTypes("concat", arguments, types);
  ExpressionPtr out;
  for (const ExpressionPtr& argument : arguments) {  // || gives NULL for NULL
    ExpressionPtr text = Coerce(argument, type, context);
    out = out ? Native("||", {out, text}, type, out->nullable || text->nullable, context) : text;
  }
  return out;
}

template <const char* target>
ExpressionPtr Trim(const CallContext& context, const Expressions& arguments) {
  Expressions operands = arguments;
  if (operands.size() == 1) operands.insert(operands.begin(), StringConstant(" "));
  bool nullable = AnyNullable(operands);
  return Native(target, std::move(operands), DataType::String(), nullable, context);
}
constexpr char kTrim[] = "spark_trim";
constexpr char kLeftTrim[] = "spark_ltrim";
constexpr char kRightTrim[] = "spark_rtrim";

template <const char* target>
ExpressionPtr TextFirstTrim(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() == 1) return Trim<target>(context, arguments);
  return Trim<target>(context, {arguments[1], arguments[0]});
}

template <const char* target>
ExpressionPtr Pad(const CallContext& context, const Expressions& arguments) {
  Expressions operands = arguments;
  if (operands.size() == 2) operands.push_back(StringConstant(" "));
  bool nullable = AnyNullable(operands);
  return Native(target, std::move(operands), DataType::String(), nullable, context);
}
constexpr char kLeftPad[] = "spark_lpad";
constexpr char kRightPad[] = "spark_rpad";

ExpressionPtr Reverse(const CallContext& context, const Expressions& arguments) {
  bool array = arguments[0]->type.Is(TypeKind::kArray);
  if (arguments[0]->type.Is(TypeKind::kBinary)) {
    return Native("spark_reverse_bytes", arguments, arguments[0]->type, arguments[0]->nullable,
                  context);
  }
  return Native(array ? "list_reverse" : "spark_reverse", arguments, arguments[0]->type,
                arguments[0]->nullable, context);
}

// The engine's upper makes one letter of one; Java makes SS of the sharp s.
ExpressionPtr Upper(const CallContext& context, const Expressions& arguments) {
  bool nullable = arguments[0]->nullable;
  ExpressionPtr plain =
      Native("spark_replace", {arguments[0], StringConstant("\u00DF"), StringConstant("SS")},
             DataType::String(), nullable, context);
  return Native("upper", {plain}, DataType::String(), nullable, context);
}

// Adds arguments that a call may leave out.
ExpressionPtr WithDefault(const char* target, const Expressions& arguments, size_t count,
                          const ExpressionPtr& last, const DataType& type,
                          const CallContext& context) {
  Expressions operands = arguments;
  if (operands.size() < count) operands.push_back(last);
  bool nullable = AnyNullable(operands);
  return Native(target, std::move(operands), type, nullable, context);
}

ExpressionPtr Locate(const CallContext& context, const Expressions& arguments) {
  Expressions operands = arguments;
  if (operands.size() < 3) operands.push_back(IntConstant(1));
  bool nullable = operands[0]->nullable || operands[1]->nullable;
  ExpressionPtr place = Native("spark_locate", operands, DataType::Integer(), nullable, context);
  if (arguments.size() < 3 || !arguments[2]->nullable) return place;
  // From no position on nothing is found, whatever the texts are.
  return CallFunction(
      "if", {CallFunction("isnull", {arguments[2]}, context), IntConstant(0), place}, context);
}

ExpressionPtr InString(const CallContext& context, const Expressions& arguments) {
  return Locate(context, {arguments[1], arguments[0]});
}

ExpressionPtr Replace(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_replace", arguments, 3, StringConstant(""), DataType::String(),
                     context);
}

ExpressionPtr RegexExtract(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_regexp_extract", arguments, 3, IntConstant(1), DataType::String(),
                     context);
}

ExpressionPtr RegexExtractAll(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_regexp_extract_all", arguments, 3, IntConstant(1),
                     DataType::Array(DataType::String()), context);
}

ExpressionPtr RegexReplace(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_regexp_replace", arguments, 4, IntConstant(1), DataType::String(),
                     context);
}

ExpressionPtr Split(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_split", arguments, 3, IntConstant(-1),
                     DataType::Array(DataType::String(), false), context);
}

ExpressionPtr Overlay(const CallContext& context, const Expressions& arguments) {
  return WithDefault("spark_overlay", arguments, 4, IntConstant(-1), DataType::String(), context);
}

ExpressionPtr Right(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr start = CallFunction("negative", {arguments[1]}, context);
  ExpressionPtr part =
      Native("spark_substring", {arguments[0], start}, DataType::String(), true, context);
  ExpressionPtr empty = CallFunction("<=", {arguments[1], IntConstant(0)}, context);
  return CallFunction("if", {empty, StringConstant(""), part}, context);
}

ExpressionPtr Hash(const char* target, const char* any_target, const DataType& type,
                   const CallContext& context, const Expressions& arguments) {
  ExpressionPtr hash = plan::MakeConstant({type, Value(int64_t{42})});
  for (ExpressionPtr value : arguments) {
    if (IsNullType(value)) continue;
    if (value->type.Is(TypeKind::kMap)) {
      throw SparkError(
          "DATATYPE_MISMATCH.HASH_MAP_TYPE",
          {{"sqlExpr", errors::Quoted(SqlOfCall("hash", arguments))}, {"functionName", "`hash`"}});
    }
    bool any = value->type.IsNested() || value->type.Is(TypeKind::kDecimal);
    hash = Native(any ? any_target : target, {hash, value}, type, false, context);
  }
  return hash;
}

ExpressionPtr MurmurHash(const CallContext& context, const Expressions& arguments) {
  return Hash("spark_hash", "spark_hash_any", DataType::Integer(), context, arguments);
}

ExpressionPtr XxHash(const CallContext& context, const Expressions& arguments) {
  return Hash("spark_xxhash64", "spark_xxhash64_any", DataType::Long(), context, arguments);
}

// NULLs among the texts are left out: only the separator's NULL makes one.
ExpressionPtr ConcatWithSeparator(const CallContext& context, const Expressions& arguments) {
  Expressions texts = arguments;
  if (texts.size() == 1) texts.push_back(NullConstant(DataType::String()));
  for (ExpressionPtr& text : texts) {
    if (!text->type.Is(TypeKind::kArray)) continue;
    text = Native("spark_join", {text, arguments[0]}, DataType::String(), true, context);
  }
  return Native("concat_ws", texts, DataType::String(), arguments[0]->nullable, context);
}

ExpressionPtr Quote(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr inside =
      Native("spark_replace", {arguments[0], StringConstant("'"), StringConstant("\\'")},
             DataType::String(), true, context);
  return CallFunction("concat", {StringConstant("'"), inside, StringConstant("'")}, context);
}

// mask(text [, upper, lower, digit, other]): a NULL replacement keeps what is there.
ExpressionPtr Mask(const CallContext& context, const Expressions& arguments) {
  constexpr const char* kReplacements[] = {"X", "x", "n", ""};
  Expressions operands{arguments[0]};
  for (size_t i = 1; i <= std::size(kReplacements); ++i) {
    if (i >= arguments.size()) {
      operands.push_back(StringConstant(kReplacements[i - 1]));
      continue;
    }
    operands.push_back(CallFunction("coalesce", {arguments[i], StringConstant("")}, context));
  }
  return Native("spark_mask", operands, DataType::String(), true, context);
}

// Takes texts only: nothing is cast.
ExpressionPtr Soundex(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& text = arguments[0];
  if (!text->type.IsString() && !IsNullType(text)) {
    throw errors::UnexpectedInputType(SqlOfCall("soundex", arguments), "first", "\"STRING\"",
                                      SqlOf(*text), text->type.ToSql());
  }
  return Native("spark_soundex", {Coerce(text, DataType::String(), context)}, DataType::String(),
                text->nullable, context);
}

ExpressionPtr Levenshtein(const CallContext& context, const Expressions& arguments) {
  const char* target = arguments.size() > 2 ? "spark_levenshtein_limited" : "spark_levenshtein";
  return Native(target, arguments, DataType::Integer(), AnyNullable(arguments), context);
}

ExpressionPtr RegexPlace(const CallContext& context, const Expressions& arguments) {
  return Native("spark_regexp_instr", {arguments[0], arguments[1]}, DataType::Integer(),
                AnyNullable(arguments), context);
}

ExpressionPtr ParseUrl(const CallContext& context, const Expressions& arguments) {
  return Native(context.ansi ? "spark_parse_url" : "spark_try_parse_url", arguments,
                DataType::String(), true, context);
}

constexpr Function kRows[] = {
    {.name = "quote",
     .signatures = "(string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The text between single quotes, with a backslash before those inside.",
     .means = Rewrite{Quote}},
    {.name = "mask",
     .signatures = "(string [, string, string, string, string]) -> string",
     .doc = "The text with its letters and digits hidden.",
     .means = Rewrite{Mask}},
    {.name = "luhn_check",
     .signatures = "(string) -> boolean",
     .nulls = NullRule::kAlways,
     .doc = "Whether the digits are valid by Luhn's checksum.",
     .means = Kernel{"spark_luhn_check"}},
    {.name = "url_encode",
     .signatures = "(string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The text as a part of a URL.",
     .means = Kernel{"spark_url_encode"}},
    {.name = "url_decode",
     .signatures = "(string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The text behind a part of a URL.",
     .means = Kernel{"spark_url_decode"}},
    {.name = "try_url_decode",
     .signatures = "(string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "As url_decode, NULL for what is no part of a URL.",
     .means = Kernel{"spark_try_url_decode"}},
    {.name = "substring",
     .aliases = "substr",
     .signatures = "(string, int [, int]) -> string; (binary, int [, int]) -> binary",
     .doc = "The part from a 1-based position on (from the end when negative), so many long.",
     .means = Rewrite{Substring}},
    {.name = "like",
     .signatures = "(string, string [, string]) -> boolean",
     .doc = "Whether the text matches a pattern of % and _.",
     .means = Rewrite{Like}},
    {.name = "ilike",
     .signatures = "(string, string [, string]) -> boolean",
     .doc = "As like, without regard to case.",
     .means = Rewrite{ILike}},
    {.name = "upper",
     .aliases = "ucase",
     .signatures = "(string) -> string",
     .doc = "In upper case.",
     .means = Rewrite{Upper}},
    {.name = "lower",
     .aliases = "lcase",
     .signatures = "(string) -> string",
     .doc = "In lower case.",
     .means = Rename{"lower"}},
    {.name = "length",
     .aliases = "len char_length character_length",
     .signatures = "(string) -> int",
     .doc = "The number of characters.",
     .means = Kernel{"spark_char_length"}},
    {.name = "octet_length",
     .signatures = "(string|binary) -> int",
     .doc = "The number of bytes.",
     .means = Kernel{"spark_octet_length"}},
    {.name = "bit_length",
     .signatures = "(string|binary) -> int",
     .doc = "The number of bits.",
     .means = Body{"octet_length(_1) * 8"}},
    {.name = "concat",
     .aliases = "||",
     .signatures = "(any...) -> any",
     .doc = "All strings, or all arrays, one after the other.",
     .means = Rewrite{Concat}},
    {.name = "concat_ws",
     .signatures = "(string, array<string>|string...) -> string",
     .doc = "The strings that are not NULL, in arrays too, with a separator between.",
     .means = Rewrite{ConcatWithSeparator}},
    {.name = "trim",
     .signatures = "(string [, string]) -> string",
     .doc = "Without blanks, or the characters given first, at both ends.",
     .means = Rewrite{Trim<kTrim>}},
    {.name = "ltrim",
     .signatures = "(string [, string]) -> string",
     .doc = "As trim, on the left only.",
     .means = Rewrite{Trim<kLeftTrim>}},
    {.name = "rtrim",
     .signatures = "(string [, string]) -> string",
     .doc = "As trim, on the right only.",
     .means = Rewrite{Trim<kRightTrim>}},
    {.name = "btrim",
     .signatures = "(string [, string]) -> string",
     .doc = "Without blanks, or the characters given second, at both ends.",
     .means = Rewrite{TextFirstTrim<kTrim>}},
    {.name = "lpad",
     .signatures = "(string, int [, string]) -> string",
     .doc = "Padded on the left, or cut, to a length.",
     .means = Rewrite{Pad<kLeftPad>}},
    {.name = "rpad",
     .signatures = "(string, int [, string]) -> string",
     .doc = "Padded on the right, or cut, to a length.",
     .means = Rewrite{Pad<kRightPad>}},
    {.name = "left",
     .signatures = "(string, int) -> string; (binary, int) -> binary",
     .doc = "The first characters, or bytes.",
     .means = Body{"substring(_1, 1, _2)"}},
    {.name = "right",
     .signatures = "(string, int) -> string",
     .doc = "The last characters.",
     .means = Rewrite{Right}},
    {.name = "instr",
     .signatures = "(string, string) -> int",
     .doc = "The 1-based position of the second in the first, 0 for none.",
     .means = Rewrite{InString}},
    {.name = "locate",
     .signatures = "(string, string [, int]) -> int",
     .doc = "The 1-based position of the first in the second, 0 for none.",
     .means = Rewrite{Locate}},
    {.name = "position",
     .signatures = "(string, string [, int]) -> int",
     .doc = "As locate.",
     .means = Rewrite{Locate}},
    {.name = "replace",
     .signatures = "(string, string [, string]) -> string",
     .doc = "Each occurrence of the second replaced by the third.",
     .means = Rewrite{Replace}},
    {.name = "translate",
     .signatures = "(string, string, string) -> string",
     .doc = "Characters of the second replaced by those of the third.",
     .means = Kernel{"spark_translate"}},
    {.name = "reverse",
     .signatures = "(string) -> string; (array) -> any; (binary) -> binary",
     .doc = "The characters or elements from last to first.",
     .means = Rewrite{Reverse}},
    {.name = "repeat",
     .signatures = "(string, int) -> string",
     .doc = "So many copies.",
     .means = Kernel{"spark_repeat"}},
    {.name = "space",
     .signatures = "(int) -> string",
     .doc = "So many blanks.",
     .means = Body{"repeat(' ', _1)"}},
    {.name = "substring_index",
     .signatures = "(string, string, int) -> string",
     .doc = "What is before so many delimiters (from the end when negative).",
     .means = Kernel{"spark_substring_index"}},
    {.name = "split_part",
     .signatures = "(string, string, int) -> string",
     .nulls = NullRule::kAlways,
     .doc = "One part of the text between delimiters.",
     .means = Kernel{"spark_split_part"}},
    {.name = "split",
     .signatures = "(string, string [, int]) -> array<string>",
     .doc = "The parts between matches of a regular expression.",
     .means = Rewrite{Split}},
    {.name = "overlay",
     .signatures = "(string, string, int [, int]) -> string",
     .doc = "With a part replaced.",
     .means = Rewrite{Overlay}},
    {.name = "initcap",
     .signatures = "(string) -> string",
     .doc = "Each word with a capital first.",
     .means = Kernel{"spark_initcap"}},
    {.name = "ascii",
     .signatures = "(string) -> int",
     .doc = "The first character's code point.",
     .means = Kernel{"spark_ascii"}},
    {.name = "chr",
     .aliases = "char",
     .signatures = "(bigint) -> string",
     .doc = "The character with a code, modulo 256.",
     .means = Kernel{"spark_chr"}},
    {.name = "levenshtein",
     .signatures = "(string, string [, int]) -> int",
     .doc = "The edit distance, -1 when it is above the third.",
     .means = Rewrite{Levenshtein}},
    {.name = "regexp_instr",
     .signatures = "(string, string [, int]) -> int",
     .doc = "The 1-based place of the first match, 0 for none.",
     .means = Rewrite{RegexPlace}},
    {.name = "regexp_substr",
     .signatures = "(string, string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The first match.",
     .means = Kernel{"spark_regexp_substr"}},
    {.name = "parse_url",
     .signatures = "(string, string [, string]) -> string",
     .nulls = NullRule::kAlways,
     .doc = "A part of a URL, or the value of a key in its query.",
     .means = Rewrite{ParseUrl}},
    {.name = "try_parse_url",
     .signatures = "(string, string [, string]) -> string",
     .nulls = NullRule::kAlways,
     .doc = "As parse_url, NULL for what is no URL.",
     .means = Kernel{"spark_try_parse_url"}},
    {.name = "soundex",
     .signatures = "(any) -> string",
     .doc = "The Soundex code.",
     .means = Rewrite{Soundex}},
    {.name = "find_in_set",
     .signatures = "(string, string) -> int",
     .doc = "The 1-based place of a word in a comma-separated list.",
     .means = Kernel{"spark_find_in_set"}},
    {.name = "startswith",
     .signatures = "(string, string) -> boolean",
     .doc = "Whether the first starts with the second.",
     .means = Rename{"prefix"}},
    {.name = "endswith",
     .signatures = "(string, string) -> boolean",
     .doc = "Whether the first ends with the second.",
     .means = Rename{"suffix"}},
    {.name = "contains",
     .signatures = "(string, string) -> boolean",
     .doc = "Whether the first contains the second.",
     .means = Rename{"contains"}},
    {.name = "rlike",
     .aliases = "regexp regexp_like",
     .signatures = "(string, string) -> boolean",
     .doc = "Whether a regular expression matches somewhere.",
     .means = Kernel{"spark_rlike"}},
    {.name = "regexp_count",
     .signatures = "(string, string) -> int",
     .doc = "The number of matches.",
     .means = Kernel{"spark_regexp_count"}},
    {.name = "regexp_extract",
     .signatures = "(string, string [, int]) -> string",
     .doc = "A group of the first match.",
     .means = Rewrite{RegexExtract}},
    {.name = "regexp_extract_all",
     .signatures = "(string, string [, int]) -> array<string>",
     .doc = "A group of every match.",
     .means = Rewrite{RegexExtractAll}},
    {.name = "regexp_replace",
     .signatures = "(string, string, string [, int]) -> string",
     .doc = "Every match replaced.",
     .means = Rewrite{RegexReplace}},
    {.name = "hex",
     .signatures = "(bigint) -> string; (string) -> string; (binary) -> string",
     .doc = "In hexadecimal digits.",
     .means = Kernel{"spark_hex"}},
    {.name = "unhex",
     .signatures = "(string) -> binary",
     .nulls = NullRule::kAlways,
     .doc = "The bytes of hexadecimal digits.",
     .means = Kernel{"spark_unhex"}},
    {.name = "bin",
     .signatures = "(bigint) -> string",
     .doc = "In binary digits.",
     .means = Kernel{"spark_bin"}},
    {.name = "conv",
     .signatures = "(string, int, int) -> string",
     .nulls = NullRule::kAlways,
     .doc = "A number from one base to another.",
     .means = Kernel{"spark_conv"}},
    {.name = "crc32",
     .signatures = "(binary) -> bigint",
     .doc = "The CRC-32 checksum.",
     .means = Kernel{"spark_crc32"}},
    {.name = "md5",
     .signatures = "(binary) -> string",
     .doc = "The MD5 digest in hexadecimal.",
     .means = Rename{"md5"}},
    {.name = "sha1",
     .aliases = "sha",
     .signatures = "(binary) -> string",
     .doc = "The SHA-1 digest in hexadecimal.",
     .means = Rename{"sha1"}},
    {.name = "base64",
     .signatures = "(binary) -> string",
     .doc = "In base 64.",
     .means = Rename{"to_base64"}},
    {.name = "unbase64",
     .signatures = "(string) -> binary",
     .doc = "The bytes of base 64.",
     .means = Kernel{"spark_unbase64"}},
    {.name = "hash",
     .signatures = "(any, any...) -> int",
     .doc = "A 32-bit hash (Murmur3).",
     .means = Rewrite{MurmurHash}},
    {.name = "xxhash64",
     .signatures = "(any, any...) -> bigint",
     .doc = "A 64-bit hash (xxHash).",
     .means = Rewrite{XxHash}},
};

}  // namespace

std::span<const Function> StringFunctions() { return kRows; }

}  // namespace pyrite::functions
