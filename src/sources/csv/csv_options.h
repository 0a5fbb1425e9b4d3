// The options of Spark's CSV source.
#pragma once

#include <string>

#include "sources/csv/csv_dialect.h"
#include "sources/text/text_options.h"

namespace pyrite::sources {

struct CsvOptions {
  TextOptions text;
  CsvDialect dialect;
  bool header = false;
  bool infer_schema = false;
  bool enforce_schema = true;
  bool prefer_date = true;
  bool column_pruning = true;
  std::string nan_value = "NaN";
  std::string positive_infinity = "Inf";
  std::string negative_infinity = "-Inf";

  // From settled options (sources/text/text_options.h).
  static CsvOptions Read(const plan::Options& options);
};

// What readers and writers share of them.
CsvDialect ReadCsvDialect(const Options& options);
void CheckCsvLineSeparator(const Options& options);

// Whether a line holds no record: blank, or a comment.
bool IsSkippedLine(std::string_view line, const CsvDialect& dialect);

}  // namespace pyrite::sources
