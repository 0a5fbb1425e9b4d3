// ORC files into rows.

#include <arrow/record_batch.h>

#include <algorithm>

#include "base/type_arrow.h"
#include "duckdb/common/vector_operations/vector_operations.hpp"
#include "lower/arrow_rows.h"
#include "lower/files/row_reader.h"
#include "lower/type.h"
#include "sources/orc/orc_rows.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;

struct Wanted {
  std::vector<std::string> names;
  duckdb::vector<duckdb::LogicalType> types;
};

class OrcReader : public RowReader {
 public:
  OrcReader(duckdb::ClientContext& context, const sources::FilePart& part, const Wanted& wanted)
      : context_(context),
        wanted_(wanted),
        rows_(part, wanted.names),
        decoder_(context, FromArrow(*rows_.schema())) {
    for (const StructField& field : FromArrow(*rows_.schema())) {
      types_.push_back(PhysicalType(field.type));
    }
  }

  idx_t Read(const std::vector<duckdb::Vector*>& vectors) override {
    while (decoder_.rows_left() == 0) {
      auto batch = rows_.Next();
      if (batch == nullptr) return 0;
      decoder_.Load(*batch);
    }
    idx_t count = std::min<idx_t>(decoder_.rows_left(), STANDARD_VECTOR_SIZE);
    duckdb::DataChunk chunk;
    if (!types_.empty()) chunk.InitializeEmpty(types_);
    decoder_.Read(chunk, 0, count);
    for (size_t i = 0; i < vectors.size(); ++i) {
      auto place = rows_.places()[i];
      if (!place) {
        vectors[i]->Reference(duckdb::Value(wanted_.types[i]), duckdb::count_t(count));
      } else if (types_[*place] == wanted_.types[i]) {
        vectors[i]->Reference(chunk.data[*place]);
      } else {
        // What does not fit is NULL, as in the readers of Spark's ORC library.
        std::string ignored;
        duckdb::VectorOperations::TryCast(context_, chunk.data[*place], *vectors[i], count,
                                          &ignored, true);
      }
    }
    return count;
  }

 private:
  duckdb::ClientContext& context_;
  const Wanted& wanted_;
  sources::OrcRows rows_;
  RowDecoder decoder_;
  duckdb::vector<duckdb::LogicalType> types_;  // in the file
};

class OrcFormat : public RowFormat {
 public:
  explicit OrcFormat(Wanted wanted) : wanted_(std::move(wanted)) {}

  std::unique_ptr<RowReader> Open(duckdb::ClientContext& context, const sources::FilePart& part,
                                  const plan::ScanFile&) const override {
    return std::make_unique<OrcReader>(context, part, wanted_);
  }
  bool whole_files() const override { return false; }
  sources::LineFormat lines() const override { return {}; }

 private:
  const Wanted wanted_;
};

}  // namespace

std::unique_ptr<RowFormat> MakeOrcFormat(const plan::Relation& relation,
                                         const std::vector<size_t>& columns) {
  const auto& scan = relation.As<plan::FileScan>();
  Wanted wanted;
  for (size_t column : columns) {
    wanted.names.push_back(scan.file_column_names[column]);
    wanted.types.push_back(PhysicalType(relation.output[column].type));
  }
  return std::make_unique<OrcFormat>(std::move(wanted));
}

}  // namespace pyrite::lower
