// Bitmaps of 4096 bytes, as aggregates make them and bitmap_count() reads them.

#include <bit>
#include <cstring>

#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::AggregateFunction;
using duckdb::AggregateInputData;
using duckdb::LogicalType;
using duckdb::string_t;

constexpr size_t kBytes = 4096;

struct Bitmap {
  duckdb::data_ptr_t bits;  // nullptr: as at the start
};

enum class Fold { kPlace, kOr, kAnd };

template <Fold fold>
struct BitmapOperation {
  static constexpr int kStart = fold == Fold::kAnd ? 0xFF : 0;

  template <class STATE>
  static void Initialize(STATE& state) {
    state.bits = nullptr;
  }

  static duckdb::data_ptr_t BitsOf(Bitmap& state, AggregateInputData& input) {
    if (state.bits == nullptr) {
      state.bits = input.allocator.Allocate(kBytes);
      std::memset(state.bits, kStart, kBytes);
    }
    return state.bits;
  }

  static void Merge(duckdb::data_ptr_t bits, duckdb::const_data_ptr_t other, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      bits[i] = fold == Fold::kAnd ? bits[i] & other[i] : bits[i] | other[i];
    }
    if (fold == Fold::kAnd) std::memset(bits + count, 0, kBytes - count);
  }

  template <class INPUT, class STATE, class OP>
  static void Operation(STATE& state, const INPUT& value, duckdb::AggregateUnaryInput& input) {
    duckdb::data_ptr_t bits = BitsOf(state, input.input);
    if constexpr (fold == Fold::kPlace) {
      if (value < 0 || value >= static_cast<int64_t>(8 * kBytes)) {
        ThrowSpark("INVALID_BITMAP_POSITION", {{"bitPosition", std::to_string(value)},
                                               {"bitmapNumBytes", std::to_string(kBytes)},
                                               {"bitmapNumBits", std::to_string(8 * kBytes)}});
      }
      bits[value / 8] |= static_cast<uint8_t>(1 << (value % 8));
    } else {
      Merge(bits, reinterpret_cast<duckdb::const_data_ptr_t>(value.GetData()),
            std::min<size_t>(value.GetSize(), kBytes));
    }
  }

  template <class INPUT, class STATE, class OP>
  static void ConstantOperation(STATE& state, const INPUT& value,
                                duckdb::AggregateUnaryInput& input, duckdb::idx_t) {
    Operation<INPUT, STATE, OP>(state, value, input);
  }

  template <class STATE, class OP>
  static void Combine(const STATE& source, STATE& target, AggregateInputData& input) {
    if (source.bits != nullptr) Merge(BitsOf(target, input), source.bits, kBytes);
  }

  template <class TARGET, class STATE>
  static void Finalize(STATE& state, TARGET& target, duckdb::AggregateFinalizeData& out) {
    char empty[kBytes];
    std::memset(empty, kStart, kBytes);
    const char* bits = state.bits == nullptr ? empty : reinterpret_cast<const char*>(state.bits);
    target = duckdb::StringVector::AddStringOrBlob(out.result, bits, kBytes);
  }

  static bool IgnoreNull() { return true; }
};

template <class INPUT, Fold fold>
void Add(duckdb::ExtensionLoader& loader, const char* name, const LogicalType& input) {
  auto kernel = AggregateFunction::UnaryAggregate<Bitmap, INPUT, string_t, BitmapOperation<fold>>(
      input, LogicalType::BLOB);
  kernel.SetName(duckdb::Identifier(name));
  kernel.SetFallible();
  loader.RegisterFunction(std::move(kernel));
}

int64_t CountBits(std::string_view bytes) {
  int64_t count = 0;
  for (char c : bytes) count += std::popcount(static_cast<unsigned char>(c));
  return count;
}

}  // namespace

void RegisterBitmapKernels(duckdb::ExtensionLoader& loader) {
  Add<int64_t, Fold::kPlace>(loader, "spark_bitmap_construct_agg", LogicalType::BIGINT);
  Add<string_t, Fold::kOr>(loader, "spark_bitmap_or_agg", LogicalType::BLOB);
  Add<string_t, Fold::kAnd>(loader, "spark_bitmap_and_agg", LogicalType::BLOB);
  loader.RegisterFunction(MakeKernel("spark_bitmap_count", {LogicalType::BLOB}, LogicalType::BIGINT,
                                     Rowwise<int64_t, std::string_view>(CountBits)));
}

}  // namespace pyrite::lower
