// Local data that the client uploaded beforehand, whole or in chunks, by the hash of its bytes.

#include <arrow/table.h>

#include <string_view>

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "base/type_arrow.h"

namespace pyrite::analyzer {
namespace {

std::shared_ptr<const std::string> Artifact(const std::string& hash, const char* condition,
                                            Analysis& analysis) {
  auto bytes = analysis.context.find_artifact(hash);
  if (!bytes) throw SparkError(condition, {{"hash", hash}});
  return bytes;
}

std::shared_ptr<const std::string> Chunk(const std::string& hash, Analysis& analysis) {
  return Artifact(hash, "CONNECT_INVALID_PLAN.NOT_FOUND_CHUNKED_CACHED_LOCAL_RELATION", analysis);
}

// A LocalRelation in the protocol's wire form: two fields of bytes. Read here without protobuf,
// which only the Connect server knows.
class WireReader {
 public:
  explicit WireReader(const std::string& bytes) : bytes_(bytes) {}

  spec::LocalRelation LocalRelation() {
    spec::LocalRelation local;
    while (at_ < bytes_.size()) {
      uint64_t tag = Varint();
      if ((tag & 7) != kBytes) Fail();
      std::string_view value = Bytes();
      if (tag >> 3 == 1) local.arrow_ipc = std::make_shared<const std::string>(value);
      if (tag >> 3 == 2) local.schema = value;
    }
    return local;
  }

 private:
  static constexpr uint64_t kBytes = 2;  // of the wire's types

  [[noreturn]] static void Fail() {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", "Cached local data is no relation."}});
  }

  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size()) Fail();
      auto byte = static_cast<uint8_t>(bytes_[at_++]);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
  }

  std::string_view Bytes() {
    uint64_t size = Varint();
    if (size > bytes_.size() - at_) Fail();
    at_ += size;
    return std::string_view(bytes_).substr(at_ - size, size);
  }

  const std::string& bytes_;
  size_t at_ = 0;
};

Resolved FromTable(std::shared_ptr<const arrow::Table> table, Analysis& analysis) {
  plan::Columns output;
  for (const StructField& field : FromArrow(*table->schema())) {
    output.push_back(
        {plan::NextColumnId(), field.name, field.type, field.nullable, field.metadata});
  }
  Resolved result;
  result.scope = ScopeOf(output, nullptr, analysis.case_sensitive);
  result.plan = plan::MakeRelation(plan::LocalData{std::move(table)}, std::move(output));
  return result;
}

}  // namespace

// Clients before 4.1 upload the whole relation as one artifact.
Resolved ResolveCachedLocal(const spec::CachedLocalRelation& node, Analysis& analysis) {
  auto bytes =
      Artifact(node.hash, "CONNECT_INVALID_PLAN.CANNOT_FIND_CACHED_LOCAL_RELATION", analysis);
  return FromTable(analysis.context.decode_local(WireReader(*bytes).LocalRelation()), analysis);
}

// Each chunk is an Arrow stream of its own, all of the same schema.
Resolved ResolveChunkedLocal(const spec::ChunkedCachedLocalRelation& node, Analysis& analysis) {
  if (node.data_hashes.empty()) {
    throw SparkError("CONNECT_INVALID_PLAN.CHUNKED_CACHED_LOCAL_RELATION_WITHOUT_DATA", {});
  }
  spec::LocalRelation part;
  if (!node.schema_hash.empty()) part.schema = *Chunk(node.schema_hash, analysis);
  std::vector<std::shared_ptr<arrow::Table>> tables;
  for (const std::string& hash : node.data_hashes) {
    part.arrow_ipc = Chunk(hash, analysis);
    auto table = analysis.context.decode_local(part);
    tables.push_back(arrow::Table::Make(table->schema(), table->columns(), table->num_rows()));
  }
  auto whole = arrow::ConcatenateTables(tables);
  if (!whole.ok()) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", whole.status().message()}});
  }
  return FromTable(*std::move(whole), analysis);
}

}  // namespace pyrite::analyzer
