// Elements of lists as keys: two are the same bytes when Spark holds the elements for the same,
// NULL and NaN too. And a set of them that is made once and reused row after row.
#pragma once

#include <vector>

#include "duckdb/common/types/hash.hpp"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "duckdb/function/create_sort_key.hpp"

namespace pyrite::lower {

class ElementKeys {
 public:
  explicit ElementKeys(const duckdb::Vector& elements)
      : keys_(duckdb::LogicalType::BLOB, std::max<duckdb::idx_t>(elements.size(), 1)),
        validity_(elements.Validity()) {
    if (elements.size() == 0) return;
    duckdb::CreateSortKeyHelpers::CreateSortKey(
        elements,
        duckdb::OrderModifiers(duckdb::OrderType::ASCENDING, duckdb::OrderByNullType::NULLS_FIRST),
        keys_);
    keys_.ToUnifiedFormat(format_);
    data_ = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(format_);
  }

  const duckdb::string_t& operator[](duckdb::idx_t element) const {
    return data_[format_.sel->get_index(element)];
  }
  bool IsNull(duckdb::idx_t element) const { return !validity_.IsValid(element); }

 private:
  duckdb::Vector keys_;
  duckdb::VectorValidityIterator validity_;
  duckdb::UnifiedVectorFormat format_;
  const duckdb::string_t* data_ = nullptr;
};

class KeySet {
 public:
  static constexpr duckdb::idx_t kNone = duckdb::DConstants::INVALID_INDEX;

  // Empties the set; at most `most` keys follow.
  void Reset(duckdb::idx_t most) {
    size_t size = 4;
    while (size < 2 * most) size *= 2;
    if (slots_.size() < size) slots_.resize(size);
    mask_ = size - 1;
    ++round_;
  }

  // The number stored with the same key; KeySet takes in `number` with a key that it lacks.
  duckdb::idx_t Add(const duckdb::string_t& key, duckdb::idx_t number) {
    Slot& slot = Find(key);
    if (slot.round != round_) slot = {round_, number, key};
    return slot.number;
  }

  // kNone: the set lacks the key.
  duckdb::idx_t Get(const duckdb::string_t& key) {
    const Slot& slot = Find(key);
    return slot.round == round_ ? slot.number : kNone;
  }

 private:
  struct Slot {
    uint64_t round = 0;  // what an earlier round left counts as empty
    duckdb::idx_t number = 0;
    duckdb::string_t key;
  };

  Slot& Find(const duckdb::string_t& key) {
    size_t at = duckdb::Hash(key) & mask_;
    while (slots_[at].round == round_ && slots_[at].key != key) at = (at + 1) & mask_;
    return slots_[at];
  }

  std::vector<Slot> slots_;
  size_t mask_ = 0;
  uint64_t round_ = 0;
};

// Fills a result vector of lists, row by row, with elements of one other vector.
class ElementPicker {
 public:
  ElementPicker(duckdb::Vector& result, duckdb::idx_t rows, duckdb::idx_t most)
      : result_(result),
        lists_(duckdb::FlatVector::Writer<duckdb::list_entry_t>(result, rows)),
        picked_(std::max<duckdb::idx_t>(most, 1)) {}

  void Pick(duckdb::idx_t element) { picked_.set_index(next_++, element); }
  void EndRow() {
    lists_.WriteValue(duckdb::list_entry_t(first_, next_ - first_));
    first_ = next_;
  }
  void NullRow() {
    lists_.WriteNull();
    next_ = first_;
  }
  void Finish(const duckdb::Vector& elements) {
    duckdb::ListVector::Append(result_, elements, picked_, next_);
  }

 private:
  duckdb::Vector& result_;
  duckdb::VectorWriter<duckdb::list_entry_t> lists_;
  duckdb::SelectionVector picked_;
  duckdb::idx_t first_ = 0;
  duckdb::idx_t next_ = 0;
};

}  // namespace pyrite::lower
