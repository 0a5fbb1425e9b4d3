// The types of CSV columns by their values, by the rules of Spark's CSVInferSchema.
//
//   CsvInference inference(rules, column_count);
//   inference.Add(fields, records);
//   inference.Types();
//
// An inference belongs to one thread; those of parts of a file are merged.
#pragma once

#include <string_view>
#include <vector>

#include "base/types.h"
#include "sources/csv/csv_block.h"
#include "sources/csv/csv_options.h"
#include "sources/text/datetime_reader.h"

namespace pyrite::sources {

// What inference goes by. Safe to share between threads.
struct CsvInferenceRules {
  CsvInferenceRules(const CsvOptions& csv, bool infers_ntz);

  std::string null_value, nan_value, positive_infinity, negative_infinity;
  bool prefer_date;
  bool infers_ntz;            // spark.sql.timestampType is TIMESTAMP_NTZ
  bool dates_are_timestamps;  // whether a column may hold both, as timestamps
  DatetimeReader datetimes;
};

class CsvInference {
 public:
  CsvInference(const CsvInferenceRules& rules, size_t columns)
      : rules_(rules), types_(columns), columns_left_(columns) {}

  // Records whose fields stand in `fields`.
  void Add(const std::string_view* fields, const std::vector<CsvRecord>& records);
  void Add(const std::vector<std::string_view>& record) {
    Add(record.data(), {{.line = {}, .count = record.size()}});
  }
  void Merge(const CsvInference& other);
  // Only the fields of the first ones can still change it: all behind them are STRING.
  size_t columns_left() const { return columns_left_; }
  // STRING for a column without values.
  std::vector<DataType> Types() const;

 private:
  enum class Kind : uint8_t {
    kNull,
    kInteger,
    kLong,
    kDecimal,
    kDouble,
    kDate,
    kNtz,
    kTimestamp,
    kBoolean,
    kString
  };
  struct Guess {
    Kind kind = Kind::kNull;
    int precision = 0;  // of kDecimal, whose scale is 0
  };

  void AddColumn(size_t column, const std::string_view* fields,
                 const std::vector<CsvRecord>& records);
  template <Kind kind>
  size_t CountHeld(size_t column, const std::string_view* fields,
                   const std::vector<CsvRecord>& records, size_t from) const;
  Guess Try(Kind from, std::string_view field) const;
  Guess Common(Guess left, Guess right) const;
  template <Kind kind>
  bool Holds(std::string_view field) const;

  const CsvInferenceRules& rules_;
  std::vector<Guess> types_;
  size_t columns_left_;
};

}  // namespace pyrite::sources
