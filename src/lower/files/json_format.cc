// JSON files into rows.

#include "lower/files/cell.h"
#include "lower/files/json_cell.h"
#include "lower/files/row_reader.h"
#include "sources/text/text_errors.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using sources::JsonDocument;
using sources::JsonKind;

constexpr size_t kNoColumn = static_cast<size_t>(-1);

struct Shared {
  explicit Shared(const sources::JsonOptions& json) : context(json) {}

  JsonContext context;
  JsonCell record;                    // of the fields that are read
  std::vector<size_t> outputs;        // the vector of each
  size_t corrupt_output = kNoColumn;  // the vector for malformed records
  const sources::JsonOptions& json() const { return context.json; }
};

class JsonReader : public RowReader {
 public:
  JsonReader(const Shared& shared, const sources::FilePart& part)
      : shared_(shared), path_(part.path), document_(shared.json().dialect) {
    if (shared.json().text.multi_line) {
      text_ = sources::ReadText(part.path, shared.json().text.lines.charset);
    } else {
      lines_ = std::make_unique<sources::LineReader>(part, shared.json().text.lines);
    }
  }

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    std::vector<duckdb::Vector*> fields;
    for (size_t output : shared_.outputs) fields.push_back(vectors[output]);
    idx_t row = 0;
    while (row < STANDARD_VECTOR_SIZE) {
      if (in_array_) {
        ReadElement(fields, vectors, row);
        continue;
      }
      if (!NextText()) break;
      Start(fields, vectors, row);
    }
    return row;
  }

 private:
  bool NextText() {
    if (lines_ != nullptr) return lines_->Next(record_);
    if (done_) return false;
    done_ = true;
    record_ = text_;
    return true;
  }

  void Start(const std::vector<duckdb::Vector*>& fields,
             const std::vector<duckdb::Vector*>& vectors, idx_t& row) {
    switch (document_.Parse(record_)) {
      case JsonDocument::Outcome::kNothing: return;
      case JsonDocument::Outcome::kMalformed: return Malformed(fields, vectors, true, row);
      case JsonDocument::Outcome::kValue: break;
    }
    switch (document_.nodes()[0].kind) {
      case JsonKind::kObject: return Write(0, fields, vectors, row);
      case JsonKind::kNull: return;
      case JsonKind::kArray:
        if (!IsOfRecords()) return Malformed(fields, vectors, true, row);
        next_element_ = 1;
        in_array_ = next_element_ < document_.nodes()[0].next;
        return;
      default: return Malformed(fields, vectors, true, row);
    }
  }

  bool IsOfRecords() const {
    const sources::JsonNodes& nodes = document_.nodes();
    for (uint32_t i = 1; i < nodes[0].next; i = nodes[i].next) {
      if (nodes[i].kind != JsonKind::kObject) return false;
    }
    return true;
  }

  // The elements of an array are records.
  void ReadElement(const std::vector<duckdb::Vector*>& fields,
                   const std::vector<duckdb::Vector*>& vectors, idx_t& row) {
    const sources::JsonNode& node = document_.nodes()[next_element_];
    Write(next_element_, fields, vectors, row);
    next_element_ = node.next;
    in_array_ = next_element_ < document_.nodes()[0].next;
  }

  void Write(uint32_t at, const std::vector<duckdb::Vector*>& fields,
             const std::vector<duckdb::Vector*>& vectors, idx_t& row) {
    auto outcome = shared_.record.PutFields(document_.nodes(), at, fields, row);
    if (outcome != JsonCell::Outcome::kOk) return Malformed(fields, vectors, false, row);
    if (shared_.corrupt_output != kNoColumn) PutNull(*vectors[shared_.corrupt_output], row);
    ++row;
  }

  void Malformed(const std::vector<duckdb::Vector*>& fields,
                 const std::vector<duckdb::Vector*>& vectors, bool clear, idx_t& row) {
    switch (shared_.json().text.mode) {
      case sources::ParseMode::kDropMalformed: return;
      case sources::ParseMode::kFailFast:
        throw sources::MalformedRecord(path_, std::string(record_));
      case sources::ParseMode::kPermissive: break;
    }
    if (clear) {
      for (duckdb::Vector* field : fields) PutNull(*field, row);
    }
    if (shared_.corrupt_output != kNoColumn) {
      PutString(*vectors[shared_.corrupt_output], row, record_);
    }
    ++row;
  }

  const Shared& shared_;
  std::string path_;
  JsonDocument document_;
  std::unique_ptr<sources::LineReader> lines_;
  std::string text_;  // a file's, where records span lines
  std::string_view record_;
  bool done_ = false;
  bool in_array_ = false;
  uint32_t next_element_ = 0;
};

class JsonFormat : public RowFormat {
 public:
  JsonFormat(const plan::Relation& relation, const std::vector<size_t>& wanted)
      : shared_(sources::JsonOptions::Read(relation.As<plan::FileScan>().options)) {
    const auto& names = relation.As<plan::FileScan>().file_column_names;
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (names[wanted[i]] == shared_.json().text.corrupt_column) {
        sources::CheckCorruptColumn(relation.output[wanted[i]].type);
        shared_.corrupt_output = i;
        continue;
      }
      shared_.record.names.push_back(names[wanted[i]]);
      shared_.record.parts.push_back(
          BindJsonCell(relation.output[wanted[i]].type, shared_.context));
      shared_.outputs.push_back(i);
    }
    if (shared_.corrupt_output != kNoColumn && wanted.size() == 1) {
      throw sources::OnlyCorruptColumn();
    }
  }

  std::unique_ptr<RowReader> Open(duckdb::ClientContext&, const sources::FilePart& part,
                                  const plan::ScanFile&) const override {
    return std::make_unique<JsonReader>(shared_, part);
  }
  bool whole_files() const override { return shared_.json().text.multi_line; }
  sources::LineFormat lines() const override { return shared_.json().text.lines; }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<RowFormat> MakeJsonFormat(const plan::Relation& scan,
                                          const std::vector<size_t>& columns) {
  return std::make_unique<JsonFormat>(scan, columns);
}

}  // namespace pyrite::lower
