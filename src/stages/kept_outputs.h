// Kept rows as a leaf of plans, which the cut has read where they are; without a cut it reads all
// of them.
#pragma once

#include <memory>

#include "lower/stored_rows.h"
#include "stages/kept_source.h"

namespace pyrite::stages {

// Thread-safe.
class KeptOutputs : public lower::ReadableRows, public std::enable_shared_from_this<KeptOutputs> {
 public:
  KeptOutputs(std::shared_ptr<const KeptSource> source, duckdb::vector<duckdb::LogicalType> types);

  const std::shared_ptr<const KeptSource>& source() const { return source_; }
  const duckdb::vector<duckdb::LogicalType>& types() const { return types_; }

  int64_t rows() const override;
  lower::AstTable Table(duckdb::vector<duckdb::Identifier> names) const override;

 private:
  const std::shared_ptr<const KeptSource> source_;
  const duckdb::vector<duckdb::LogicalType> types_;
};

// What such a leaf is bound with.
struct KeptOutputsInfo : public duckdb::TableFunctionInfo {
  explicit KeptOutputsInfo(std::shared_ptr<const KeptOutputs> rows) : rows(std::move(rows)) {}
  std::shared_ptr<const KeptOutputs> rows;
};

}  // namespace pyrite::stages
