// Text files into rows of lines or of whole files, and any files into rows of bytes.

#include "base/errors.h"
#include "lower/files/cell.h"
#include "lower/files/row_reader.h"
#include "sources/path.h"
#include "sources/text/text.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;

class LinesReader : public RowReader {
 public:
  LinesReader(const sources::FilePart& part, const sources::LineFormat& format)
      : lines_(part, format) {}

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    idx_t row = 0;
    std::string_view line;
    for (; row < STANDARD_VECTOR_SIZE && lines_.Next(line); ++row) {
      for (duckdb::Vector* vector : vectors) PutString(*vector, row, line);
    }
    return row;
  }

 private:
  sources::LineReader lines_;
};

class WholeTextReader : public RowReader {
 public:
  WholeTextReader(const std::string& path, const std::string& charset)
      : path_(path), charset_(charset) {}

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    if (done_) return 0;
    done_ = true;
    if (vectors.empty()) return 1;
    std::string text = sources::ReadText(path_, charset_);
    for (duckdb::Vector* vector : vectors) PutString(*vector, 0, text);
    return 1;
  }

 private:
  std::string path_, charset_;
  bool done_ = false;
};

class TextFormat : public RowFormat {
 public:
  explicit TextFormat(const plan::Relation& scan)
      : options_(sources::LinesOptions::Read(scan.As<plan::FileScan>().options)) {
    size_t width = scan.As<plan::FileScan>().file_column_names.size();
    if (width != 1) {
      throw SparkError("_LEGACY_ERROR_TEMP_1290", {{"schemaSize", std::to_string(width)}});
    }
  }

  std::unique_ptr<RowReader> Open(duckdb::ClientContext&, const sources::FilePart& part,
                                  const plan::ScanFile&) const override {
    if (options_.whole_text) {
      return std::make_unique<WholeTextReader>(part.path, options_.lines.charset);
    }
    return std::make_unique<LinesReader>(part, options_.lines);
  }
  bool whole_files() const override { return options_.whole_text; }
  sources::LineFormat lines() const override { return options_.lines; }

 private:
  sources::LinesOptions options_;
};

// The columns of binaryFile, in their order.
enum FileColumn : size_t { kPath, kModificationTime, kLength, kContent };

class FileReader : public RowReader {
 public:
  FileReader(const plan::ScanFile& file, const std::vector<size_t>& columns)
      : file_(file), columns_(columns) {}

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    if (done_) return 0;
    done_ = true;
    for (size_t i = 0; i < columns_.size(); ++i) {
      duckdb::Vector& vector = *vectors[i];
      switch (columns_[i]) {
        case kPath: PutString(vector, 0, sources::ToUri(file_.path)); break;
        case kModificationTime: Put(vector, 0, file_.modification_time / 1000 * 1000); break;
        case kLength: Put(vector, 0, file_.size); break;
        default: PutString(vector, 0, sources::ReadRawBytes(file_.path)); break;
      }
    }
    return 1;
  }

 private:
  const plan::ScanFile& file_;
  const std::vector<size_t>& columns_;
  bool done_ = false;
};

class BinaryFileFormat : public RowFormat {
 public:
  explicit BinaryFileFormat(std::vector<size_t> columns) : columns_(std::move(columns)) {}

  std::unique_ptr<RowReader> Open(duckdb::ClientContext&, const sources::FilePart&,
                                  const plan::ScanFile& file) const override {
    return std::make_unique<FileReader>(file, columns_);
  }
  bool whole_files() const override { return true; }
  sources::LineFormat lines() const override { return {}; }

 private:
  std::vector<size_t> columns_;
};

}  // namespace

std::unique_ptr<RowFormat> MakeTextFormat(const plan::Relation& scan, const std::vector<size_t>&) {
  return std::make_unique<TextFormat>(scan);
}

std::unique_ptr<RowFormat> MakeBinaryFileFormat(const plan::Relation& scan,
                                                const std::vector<size_t>& columns) {
  if (scan.As<plan::FileScan>().file_column_names.size() != kContent + 1) {
    throw errors::IllegalArgument("binaryFile has columns of its own, and takes no schema");
  }
  return std::make_unique<BinaryFileFormat>(columns);
}

}  // namespace pyrite::lower
