// Literals of the protocol: there and back.
#include <gtest/gtest.h>

#include <limits>

#include "connect/plan/convert.h"

namespace pyrite::connect {
namespace {

using Message = proto::Expression::Literal;

void ExpectThereAndBack(const Literal& literal) {
  Message message;
  ToProto(literal, &message);
  Literal back = ToLiteral(message);
  EXPECT_EQ(back.type, literal.type) << message.ShortDebugString();
  EXPECT_EQ(back.value, literal.value) << message.ShortDebugString();
}

TEST(Literal, NumbersComeBack) {
  ExpectThereAndBack(Literal::Boolean(true));
  ExpectThereAndBack({DataType::Byte(), Value(int64_t{-128})});
  ExpectThereAndBack({DataType::Short(), Value(int64_t{32767})});
  ExpectThereAndBack(Literal::Int(std::numeric_limits<int32_t>::min()));
  ExpectThereAndBack(Literal::Long(std::numeric_limits<int64_t>::max()));
  ExpectThereAndBack({DataType::Float(), Value(double{1.5F})});
  ExpectThereAndBack(Literal::Double(std::numeric_limits<double>::quiet_NaN()));
  ExpectThereAndBack(Literal::Double(-std::numeric_limits<double>::infinity()));
  ExpectThereAndBack({DataType::Decimal(4, 2), Value(Int128{1299})});
  ExpectThereAndBack({DataType::Decimal(38, 0), Value(-(Int128{1} << 120))});
}

TEST(Literal, TextAndTimesComeBack) {
  ExpectThereAndBack(Literal::String("it's \xC3\xA9"));
  ExpectThereAndBack({DataType::Binary(), Value(std::string("\0\xFF", 2))});
  ExpectThereAndBack({DataType::Date(), Value(int64_t{-719162})});
  ExpectThereAndBack({DataType::Timestamp(), Value(int64_t{-1})});
  ExpectThereAndBack({DataType::TimestampNtz(), Value(int64_t{1})});
  ExpectThereAndBack({DataType::YearMonthInterval(), Value(int64_t{-14})});
  ExpectThereAndBack({DataType::DayTimeInterval(), Value(int64_t{-86400000001})});
  ExpectThereAndBack({DataType::CalendarInterval(), Value(CalendarInterval{1, -2, 3})});
}

TEST(Literal, NullsComeBack) {
  for (const DataType& type : {DataType::Null(), DataType::Integer(), DataType::String(),
                               DataType::Array(DataType::Date()), DataType::Decimal(5, 1)}) {
    ExpectThereAndBack(Literal::Null(type));
  }
}

// The protocol's arrays and maps do not say whether they may hold NULL.
TEST(Literal, NestedOnesComeBack) {
  Values numbers = {Value(int64_t{1}), Value(), Value(int64_t{2})};
  ExpectThereAndBack({DataType::Array(DataType::Integer()), Value(numbers)});
  ExpectThereAndBack({DataType::Map(DataType::String(), DataType::Long()),
                      Value(Values{Value(std::string("k")), Value(int64_t{1})})});
  ExpectThereAndBack({DataType::Struct({{"a", DataType::Integer(), true, ""},
                                        {"b", DataType::String(), true, ""}}),
                      Value(Values{Value(int64_t{1}), Value(std::string("x"))})});
}

}  // namespace
}  // namespace pyrite::connect
