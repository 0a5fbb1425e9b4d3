// Kernels that take JSON texts apart: get_json_object, json_tuple's fields, keys and lengths.

#include "base/text/text_to_number.h"
#include "base/value.h"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/json_path.h"
#include "lower/kernels/json_text.h"
#include "lower/kernels/rowwise.h"
#include "sources/json/json_document.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::LogicalType;
using sources::JsonDocument;
using sources::JsonKind;
using sources::JsonNodes;
using Text = std::string_view;

// Each thread keeps one: its buffers are reused.
JsonDocument& Document() {
  thread_local JsonDocument document{sources::JsonDialect()};
  return document;
}

bool Parses(Text text) { return Document().Parse(text) == JsonDocument::Outcome::kValue; }

std::optional<std::string> GetObject(Text text, Text path_text) {
  thread_local std::string last;
  thread_local std::optional<JsonPath> path;
  if (last != path_text || !path) {
    path = JsonPath::Read(path_text);
    last = path_text;
  }
  if (!path || !Parses(text)) return std::nullopt;
  return path->Evaluate(Document().nodes());
}

// A field of an object: text as it is, other values as JSON.
std::optional<std::string> Field(Text text, Text key) {
  if (!Parses(text)) return std::nullopt;
  const JsonNodes& nodes = Document().nodes();
  if (nodes[0].kind != JsonKind::kObject) return std::nullopt;
  for (uint32_t at = 1; at < nodes[0].next; at = nodes[at + 1].next) {
    if (nodes[at].text != key) continue;
    const sources::JsonNode& value = nodes[at + 1];
    if (value.kind == JsonKind::kNull) return std::nullopt;
    if (value.kind == JsonKind::kString) return std::string(value.text);
    std::string out;
    AppendJson(nodes, at + 1, out);
    return out;
  }
  return std::nullopt;
}

std::optional<int32_t> ArrayLength(Text text) {
  if (!Parses(text)) return std::nullopt;
  const JsonNodes& nodes = Document().nodes();
  if (nodes[0].kind != JsonKind::kArray) return std::nullopt;
  int32_t count = 0;
  for (uint32_t at = 1; at < nodes[0].next; at = nodes[at].next) ++count;
  return count;
}

void ObjectKeys(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  auto lists = FlatVector::Writer<duckdb::list_entry_t>(result, arguments.size());
  duckdb::Vector& child = duckdb::ListVector::GetChildMutable(result);
  idx_t total = 0;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    bool valid = texts[row].IsValid() && Parses(Storage<Text>::Read(texts[row].GetValue()));
    const JsonNodes& nodes = Document().nodes();
    if (!valid || nodes[0].kind != JsonKind::kObject) {
      lists.WriteNull();
      continue;
    }
    idx_t first = total;
    for (uint32_t at = 1; at < nodes[0].next; at = nodes[at + 1].next) {
      duckdb::ListVector::Reserve(result, total + 1);
      FlatVector::GetDataMutable<duckdb::string_t>(child)[total++] =
          Storage<Text>::Write(child, nodes[at].text);
    }
    lists.WriteValue(duckdb::list_entry_t(first, total - first));
  }
  duckdb::ListVector::SetListSize(result, total);
}

}  // namespace

void RegisterJsonReadKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(MakeKernel("spark_get_json_object", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(GetObject)));
  loader.RegisterFunction(
      MakeKernel("spark_json_field", {text, text}, text, Rowwise<std::string, Text, Text>(Field)));
  loader.RegisterFunction(MakeKernel("spark_json_array_length", {text}, LogicalType::INTEGER,
                                     Rowwise<int32_t, Text>(ArrayLength)));
  loader.RegisterFunction(
      MakeKernel("spark_json_object_keys", {text}, LogicalType::LIST(text), ObjectKeys));
}

}  // namespace pyrite::lower
