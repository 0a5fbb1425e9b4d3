// XPath over XML texts.

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;
using Text = std::string_view;

// A path is often constant: the last one is kept.
const pugi::xpath_query& QueryOf(Text path) {
  thread_local std::string last;
  thread_local std::unique_ptr<pugi::xpath_query> query;
  if (query == nullptr || last != path) {
    last = path;
    query = nullptr;
    try {
      query = std::make_unique<pugi::xpath_query>(last.c_str());
    } catch (const pugi::xpath_exception& error) {
      ThrowJava("java.lang.RuntimeException",
                "Invalid XPath '" + last + "': " + error.result().description());
    }
  }
  return *query;
}

// False for nothing to look into.
bool Load(Text xml, Text path, pugi::xml_document& document) {
  if (xml.empty() || path.empty()) return false;
  pugi::xml_parse_result parsed = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed) {
    ThrowJava("java.lang.RuntimeException",
              std::string("Invalid XML document: ") + parsed.description());
  }
  return true;
}

std::optional<std::string> AsText(Text xml, Text path) {
  pugi::xml_document document;
  if (!Load(xml, path, document)) return std::nullopt;
  return QueryOf(path).evaluate_string(document);
}

std::optional<bool> AsTruth(Text xml, Text path) {
  pugi::xml_document document;
  if (!Load(xml, path, document)) return std::nullopt;
  return QueryOf(path).evaluate_boolean(document);
}

// A number as Java casts it: NaN is 0, and what is too large is the largest.
template <class T>
T Narrowed(double value) {
  if constexpr (std::is_floating_point_v<T>) return static_cast<T>(value);
  using Wide = std::conditional_t<sizeof(T) == sizeof(int64_t), int64_t, int32_t>;
  using Limits = std::numeric_limits<Wide>;
  if (std::isnan(value)) return 0;
  if (value >= static_cast<double>(Limits::max())) return static_cast<T>(Limits::max());
  if (value <= static_cast<double>(Limits::min())) return static_cast<T>(Limits::min());
  return static_cast<T>(static_cast<Wide>(value));
}

template <class T>
std::optional<T> AsNumber(Text xml, Text path) {
  pugi::xml_document document;
  if (!Load(xml, path, document)) return std::nullopt;
  return Narrowed<T>(QueryOf(path).evaluate_number(document));
}

// Attributes and texts have values of their own; elements have none.
std::optional<std::string> ValueOf(const pugi::xpath_node& node) {
  if (node.attribute()) return node.attribute().value();
  if (node.node().type() == pugi::node_element || node.node().type() == pugi::node_document) {
    return std::nullopt;
  }
  return node.node().value();
}

void AsNodes(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  const auto paths = arguments.data[1].Values<duckdb::string_t>();
  auto lists = FlatVector::Writer<duckdb::list_entry_t>(result, arguments.size());
  std::vector<std::optional<std::string>> values;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    pugi::xml_document document;
    bool loaded = false;
    if (texts[row].IsValid() && paths[row].IsValid()) {
      const duckdb::string_t text = texts[row].GetValue(), path = paths[row].GetValue();
      loaded = Load(Storage<Text>::Read(text), Storage<Text>::Read(path), document);
    }
    if (!loaded) {
      lists.WriteNull();
      continue;
    }
    const duckdb::string_t path = paths[row].GetValue();
    const pugi::xpath_query& query = QueryOf(Storage<Text>::Read(path));
    if (query.return_type() != pugi::xpath_type_node_set) {
      ThrowJava("java.lang.RuntimeException", "The XPath makes no nodes.");
    }
    size_t first = values.size();
    pugi::xpath_node_set nodes = query.evaluate_node_set(document);
    nodes.sort();
    for (const pugi::xpath_node& node : nodes) values.push_back(ValueOf(node));
    lists.WriteValue(duckdb::list_entry_t(first, values.size() - first));
  }
  ListVector::Reserve(result, values.size());
  ListVector::SetListSize(result, values.size());
  Vector& child = ListVector::GetChildMutable(result);
  auto* out = FlatVector::GetDataMutable<duckdb::string_t>(child);
  for (idx_t i = 0; i < values.size(); ++i) {
    if (values[i]) {
      out[i] = Storage<std::string>::Write(child, *values[i]);
    } else {
      FlatVector::SetNull(child, i, true);
    }
  }
}

}  // namespace

void RegisterXpathKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  const auto add = [&](const char* name, const LogicalType& result,
                       duckdb::scalar_function_t function) {
    loader.RegisterFunction(MakeKernel(name, {text, text}, result, std::move(function), true));
  };
  add("spark_xpath", LogicalType::LIST(text), AsNodes);
  add("spark_xpath_string", text, Rowwise<std::string, Text, Text>(AsText));
  add("spark_xpath_boolean", LogicalType::BOOLEAN, Rowwise<bool, Text, Text>(AsTruth));
  add("spark_xpath_double", LogicalType::DOUBLE, Rowwise<double, Text, Text>(AsNumber<double>));
  add("spark_xpath_float", LogicalType::FLOAT, Rowwise<float, Text, Text>(AsNumber<float>));
  add("spark_xpath_long", LogicalType::BIGINT, Rowwise<int64_t, Text, Text>(AsNumber<int64_t>));
  add("spark_xpath_int", LogicalType::INTEGER, Rowwise<int32_t, Text, Text>(AsNumber<int32_t>));
  add("spark_xpath_short", LogicalType::SMALLINT, Rowwise<int16_t, Text, Text>(AsNumber<int16_t>));
}

}  // namespace pyrite::lower
