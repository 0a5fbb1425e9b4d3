// Aggregates whose state is an object of C++ on the heap, with bytes or a text as the result:
//
//   class Counter {
//    public:
//     void Update(const AggregateRow& row);       // NULLs too
//     void Combine(const Counter& other);
//     std::optional<std::string> Finish() const;  // nullopt: NULL
//   };
//   loader.RegisterFunction(MakeObjectAggregate<Counter>("spark_count", {bigint}, blob));
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "lower/kernels/families.h"

namespace pyrite::lower {

// The arguments of one row.
class AggregateRow {
 public:
  AggregateRow(const std::vector<duckdb::UnifiedVectorFormat>& columns, duckdb::idx_t row)
      : columns_(columns), row_(row) {}

  bool IsNull(size_t column) const {
    return !columns_[column].validity.RowIsValid(columns_[column].sel->get_index(row_));
  }
  template <class T>
  const T& Get(size_t column) const {
    return duckdb::UnifiedVectorFormat::GetData<T>(
        columns_[column])[columns_[column].sel->get_index(row_)];
  }
  std::string_view Bytes(size_t column) const {
    const auto& value = Get<duckdb::string_t>(column);
    return {value.GetData(), value.GetSize()};
  }

 private:
  const std::vector<duckdb::UnifiedVectorFormat>& columns_;
  duckdb::idx_t row_;
};

template <class Object>
struct ObjectOperation {
  struct State {
    Object* object;  // nullptr: no row yet
  };

  static void Initialize(State& state) { state.object = nullptr; }

  static void Update(duckdb::Vector inputs[], duckdb::AggregateInputData&, duckdb::idx_t count_in,
                     duckdb::Vector& states, duckdb::idx_t count) {
    std::vector<duckdb::UnifiedVectorFormat> columns(count_in);
    for (duckdb::idx_t i = 0; i < count_in; ++i) inputs[i].ToUnifiedFormat(columns[i]);
    duckdb::UnifiedVectorFormat format;
    states.ToUnifiedFormat(format);
    auto* const* pointers = duckdb::UnifiedVectorFormat::GetData<State*>(format);
    for (duckdb::idx_t row = 0; row < count; ++row) {
      State& state = *pointers[format.sel->get_index(row)];
      if (state.object == nullptr) state.object = new Object();
      state.object->Update(AggregateRow(columns, row));
    }
  }

  template <class STATE, class OP>
  static void Combine(const STATE& source, STATE& target, duckdb::AggregateInputData&) {
    if (source.object == nullptr) return;
    if (target.object == nullptr) {
      target.object = new Object(*source.object);
    } else {
      target.object->Combine(*source.object);
    }
  }

  template <class RESULT, class STATE>
  static void Finalize(STATE& state, RESULT& result, duckdb::AggregateFinalizeData& out) {
    std::optional<std::string> made =
        state.object == nullptr ? Object().Finish() : state.object->Finish();
    if (made) {
      result = duckdb::StringVector::AddStringOrBlob(out.result, made->data(), made->size());
    } else {
      out.ReturnNull();
    }
  }

  template <class STATE>
  static void Destroy(STATE& state, duckdb::AggregateInputData&) {
    delete state.object;
    state.object = nullptr;
  }
};

template <class Object>
duckdb::AggregateFunction MakeObjectAggregate(const char* name,
                                              const duckdb::vector<duckdb::LogicalType>& arguments,
                                              const duckdb::LogicalType& result) {
  using Operation = ObjectOperation<Object>;
  using State = typename Operation::State;
  using duckdb::AggregateFunction;
  AggregateFunction made(duckdb::Identifier(name), arguments, result,
                         AggregateFunction::StateSize<State>,
                         AggregateFunction::StateInitialize<State, Operation>, Operation::Update,
                         AggregateFunction::StateCombine<State, Operation>,
                         AggregateFunction::StateFinalize<State, duckdb::string_t, Operation>,
                         duckdb::FunctionNullHandling::SPECIAL_HANDLING, nullptr, nullptr,
                         AggregateFunction::StateDestroy<State, Operation>);
  made.SetFallible();
  return made;
}

}  // namespace pyrite::lower
