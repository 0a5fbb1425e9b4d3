#include "udf/pickle.h"

#include <gtest/gtest.h>

namespace pyrite::udf {
namespace {

// What Python's pickle.loads makes of them is tested where functions are called; here their bytes.
TEST(Pickle, Atoms) {
  EXPECT_EQ(Pickle(Value(), DataType::Integer()), "\x80\x03N.");
  EXPECT_EQ(Pickle(Value(true), DataType::Boolean()), "\x80\x03\x88.");
  EXPECT_EQ(Pickle(Value(int64_t{-5}), DataType::Date()), "\x80\x03L-5L\n.");
  EXPECT_EQ(Pickle(Value(std::string("hi")), DataType::String()),
            std::string("\x80\x03X\x02\0\0\0hi.", 10));
}

TEST(Pickle, Nested) {
  DataType type = DataType::Struct({{"a", DataType::Array(DataType::Integer()), true, ""}});
  Value list(Values{Value(int64_t{1}), Value()});
  EXPECT_EQ(Pickle(Value(Values{list}), type), "\x80\x03(](L1L\nNet.");
  Value map(Values{Value(int64_t{1}), Value(int64_t{2})});
  EXPECT_EQ(Pickle(map, DataType::Map(DataType::Integer(), DataType::Integer())),
            "\x80\x03}(L1L\nL2L\nu.");
}

TEST(Pickle, Decimals) {
  EXPECT_EQ(Pickle(Value(Int128{150}), DataType::Decimal(5, 2)),
            std::string("\x80\x03"
                        "cdecimal\nDecimal\n(X\x04\0\0\0"
                        "1.50tR.",
                        32));
}

}  // namespace
}  // namespace pyrite::udf
