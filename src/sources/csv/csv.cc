#include "sources/csv/csv.h"

#include <algorithm>

#include "base/errors.h"
#include "sources/csv/csv_header.h"
#include "sources/csv/csv_infer.h"
#include "sources/csv/csv_lines.h"
#include "sources/csv/csv_options.h"
#include "sources/csv/csv_tokenizer.h"
#include "sources/file_table.h"
#include "sources/text/file_parts.h"
#include "sources/text/infer_parts.h"
#include "sources/text/sampling.h"
#include "sources/text/text_errors.h"
#include "sources/text/text_schema.h"

namespace pyrite::sources {
namespace {

struct FirstRecord {
  std::string line;  // of files without values over several lines
  std::vector<std::string> names;
};

constexpr int64_t kLargestSplit = 128 << 20;

// Spark looks at the largest file first, of 128 MiB and more at the first.
std::vector<plan::ScanFile> LargestFirst(std::vector<plan::ScanFile> files) {
  std::stable_sort(files.begin(), files.end(), [](const auto& left, const auto& right) {
    return std::min(left.size, kLargestSplit) > std::min(right.size, kLargestSplit);
  });
  return files;
}

std::optional<FirstRecord> ReadFirst(const std::vector<plan::ScanFile>& files,
                                     const CsvOptions& csv, bool case_sensitive) {
  CsvTokenizer tokenizer(csv.dialect);
  if (csv.text.multi_line) {
    for (const plan::ScanFile& file : files) {
      CsvRecordReader records(file.path, csv);
      bool malformed = false;
      if (!records.Next(malformed)) continue;
      return FirstRecord{"", HeaderNames(records.fields(), csv, case_sensitive)};
    }
    return std::nullopt;
  }
  for (const plan::ScanFile& file : LargestFirst(files)) {
    LineReader lines({file.path, 0, file.size}, csv.text.lines);
    std::string_view line;
    while (lines.Next(line)) {
      if (IsSkippedLine(line, csv.dialect)) continue;
      if (!tokenizer.ParseLine(line)) throw MalformedCsvRecord(std::string(line));
      return FirstRecord{std::string(line), HeaderNames(tokenizer.fields(), csv, case_sensitive)};
    }
  }
  return std::nullopt;
}

void InferFromLines(const FilePart& part, const CsvOptions& csv, const FirstRecord& first,
                    CsvInference& inference) {
  CsvLines lines(part, csv);
  const double ratio = csv.text.sampling_ratio;
  const auto is_left_out = [&](const CsvRecord& record) {
    return (csv.header && record.line == first.line) ||
           (ratio < 1 && !IsSampled(record.end, ratio));
  };
  // Nothing behind the last column that is still open can make a record malformed.
  bool stops_early = csv.dialect.max_chars_per_column < 0 &&
                     csv.dialect.unescaped_quotes != UnescapedQuotes::kRaiseError;
  while (inference.columns_left() > 0 &&
         lines.Next(SIZE_MAX, stops_early ? inference.columns_left() : SIZE_MAX)) {
    if (lines.is_malformed()) continue;
    std::erase_if(lines.records(), is_left_out);
    inference.Add(lines.fields(), lines.records());
  }
}

void InferFromRecords(const FilePart& part, const CsvOptions& csv, CsvInference& inference) {
  CsvRecordReader records(part.path, csv);
  bool malformed = false;
  uint64_t number = 0;
  if (csv.header) records.Next(malformed);
  while (records.Next(malformed)) {
    if (malformed || !IsSampled(number++, csv.text.sampling_ratio)) continue;
    inference.Add(records.fields());
  }
}

Schema InferSchema(const std::vector<plan::ScanFile>& files, const CsvOptions& csv,
                   const Configuration& configuration) {
  auto first = ReadFirst(files, csv, configuration.case_sensitive());
  if (!first) return {};
  size_t columns = first->names.size();
  std::vector<DataType> types(columns, DataType::String());
  if (csv.infer_schema) {
    bool ntz = configuration.Get("spark.sql.timestampType") == "TIMESTAMP_NTZ";
    CsvInferenceRules rules(csv, ntz);
    CsvInference whole = InferFromParts(
        CutFiles(files, csv.text.lines, csv.text.multi_line),
        [&] { return CsvInference(rules, columns); },
        [&](const FilePart& part, CsvInference& inference) {
          if (csv.text.multi_line) {
            InferFromRecords(part, csv, inference);
          } else {
            InferFromLines(part, csv, *first, inference);
          }
        });
    types = whole.Types();
  }
  Schema schema;
  for (size_t i = 0; i < columns; ++i) schema.push_back({first->names[i], types[i], true, ""});
  return schema;
}

// Types that a CSV field can hold.
void CheckTypes(const Schema& schema) {
  for (const StructField& field : schema) {
    const DataType& type = field.type.Is(TypeKind::kUdt) ? field.type.udt_sql_type() : field.type;
    if (type.Is(TypeKind::kTime)) throw errors::UnsupportedTimeType();
    if (type.IsNested() || type.Is(TypeKind::kNull) || type.Is(TypeKind::kCalendarInterval)) {
      throw errors::UnsupportedDataTypeForDataSource(field.name, field.type.ToSql(), "CSV");
    }
  }
}

}  // namespace

plan::RelationPtr ResolveCsv(const ReadRequest& request, const Configuration& configuration) {
  ReadRequest settled = request;
  settled.options = Settle(request.options, "csv", configuration);
  CsvOptions csv = CsvOptions::Read(settled.options);
  FileTable table = OpenFileTable(settled, configuration);
  std::string more = configuration.Get("spark.sql.timestampType") +
                     (configuration.case_sensitive() ? " case-sensitive" : "");
  Schema schema = SettleTextSchema(settled, table, "CSV", more, [&] {
    return InferSchema(table.data_files, csv, configuration);
  });
  CheckTypes(schema);
  return MakeFileScan(settled, std::move(table), schema, configuration);
}

}  // namespace pyrite::sources
