#include "udf/pickle.h"

#include <bit>

#include "base/errors.h"
#include "udf/wire.h"

namespace pyrite::udf {
namespace {

// Opcodes of the pickle protocol, as Python's pickletools names them.
constexpr char kProtocol[] = "\x80\x03";
constexpr char kStop = '.', kNone = 'N', kInt = 'L', kFloat = 'G', kUnicode = 'X', kBytes = 'B';
constexpr char kTrue = '\x88', kFalse = '\x89', kMark = '(', kTuple = 't', kEmptyList = ']';
constexpr char kEmptyDict = '}', kAppends = 'e', kSetItems = 'u', kReduce = 'R';
constexpr char kDecimal[] = "cdecimal\nDecimal\n";

// Lengths are little-endian, unlike all other numbers on the wire.
void AppendCounted(std::string& out, char code, const std::string& bytes) {
  out.push_back(code);
  auto length = static_cast<uint32_t>(bytes.size());
  for (int shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<char>((length >> shift) & 0xff));
  }
  out += bytes;
}

void Append(std::string& out, const Value& value, const DataType& type);

void AppendMap(std::string& out, const Values& entries, const DataType& type) {
  out.push_back(kEmptyDict);
  out.push_back(kMark);
  for (size_t i = 0; i < entries.size(); ++i) {
    Append(out, entries[i], i % 2 == 0 ? type.key() : type.value());
  }
  out.push_back(kSetItems);
}

void AppendNested(std::string& out, const Values& parts, const DataType& type) {
  if (type.Is(TypeKind::kMap)) return AppendMap(out, parts, type);
  bool is_struct = type.Is(TypeKind::kStruct);
  if (!is_struct) out.push_back(kEmptyList);
  out.push_back(kMark);
  for (size_t i = 0; i < parts.size(); ++i) {
    Append(out, parts[i], is_struct ? type.fields()[i].type : type.element());
  }
  out.push_back(is_struct ? kTuple : kAppends);
}

void AppendDecimal(std::string& out, const Value& value, const DataType& type) {
  out += kDecimal;
  out.push_back(kMark);
  AppendCounted(out, kUnicode, DecimalToString(value.as_decimal(), type.scale()));
  out.push_back(kTuple);
  out.push_back(kReduce);
}

void Append(std::string& out, const Value& value, const DataType& type) {
  if (value.is_null()) return out.push_back(kNone);
  switch (type.kind()) {
    case TypeKind::kNull: return out.push_back(kNone);
    case TypeKind::kBoolean: return out.push_back(value.as_bool() ? kTrue : kFalse);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      out.push_back(kFloat);
      return AppendLong(out, std::bit_cast<int64_t>(value.as_double()));
    case TypeKind::kDecimal: return AppendDecimal(out, value, type);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return AppendCounted(out, kUnicode, value.as_string());
    case TypeKind::kBinary: return AppendCounted(out, kBytes, value.as_string());
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct: return AppendNested(out, value.children(), type);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval: out += kInt + std::to_string(value.as_int()) + "L\n"; return;
    case TypeKind::kTime:
    case TypeKind::kCalendarInterval:
    case TypeKind::kVariant:
    case TypeKind::kUdt: break;
  }
  throw errors::UnsupportedFeature("constants of " + type.ToSql() + " for analyze()");
}

}  // namespace

std::string Pickle(const Value& value, const DataType& type) {
  std::string out = kProtocol;
  Append(out, value, type);
  out.push_back(kStop);
  return out;
}

}  // namespace pyrite::udf
