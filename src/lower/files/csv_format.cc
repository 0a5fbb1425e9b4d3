// CSV files into rows.

#include <algorithm>
#include <span>

#include "lower/files/cell.h"
#include "lower/files/csv_cell.h"
#include "lower/files/row_reader.h"
#include "sources/csv/csv_header.h"
#include "sources/csv/csv_lines.h"
#include "sources/text/text_errors.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using Record = std::string_view;
using Targets = std::vector<CsvTarget>;

constexpr size_t kNoColumn = static_cast<size_t>(-1);

struct ReadColumn {
  size_t field = 0;  // its place in the records
  CsvCell cell;
};

struct Shared {
  explicit Shared(const sources::CsvOptions& csv) : context(csv) {}

  CsvContext context;
  std::vector<std::string> names;  // of the fields of a record
  std::vector<ReadColumn> columns;
  std::vector<size_t> outputs;        // the vector of each of `columns`
  size_t corrupt_output = kNoColumn;  // the vector for malformed records
  bool counts_only = false;           // records are not even cut
  bool checks_width = true;           // a record of another width is malformed
  const sources::CsvOptions& csv() const { return context.csv; }
};

Targets TargetsOf(const std::vector<duckdb::Vector*>& vectors) {
  Targets targets;
  for (duckdb::Vector* vector : vectors) targets.emplace_back(*vector);
  return targets;
}

// Records into rows; where they come from is for the two readers below.
class RecordWriter {
 public:
  RecordWriter(const Shared& shared, std::string path) : shared_(shared), path_(std::move(path)) {}

  // Whether the row is kept.
  bool Write(std::span<const std::string_view> fields, Record record, const Targets& targets,
             idx_t row) const {
    bool fits = !shared_.checks_width || fields.size() == shared_.names.size();
    const std::string& null_value = shared_.csv().dialect.null_value;
    for (size_t i = 0; i < shared_.columns.size(); ++i) {
      const ReadColumn& column = shared_.columns[i];
      const CsvTarget& target = targets[shared_.outputs[i]];
      if (column.field >= fields.size() || fields[column.field] == null_value) {
        target.PutNull(row);
      } else if (!column.cell.put(column.cell, fields[column.field], target, row)) {
        target.PutNull(row);
        fits = false;
      }
    }
    if (!fits) return Malformed(record, targets, row);
    if (shared_.corrupt_output != kNoColumn) targets[shared_.corrupt_output].PutNull(row);
    return true;
  }

  // The number of rows that are kept of those of all records.
  idx_t WriteAll(sources::CsvLines& lines, const Targets& targets, idx_t row) const {
    if (lines.is_malformed()) {
      std::string_view line = lines.records()[0].line;
      return WriteMalformed(line, lines.is_too_wide(), targets, row) ? 1 : 0;
    }
    if (WriteColumns(lines, targets, row)) return lines.records().size();
    // One of them is malformed: each for itself.
    idx_t kept = 0;
    for (const sources::CsvRecord& record : lines.records()) {
      std::span fields(lines.fields() + record.first, record.count);
      if (Write(fields, record.line, targets, row + kept)) ++kept;
    }
    return kept;
  }

  // A record that could not be cut. Only one with too many columns is a row all the same.
  bool WriteMalformed(Record record, bool too_wide, const Targets& targets, idx_t row) const {
    if (!too_wide) throw sources::MalformedRecord(path_, std::string(record));
    for (size_t output : shared_.outputs) targets[output].PutNull(row);
    return Malformed(record, targets, row);
  }

 private:
  bool WriteColumns(sources::CsvLines& lines, const Targets& targets, idx_t row) const {
    const std::vector<sources::CsvRecord>& records = lines.records();
    if (shared_.checks_width && std::ranges::any_of(records, [&](const auto& record) {
          return record.count != shared_.names.size();
        })) {
      return false;
    }
    for (size_t i = 0; i < shared_.columns.size(); ++i) {
      const auto& [place, cell] = shared_.columns[i];
      if (!cell.put_all(cell, place, lines, targets[shared_.outputs[i]], row)) return false;
    }
    if (shared_.corrupt_output != kNoColumn) {
      const CsvTarget& target = targets[shared_.corrupt_output];
      for (size_t i = 0; i < records.size(); ++i) target.PutNull(row + i);
    }
    return true;
  }

  bool Malformed(Record record, const Targets& targets, idx_t row) const {
    switch (shared_.csv().text.mode) {
      case sources::ParseMode::kDropMalformed: return false;
      case sources::ParseMode::kFailFast:
        throw sources::MalformedRecord(path_, std::string(record));
      case sources::ParseMode::kPermissive: break;
    }
    if (shared_.corrupt_output != kNoColumn) {
      const CsvTarget& target = targets[shared_.corrupt_output];
      target.Put(row, target.heap->AddBlob(record.data(), record.size()));
    }
    return true;
  }

  const Shared& shared_;
  std::string path_;
};

void CheckHeaderLine(const Shared& shared, const std::vector<std::string_view>& header,
                     const std::string& path) {
  if (!shared.csv().enforce_schema) sources::CheckHeader(header, shared.names, path, false);
}

class LinesReader : public RowReader {
 public:
  LinesReader(const Shared& shared, const sources::FilePart& part)
      : shared_(shared), writer_(shared, part.path), lines_(part, shared.csv()) {
    if (part.begin == 0 && shared.csv().header && lines_.Next(1) && !lines_.is_malformed()) {
      const std::string_view* fields = lines_.fields();
      CheckHeaderLine(shared, {fields, fields + lines_.records()[0].count}, part.path);
    }
  }

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    const Targets targets = TargetsOf(vectors);
    idx_t row = 0;
    while (row < STANDARD_VECTOR_SIZE && lines_.Next(STANDARD_VECTOR_SIZE - row, Wanted())) {
      row += shared_.counts_only ? lines_.records().size() : writer_.WriteAll(lines_, targets, row);
    }
    return row;
  }

 private:
  size_t Wanted() const { return shared_.counts_only ? 0 : SIZE_MAX; }

  const Shared& shared_;
  RecordWriter writer_;
  sources::CsvLines lines_;
};

// Files whose values may span lines.
class RecordsReader : public RowReader {
 public:
  RecordsReader(const Shared& shared, const sources::FilePart& part)
      : writer_(shared, part.path), records_(part.path, shared.csv()) {
    bool malformed = false;
    if (shared.csv().header && records_.Next(malformed) && !malformed) {
      CheckHeaderLine(shared, records_.fields(), part.path);
    }
  }

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    const Targets targets = TargetsOf(vectors);
    idx_t row = 0;
    bool malformed = false;
    while (row < STANDARD_VECTOR_SIZE && records_.Next(malformed)) {
      bool kept = malformed
                      ? writer_.WriteMalformed(records_.text(), records_.too_wide(), targets, row)
                      : writer_.Write(records_.fields(), records_.text(), targets, row);
      if (kept) ++row;
    }
    return row;
  }

 private:
  RecordWriter writer_;
  sources::CsvRecordReader records_;
};

class CsvFormat : public RowFormat {
 public:
  CsvFormat(const plan::Relation& relation, const std::vector<size_t>& wanted)
      : shared_(sources::CsvOptions::Read(relation.As<plan::FileScan>().options)) {
    const auto& scan = relation.As<plan::FileScan>();
    const std::string& corrupt = shared_.csv().text.corrupt_column;
    std::vector<size_t> places;  // of the file columns in records
    for (const std::string& name : scan.file_column_names) {
      places.push_back(name == corrupt ? kNoColumn : shared_.names.size());
      if (name != corrupt) shared_.names.push_back(name);
    }
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (places[wanted[i]] == kNoColumn) {
        sources::CheckCorruptColumn(relation.output[wanted[i]].type);
        shared_.corrupt_output = i;
        continue;
      }
      const DataType& type = relation.output[wanted[i]].type;
      shared_.columns.push_back({places[wanted[i]], BindCsvCell(type, shared_.context)});
      shared_.outputs.push_back(i);
    }
    if (shared_.corrupt_output != kNoColumn && wanted.size() == 1) {
      throw sources::OnlyCorruptColumn();
    }
    bool pruning = shared_.csv().column_pruning;
    shared_.checks_width = !pruning || shared_.columns.size() == shared_.names.size();
    shared_.counts_only = pruning && wanted.empty();
  }

  std::unique_ptr<RowReader> Open(duckdb::ClientContext&, const sources::FilePart& part,
                                  const plan::ScanFile&) const override {
    if (whole_files()) return std::make_unique<RecordsReader>(shared_, part);
    return std::make_unique<LinesReader>(shared_, part);
  }
  bool whole_files() const override { return shared_.csv().text.multi_line; }
  sources::LineFormat lines() const override { return shared_.csv().text.lines; }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<RowFormat> MakeCsvFormat(const plan::Relation& scan,
                                         const std::vector<size_t>& columns) {
  return std::make_unique<CsvFormat>(scan, columns);
}

}  // namespace pyrite::lower
