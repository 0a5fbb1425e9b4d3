#include "lower/kernels/decimal_exact.h"

#include <type_traits>

#include "lower/kernels/decimal.h"

namespace pyrite::lower {
namespace {

using duckdb::hugeint_t;
using duckdb::idx_t;
using duckdb::PhysicalType;
using duckdb::Vector;

// One input in 64 or 128 bits; narrower storage is widened once a vector.
struct Operand {
  duckdb::UnifiedVectorFormat format;
  std::unique_ptr<int64_t[]> widened;
  const void* data = nullptr;
  bool is_wide = false;
  bool is_constant = false;
  bool is_flat = false;

  Operand(const Vector& vector, idx_t count) {
    vector.ToUnifiedFormat(format);
    is_constant = vector.GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR;
    is_flat = vector.GetVectorType() == duckdb::VectorType::FLAT_VECTOR;
    switch (vector.GetType().InternalType()) {
      case PhysicalType::INT16: Widen<int16_t>(count); break;
      case PhysicalType::INT32: Widen<int32_t>(count); break;
      case PhysicalType::INT64: data = duckdb::UnifiedVectorFormat::GetData<int64_t>(format); break;
      default: data = duckdb::UnifiedVectorFormat::GetData<hugeint_t>(format); is_wide = true;
    }
  }

  template <class T>
  void Widen(idx_t count) {
    const T* from = duckdb::UnifiedVectorFormat::GetData<T>(format);
    widened.reset(new int64_t[count]);
    for (idx_t row = 0; row < count; ++row) widened[row] = from[format.sel->get_index(row)];
    data = widened.get();
    is_flat = !is_constant;
    is_row_order = true;
  }

  // The index of a row in `data`.
  idx_t At(idx_t row) const { return is_row_order ? row : format.sel->get_index(row); }
  bool valid(idx_t row) const { return format.validity.RowIsValid(format.sel->get_index(row)); }

  bool is_row_order = false;
};

// Unsigned: what stands in rows that are NULL may be anything.
template <class Work, ExactOperation operation>
inline Work Combine(Work a, Work b, Work left_factor, Work right_factor) {
  if constexpr (operation == ExactOperation::kMultiply) return a * b;
  if constexpr (operation == ExactOperation::kAdd) return a * left_factor + b * right_factor;
  return a * left_factor - b * right_factor;
}

template <class Work, class T>
inline Work Get(const T& value) {
  if constexpr (std::is_same_v<T, hugeint_t>) {
    return static_cast<Work>(FromHugeint(value));
  } else {
    return static_cast<Work>(value);  // sign-extends
  }
}

template <class Work, class R>
inline R Put(Work value) {
  if constexpr (std::is_same_v<R, hugeint_t> && sizeof(Work) == sizeof(uint64_t)) {
    return hugeint_t(static_cast<int64_t>(value) >> 63, value);
  } else if constexpr (std::is_same_v<R, hugeint_t>) {
    return hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
  } else {
    return static_cast<R>(value);
  }
}

template <ExactOperation operation, class Work, class A, class B, class R>
void Loop(const Operand& left, const Operand& right, Work left_factor, Work right_factor, R* out,
          idx_t count) {
  const A* a = static_cast<const A*>(left.data);
  const B* b = static_cast<const B*>(right.data);
  auto combine = [&](const A& x, const B& y) {
    return Put<Work, R>(
        Combine<Work, operation>(Get<Work>(x), Get<Work>(y), left_factor, right_factor));
  };
  if (left.is_flat && right.is_flat) {
    for (idx_t row = 0; row < count; ++row) out[row] = combine(a[row], b[row]);
  } else if (left.is_constant && right.is_flat) {
    A constant = a[0];
    for (idx_t row = 0; row < count; ++row) out[row] = combine(constant, b[row]);
  } else if (left.is_flat && right.is_constant) {
    B constant = b[0];
    for (idx_t row = 0; row < count; ++row) out[row] = combine(a[row], constant);
  } else {
    for (idx_t row = 0; row < count; ++row) out[row] = combine(a[left.At(row)], b[right.At(row)]);
  }
}

template <ExactOperation operation, class Work, class R>
void Dispatch(const Operand& left, const Operand& right, Int128 left_factor, Int128 right_factor,
              R* out, idx_t count) {
  auto run = [&]<class A, class B>(A, B) {
    Loop<operation, Work, A, B, R>(left, right, static_cast<Work>(left_factor),
                                   static_cast<Work>(right_factor), out, count);
  };
  if constexpr (sizeof(R) == sizeof(hugeint_t)) {
    if (left.is_wide && right.is_wide) return run(hugeint_t{}, hugeint_t{});
    if (left.is_wide) return run(hugeint_t{}, int64_t{});
    if (right.is_wide) return run(int64_t{}, hugeint_t{});
  }
  run(int64_t{}, int64_t{});
}

template <ExactOperation operation>
void Run(Int128 left_factor, Int128 right_factor, duckdb::DataChunk& arguments, Vector& result,
         bool fits_int64) {
  idx_t count = arguments.size();
  Operand left(arguments.data[0], count), right(arguments.data[1], count);
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  duckdb::FlatVector::SetSize(result, count);
  auto narrow = [&]<class R>(R* out) {
    Dispatch<operation, uint64_t, R>(left, right, left_factor, right_factor, out, count);
  };
  switch (result.GetType().InternalType()) {
    case PhysicalType::INT16: narrow(duckdb::FlatVector::GetDataMutable<int16_t>(result)); break;
    case PhysicalType::INT32: narrow(duckdb::FlatVector::GetDataMutable<int32_t>(result)); break;
    case PhysicalType::INT64: narrow(duckdb::FlatVector::GetDataMutable<int64_t>(result)); break;
    default: {
      auto* out = duckdb::FlatVector::GetDataMutable<hugeint_t>(result);
      if (fits_int64) {
        narrow(out);  // the low halves alone give the low half of the result
      } else {
        Dispatch<operation, UInt128, hugeint_t>(left, right, left_factor, right_factor, out, count);
      }
    }
  }
  if (!left.format.validity.CanHaveNull() && !right.format.validity.CanHaveNull()) return;
  for (idx_t row = 0; row < count; ++row) {
    if (!left.valid(row) || !right.valid(row)) duckdb::FlatVector::SetNull(result, row, true);
  }
}

}  // namespace

void RunExactDecimal(ExactOperation operation, Int128 left_factor, Int128 right_factor,
                     duckdb::DataChunk& arguments, Vector& result, bool fits_int64) {
  switch (operation) {
    case ExactOperation::kAdd:
      return Run<ExactOperation::kAdd>(left_factor, right_factor, arguments, result, fits_int64);
    case ExactOperation::kSubtract:
      return Run<ExactOperation::kSubtract>(left_factor, right_factor, arguments, result,
                                            fits_int64);
    case ExactOperation::kMultiply:
      return Run<ExactOperation::kMultiply>(left_factor, right_factor, arguments, result,
                                            fits_int64);
  }
}

}  // namespace pyrite::lower
