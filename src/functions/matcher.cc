#include "functions/matcher.h"

#include <map>
#include <mutex>
#include <optional>

#include "base/errors.h"
#include "functions/coercion.h"
#include "functions/decimal_types.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using Kind = TypePattern::Kind;
using Bindings = std::map<std::string, DataType>;

const std::vector<Signature>& SignaturesOf(const Function& function) {
  static std::mutex mutex;
  static std::map<const Function*, std::vector<Signature>> parsed;
  std::lock_guard lock(mutex);
  auto [entry, is_new] = parsed.try_emplace(&function);
  if (is_new) entry->second = ParseSignatures(function.signatures);
  return entry->second;
}

// The type to cast `from` to for a class of types.
std::optional<DataType> MatchClass(const std::string& name, const DataType& from) {
  if (name == "any") return from;
  bool is_null = from.Is(TypeKind::kNull);
  if (name == "numeric") {
    if (from.IsNumeric()) return from;
    return from.IsString() || is_null ? std::optional(DataType::Double()) : std::nullopt;
  }
  if (name == "integral") {
    if (from.IsIntegral()) return from;
    return is_null ? std::optional(DataType::Integer()) : std::nullopt;
  }
  if (name == "decimal") {
    if (from.IsNumeric()) return DecimalForType(from);
    return from.IsString() || is_null ? std::optional(DataType::Decimal(38, 18)) : std::nullopt;
  }
  if (name == "ansi_interval") return from.IsAnsiInterval() ? std::optional(from) : std::nullopt;
  if (name == "atomic") return from.IsAtomic() ? std::optional(from) : std::nullopt;
  if (name == "time") {
    if (is_null) return DataType::Time();
    return from.Is(TypeKind::kTime) ? std::optional(from) : std::nullopt;
  }
  if (name == "array") {
    if (is_null) return DataType::Array(DataType::Null());
    return from.Is(TypeKind::kArray) ? std::optional(from) : std::nullopt;
  }
  if (name == "map") {
    if (is_null) return DataType::Map(DataType::Null(), DataType::Null());
    return from.Is(TypeKind::kMap) ? std::optional(from) : std::nullopt;
  }
  return from.Is(TypeKind::kStruct) ? std::optional(from) : std::nullopt;
}

enum class Binding : uint8_t { kBound, kOtherShape, kNoCommonType };

using Wider = std::optional<DataType> (*)(const DataType&, const DataType&, bool);

// Widens the variables of `pattern` by an argument's type.
Binding Bind(const TypePattern& pattern, const DataType& from, bool ansi, Wider wider,
             Bindings& bindings) {
  if (from.Is(TypeKind::kNull) && pattern.kind != Kind::kVariable) {
    for (const TypePattern& child : pattern.children) Bind(child, from, ansi, wider, bindings);
    return Binding::kBound;
  }
  switch (pattern.kind) {
    case Kind::kConcrete:
    case Kind::kClass:
    case Kind::kUnion: return Binding::kBound;
    case Kind::kVariable: {
      auto [entry, is_new] = bindings.try_emplace(pattern.name, from);
      if (is_new || entry->second.SameType(from)) return Binding::kBound;
      auto common = wider(entry->second, from, ansi);
      if (common) entry->second = *common;
      return common ? Binding::kBound : Binding::kNoCommonType;
    }
    case Kind::kArray:
      if (!from.Is(TypeKind::kArray)) return Binding::kOtherShape;
      return Bind(pattern.children[0], from.element(), ansi, wider, bindings);
    case Kind::kMap: {
      if (!from.Is(TypeKind::kMap)) return Binding::kOtherShape;
      Binding key = Bind(pattern.children[0], from.key(), ansi, wider, bindings);
      if (key != Binding::kBound) return key;
      return Bind(pattern.children[1], from.value(), ansi, wider, bindings);
    }
  }
  return Binding::kOtherShape;
}

std::optional<DataType> Target(const TypePattern& pattern, const DataType& from, bool ansi,
                               const Bindings& bindings) {
  switch (pattern.kind) {
    case Kind::kConcrete: return ImplicitCast(from, pattern.type, ansi);
    case Kind::kClass: return MatchClass(pattern.name, from);
    case Kind::kVariable: return bindings.at(pattern.name);
    case Kind::kArray: {
      bool is_array = from.Is(TypeKind::kArray);
      if (!is_array && !from.Is(TypeKind::kNull)) return std::nullopt;
      auto element = Target(pattern.children[0], is_array ? from.element() : from, ansi, bindings);
      if (!element) return std::nullopt;
      return DataType::Array(*element, !is_array || from.contains_null());
    }
    case Kind::kMap: {
      bool is_map = from.Is(TypeKind::kMap);
      if (!is_map && !from.Is(TypeKind::kNull)) return std::nullopt;
      auto key = Target(pattern.children[0], is_map ? from.key() : from, ansi, bindings);
      auto value = Target(pattern.children[1], is_map ? from.value() : from, ansi, bindings);
      if (!key || !value) return std::nullopt;
      return DataType::Map(*key, *value, !is_map || from.contains_null());
    }
    case Kind::kUnion: break;
  }
  std::optional<DataType> first;
  for (const TypePattern& child : pattern.children) {
    auto target = Target(child, from, ansi, bindings);
    if (target && *target == from) return target;
    if (!first) first = target;
  }
  return first;
}

bool InnerNull(const plan::Expressions& arguments) {
  bool has_nested = false, nullable = false, inner = false;
  for (const plan::ExpressionPtr& argument : arguments) {
    nullable = nullable || argument->nullable;
    if (!argument->type.Is(TypeKind::kArray) && !argument->type.Is(TypeKind::kMap)) continue;
    has_nested = true;
    inner = inner || argument->type.contains_null();
  }
  return has_nested ? inner : nullable;
}

DataType ResultType(const TypePattern& pattern, const plan::Expressions& arguments,
                    const Bindings& bindings) {
  switch (pattern.kind) {
    case Kind::kConcrete: return pattern.type;
    case Kind::kVariable: {
      auto found = bindings.find(pattern.name);
      return found == bindings.end() ? DataType::Null() : found->second;
    }
    case Kind::kClass: return arguments.empty() ? DataType::Null() : arguments[0]->type;
    case Kind::kArray:
      return DataType::Array(ResultType(pattern.children[0], arguments, bindings),
                             InnerNull(arguments));
    case Kind::kMap:
      return DataType::Map(ResultType(pattern.children[0], arguments, bindings),
                           ResultType(pattern.children[1], arguments, bindings),
                           InnerNull(arguments));
    case Kind::kUnion: break;
  }
  return DataType::Null();
}

struct Attempt {
  std::optional<Match> match;
  int casts = 0;
  size_t failed = 0;  // the argument that did not fit
  Binding binding = Binding::kBound;
};

// Whether the variables stand for elements: nothing is made of a string then.
bool BindsElements(const Signature& signature) {
  if (signature.parameters.empty()) return false;
  const TypePattern& first = signature.parameters[0];
  return (first.kind == Kind::kArray || first.kind == Kind::kMap) && first.HasVariable();
}

// (array<T>, array<T>): the arrays are refused together.
bool TakesTwoArrays(const Signature& signature) {
  return signature.parameters.size() == 2 && BindsElements(signature) &&
         signature.parameters[0].kind == Kind::kArray &&
         signature.parameters[1].kind == Kind::kArray &&
         signature.parameters[0].children[0].name == signature.parameters[1].children[0].name;
}

std::optional<DataType> WiderOfTwo(const DataType& left, const DataType& right, bool ansi) {
  return WiderType(left, right, ansi);
}

Attempt Try(const Signature& signature, const plan::Expressions& arguments,
            const CallContext& context) {
  Bindings bindings;
  Wider wider = TakesTwoArrays(signature)  ? TightestType
                : BindsElements(signature) ? WiderElement
                                           : WiderOfTwo;
  for (size_t i = 0; i < arguments.size(); ++i) {
    Binding binding =
        Bind(signature.parameter(i), arguments[i]->type, context.ansi, wider, bindings);
    if (binding != Binding::kBound) return {std::nullopt, 0, i, binding};
  }
  Attempt attempt;
  Match match;
  match.arguments.reserve(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& from = arguments[i]->type;
    auto target = Target(signature.parameter(i), from, context.ansi, bindings);
    if (!target) return {std::nullopt, 0, i};
    if (target->SameStructure(from)) {
      match.arguments.push_back(arguments[i]);
      continue;
    }
    attempt.casts += from.IsString() ? 2 : 1;
    match.arguments.push_back(Coerce(arguments[i], *target, context));
  }
  match.result = ResultType(signature.result, match.arguments, bindings);
  attempt.match = std::move(match);
  return attempt;
}

std::string ExpectedCounts(const std::vector<Signature>& signatures) {
  std::vector<size_t> counts;
  for (const Signature& signature : signatures) {
    if (signature.repeats)
      return "> " + std::to_string(std::max<size_t>(signature.required, 1) - 1);
    for (size_t n = signature.required; n <= signature.parameters.size(); ++n) {
      if (std::find(counts.begin(), counts.end(), n) == counts.end()) counts.push_back(n);
    }
  }
  std::sort(counts.begin(), counts.end());
  std::string out;
  for (size_t n : counts) out += (out.empty() ? "" : ", ") + std::to_string(n);
  return counts.size() > 1 ? "[" + out + "]" : out;
}

bool HoldsVoid(const plan::Expressions& arguments) {
  for (const plan::ExpressionPtr& argument : arguments) {
    if (argument->type.Is(TypeKind::kNull)) return true;
  }
  return false;
}

// Whether an argument of another shape is refused as if its elements were of another type.
bool RefusesTogether(const std::string& name, const Signature& signature) {
  return TakesTwoArrays(signature) || name == "array_remove" || name == "array_insert" ||
         name == "map_contains_key";
}

// The types of elements that have nothing in common.
[[noreturn]] void ThrowElementTypes(const std::string& name, const Signature& signature,
                                    const plan::Expressions& arguments) {
  const plan::Expression& left = *arguments[0];
  const plan::Expression& right = *arguments.back();
  bool arrays = signature.parameter(arguments.size() - 1).kind == Kind::kArray;
  std::map<std::string, std::string> parameters{
      {"sqlExpr", errors::Quoted(SqlOfCall(name, arguments))},
      {"functionName", errors::QuoteName({name})},
      {"leftType", errors::Quoted(left.type.ToSql())},
      {"rightType", errors::Quoted(right.type.ToSql())}};
  if (arrays) {
    parameters["arrayType"] = errors::Quoted("ARRAY");
    throw SparkError("DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES", std::move(parameters));
  }
  bool map = signature.parameters[0].kind == Kind::kMap;
  parameters["dataType"] = errors::Quoted(map ? "MAP" : "ARRAY");
  throw SparkError(map ? "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES"
                       : "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES",
                   std::move(parameters));
}

}  // namespace

const char* Ordinal(size_t index) {
  constexpr const char* kNames[] = {"first", "second",  "third",  "fourth", "fifth",
                                    "sixth", "seventh", "eighth", "ninth",  "tenth"};
  return kNames[std::min<size_t>(index, 9)];
}

SparkError DifferentTypes(const std::string& name, const plan::Expressions& arguments,
                          const std::vector<DataType>& types) {
  bool in_brackets = name == "greatest" || name == "least";
  std::string list;
  for (const DataType& type : types) {
    if (!list.empty()) list += in_brackets ? ", " : " or ";
    list += errors::Quoted(type.ToSql());
  }
  list = in_brackets ? "[" + list + "]" : "(" + list + ")";
  return errors::DataDiffTypes(SqlOfCall(name, arguments), errors::QuoteName({name}), list);
}

std::string RequiredType(const TypePattern& pattern) {
  switch (pattern.kind) {
    case Kind::kConcrete: return errors::Quoted(pattern.type.ToSql());
    case Kind::kArray: {
      const TypePattern& element = pattern.children[0];
      if (element.kind != Kind::kConcrete) return errors::Quoted("ARRAY");
      return errors::Quoted("ARRAY<" + element.type.ToSql() + ">");
    }
    case Kind::kMap: return errors::Quoted("MAP");
    case Kind::kClass:
    case Kind::kVariable: {
      std::string upper;
      for (char c : pattern.name) upper += c == '_' ? ' ' : static_cast<char>(std::toupper(c));
      return errors::Quoted(upper);
    }
    case Kind::kUnion: break;
  }
  std::string out;
  for (const TypePattern& child : pattern.children) {
    out += (out.empty() ? "" : " or ") + RequiredType(child);
  }
  return "(" + out + ")";
}

Match MatchCall(const Function& function, const std::string& name,
                const plan::Expressions& arguments, const CallContext& context) {
  const std::vector<Signature>& signatures = SignaturesOf(function);
  std::optional<Attempt> best;
  std::optional<size_t> failure;      // the argument that did not fit the first alternative
  std::vector<std::string> required;  // what the alternatives take in the failing place
  for (const Signature& signature : signatures) {
    if (!signature.Takes(arguments.size())) continue;
    bool void_array = TakesTwoArrays(signature) && HoldsVoid(arguments);
    Attempt attempt = void_array ? Attempt{} : Try(signature, arguments, context);
    if (!attempt.match) {
      if (attempt.binding == Binding::kNoCommonType && !BindsElements(signature)) {
        std::vector<DataType> types;
        for (const plan::ExpressionPtr& argument : arguments) types.push_back(argument->type);
        throw DifferentTypes(name, arguments, types);
      }
      if (attempt.binding == Binding::kNoCommonType || RefusesTogether(name, signature)) {
        ThrowElementTypes(name, signature, arguments);
      }
      if (!failure) failure = attempt.failed;
      if (*failure != attempt.failed) continue;
      std::string type = RequiredType(signature.parameter(attempt.failed));
      if (std::find(required.begin(), required.end(), type) == required.end()) {
        required.push_back(std::move(type));
      }
    } else if (!best || attempt.casts < best->casts) {
      best = std::move(attempt);
    }
  }
  if (best) return std::move(*best->match);
  if (!failure) throw errors::WrongNumArgs(name, ExpectedCounts(signatures), arguments.size());
  size_t index = *failure;
  std::string types;
  for (const std::string& type : required) types += (types.empty() ? "" : " or ") + type;
  const plan::Expression& argument = *arguments[index];
  throw errors::UnexpectedInputType(SqlOfCall(name, arguments), Ordinal(index), types,
                                    SqlOf(argument), argument.type.ToSql());
}

}  // namespace pyrite::functions
