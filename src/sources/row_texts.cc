#include "sources/row_texts.h"

#include "base/errors.h"
#include "sources/csv/csv_header.h"
#include "sources/csv/csv_infer.h"
#include "sources/json/json_infer.h"
#include "sources/text/sampling.h"

namespace pyrite::sources {
namespace {

bool InfersNtz(const Configuration& configuration) {
  return configuration.Get("spark.sql.timestampType") == "TIMESTAMP_NTZ";
}

Schema InferCsv(const RowTexts& texts, const CsvOptions& csv, const Configuration& configuration) {
  if (texts.empty()) return {};
  CsvTokenizer tokenizer(csv.dialect);
  const std::string& first = texts[0];
  if (!tokenizer.ParseLine(first)) throw SparkError("MALFORMED_CSV_RECORD", {{"badRecord", first}});
  std::vector<std::string> names =
      HeaderNames(tokenizer.fields(), csv, configuration.case_sensitive());
  std::vector<DataType> types(names.size(), DataType::String());
  if (csv.infer_schema) {
    CsvInferenceRules rules(csv, InfersNtz(configuration));
    CsvInference inference(rules, names.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      if (csv.header && texts[i] == first) continue;
      if (!IsSampled(i, csv.text.sampling_ratio) || !tokenizer.ParseLine(texts[i])) continue;
      inference.Add(tokenizer.fields());
    }
    types = inference.Types();
  }
  Schema schema;
  for (size_t i = 0; i < names.size(); ++i) schema.push_back({names[i], types[i], true, ""});
  return schema;
}

Schema InferJson(const RowTexts& texts, const JsonOptions& json,
                 const Configuration& configuration) {
  JsonDocument document(json.dialect);
  JsonInference inference(json, InfersNtz(configuration));
  for (size_t i = 0; i < texts.size(); ++i) {
    if (!IsSampled(i, json.text.sampling_ratio)) continue;
    auto outcome = document.Parse(texts[i]);
    if (outcome == JsonDocument::Outcome::kValue) inference.Add(document.nodes());
    if (outcome != JsonDocument::Outcome::kMalformed) continue;
    if (json.text.mode == ParseMode::kFailFast) {
      throw SparkError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                       {{"badRecord", texts[i]}, {"failFastMode", "FAILFAST"}});
    }
    inference.AddMalformed();
  }
  return inference.ToSchema();
}

}  // namespace

Schema InferRowTexts(const std::string& format, const RowTexts& texts, const plan::Options& settled,
                     const Configuration& configuration) {
  if (format == "json") return InferJson(texts, JsonOptions::Read(settled), configuration);
  CsvOptions csv = CsvOptions::Read(settled);
  RowTexts records;
  for (const std::string& text : texts) {
    if (!IsSkippedLine(text, csv.dialect)) records.push_back(text);
  }
  return InferCsv(records, csv, configuration);
}

bool NeedsAllTexts(const std::string& format, const plan::Options& settled) {
  return format == "json" || CsvOptions::Read(settled).infer_schema;
}

void CheckRowTypes(const std::string& format, const Schema& schema) {
  if (format != "csv") return;
  for (const StructField& field : schema) {
    if (!field.type.IsNested()) continue;
    throw SparkError("UNSUPPORTED_DATATYPE", "0A000",
                     "org.apache.spark.SparkUnsupportedOperationException",
                     "CSV texts hold no " + field.type.ToSql() + ".");
  }
}

}  // namespace pyrite::sources
