#include "sources/json/json.h"

#include "base/errors.h"
#include "sources/file_table.h"
#include "sources/json/json_infer.h"
#include "sources/text/file_parts.h"
#include "sources/text/infer_parts.h"
#include "sources/text/sampling.h"
#include "sources/text/text_schema.h"

namespace pyrite::sources {
namespace {

void AddText(std::string_view text, JsonDocument& document, const JsonOptions& json,
             JsonInference& inference) {
  auto outcome = document.Parse(text);
  if (outcome == JsonDocument::Outcome::kNothing) return;
  if (outcome == JsonDocument::Outcome::kValue) return inference.Add(document.nodes());
  if (json.text.mode == ParseMode::kFailFast) {
    throw SparkError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                     {{"badRecord", json.text.corrupt_column}, {"failFastMode", "FAILFAST"}});
  }
  inference.AddMalformed();
}

void InferPart(const FilePart& part, const JsonOptions& json, JsonInference& inference) {
  JsonDocument document(json.dialect);
  if (json.text.multi_line) {
    AddText(ReadText(part.path, json.text.lines.charset), document, json, inference);
    return;
  }
  LineReader lines(part, json.text.lines);
  std::string_view line;
  while (lines.Next(line)) {
    if (line.empty() ||
        !IsSampled(static_cast<uint64_t>(lines.position()), json.text.sampling_ratio)) {
      continue;
    }
    AddText(line, document, json, inference);
  }
}

Schema InferSchema(const std::vector<plan::ScanFile>& files, const JsonOptions& json, bool ntz) {
  JsonInference whole = InferFromParts(
      CutFiles(files, json.text.lines, json.text.multi_line),
      [&] { return JsonInference(json, ntz); },
      [&](const FilePart& part, JsonInference& inference) { InferPart(part, json, inference); });
  return whole.ToSchema();
}

void CheckType(const StructField& column, const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray: return CheckType(column, type.element());
    case TypeKind::kMap: CheckType(column, type.key()); return CheckType(column, type.value());
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) CheckType(column, field.type);
      return;
    case TypeKind::kUdt: return CheckType(column, type.udt_sql_type());
    case TypeKind::kVariant:
      throw errors::UnsupportedFeature("reading columns of type " + type.ToSql());
    default: return;
  }
}

}  // namespace

plan::RelationPtr ResolveJson(const ReadRequest& request, const Configuration& configuration) {
  ReadRequest settled = request;
  settled.options = Settle(request.options, "json", configuration);
  JsonOptions json = JsonOptions::Read(settled.options);
  FileTable table = OpenFileTable(settled, configuration);
  std::string type = configuration.Get("spark.sql.timestampType");
  Schema schema = SettleTextSchema(settled, table, "JSON", type, [&] {
    return InferSchema(table.data_files, json, type == "TIMESTAMP_NTZ");
  });
  for (const StructField& field : schema) CheckType(field, field.type);
  return MakeFileScan(settled, std::move(table), schema, configuration);
}

}  // namespace pyrite::sources
