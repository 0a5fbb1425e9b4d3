// Local data that the client uploaded beforehand, whole or in chunks, by the hash of its bytes.

#include <arrow/table.h>

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "base/type_arrow.h"

namespace pyrite::analyzer {
namespace {

std::shared_ptr<const std::string> Artifact(const std::string& hash, Analysis& analysis) {
  auto bytes = analysis.context.find_artifact(hash);
  if (!bytes) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE",
                     {{"message", "No local data is cached under the hash " + hash}});
  }
  return bytes;
}

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

// Each chunk is an Arrow stream of its own, all of the same schema.
Resolved ResolveChunkedLocal(const spec::ChunkedCachedLocalRelation& node, Analysis& analysis) {
  spec::LocalRelation part;
  if (!node.schema_hash.empty()) part.schema = *Artifact(node.schema_hash, analysis);
  std::vector<std::shared_ptr<arrow::Table>> tables;
  for (const std::string& hash : node.data_hashes) {
    part.arrow_ipc = Artifact(hash, analysis);
    auto table = analysis.context.decode_local(part);
    tables.push_back(arrow::Table::Make(table->schema(), table->columns(), table->num_rows()));
  }
  if (tables.empty()) return FromTable(analysis.context.decode_local(part), analysis);
  auto whole = arrow::ConcatenateTables(tables);
  if (!whole.ok()) {
    throw SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", whole.status().message()}});
  }
  return FromTable(*std::move(whole), analysis);
}

}  // namespace pyrite::analyzer
