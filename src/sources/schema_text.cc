#include "sources/schema_text.h"

#include "sources/csv/csv_infer.h"
#include "sources/csv/csv_tokenizer.h"
#include "sources/json/json_infer.h"

namespace pyrite::sources {

std::optional<DataType> SchemaOfJsonText(std::string_view text, const plan::Options& options) {
  JsonOptions json = JsonOptions::Read(options);
  JsonDocument document(json.dialect);
  if (document.Parse(text) != JsonDocument::Outcome::kValue) return std::nullopt;
  return JsonInference(json, false).TypeOf(document.nodes());
}

std::optional<DataType> SchemaOfCsvText(std::string_view text, const plan::Options& options) {
  CsvOptions csv = CsvOptions::Read(options);
  CsvTokenizer tokenizer(csv.dialect);
  if (!tokenizer.ParseLine(text)) return std::nullopt;
  CsvInferenceRules rules(csv, false);
  CsvInference inference(rules, tokenizer.fields().size());
  inference.Add(tokenizer.fields());
  std::vector<StructField> fields;
  for (const DataType& type : inference.Types()) {
    fields.push_back({"_c" + std::to_string(fields.size()), type, true, ""});
  }
  return DataType::Struct(std::move(fields));
}

}  // namespace pyrite::sources
