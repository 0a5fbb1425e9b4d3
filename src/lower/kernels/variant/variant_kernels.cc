// Variants: from JSON texts and back, parts of them, their schemas.

#include <optional>

#include "duckdb/common/vector/list_vector.hpp"
#include "lower/kernels/any.h"
#include "lower/kernels/error.h"
#include "lower/kernels/object_aggregate.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/variant/variant_builder.h"
#include "lower/kernels/variant/variant_column.h"
#include "lower/kernels/variant/variant_path.h"
#include "lower/kernels/variant/variant_schema.h"
#include "lower/kernels/variant/variant_text.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;
using Text = std::string_view;

const TimeZone& ZoneOf(Text name) {
  const TimeZone* zone = TimeZone::Find(name);
  return zone == nullptr ? *TimeZone::Utc() : *zone;
}

// parse_json
template <bool lenient>
void Parse(DataChunk& arguments, ExpressionState&, Vector& result) {
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  VariantWriter out(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) {
    VariantBuilder builder;
    if (!texts[row].IsValid()) {
      out.WriteNull(row);
      continue;
    }
    const duckdb::string_t text = texts[row].GetValue();
    if (AppendJsonVariant(Storage<Text>::Read(text), lenient, builder)) {
      out.Write(row, builder.value(), builder.Metadata());
    } else {
      out.WriteNull(row);
    }
  }
}

// (variant, path, the function's name)
void Extract(DataChunk& arguments, ExpressionState&, Vector& result) {
  VariantColumn variants(arguments.data[0]);
  const auto paths = arguments.data[1].Values<duckdb::string_t>();
  const auto names = arguments.data[2].Values<duckdb::string_t>();
  VariantWriter out(result, arguments.size());
  std::optional<VariantPath> path;
  std::string last;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!variants.IsValid(row) || !paths[row].IsValid()) {
      out.WriteNull(row);
      continue;
    }
    const duckdb::string_t text = paths[row].GetValue();
    if (!path || last != Storage<Text>::Read(text)) {
      last = Storage<Text>::Read(text);
      path = VariantPath::Read(last);
      if (!path) {
        ThrowSpark(
            "INVALID_VARIANT_GET_PATH",
            {{"path", last}, {"functionName", "`" + names[row].GetValue().GetString() + "`"}});
      }
    }
    std::optional<VariantView> part = path->Follow(variants[row]);
    if (part) {
      out.Write(row, part->bytes(), part->metadata());
    } else {
      out.WriteNull(row);
    }
  }
}

template <class T, class F>
void ForEach(DataChunk& arguments, Vector& result, F function) {
  VariantColumn variants(arguments.data[0]);
  FlatVector::SetSize(result, arguments.size());
  auto* out = FlatVector::GetDataMutable<T>(result);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (variants.IsValid(row)) {
      out[row] = function(variants[row], row);
    } else {
      FlatVector::SetNull(result, row, true);
    }
  }
}

void IsNull(DataChunk& arguments, ExpressionState&, Vector& result) {
  ForEach<bool>(arguments, result, [](const VariantView& variant, idx_t) {
    return variant.kind() == VariantKind::kNull;
  });
}

// Whether it can be read to its end.
void IsValid(DataChunk& arguments, ExpressionState&, Vector& result) {
  ForEach<bool>(arguments, result, [](const VariantView& variant, idx_t) {
    try {
      std::string unused;
      variant.AppendJson(*TimeZone::Utc(), unused);
      return true;
    } catch (const duckdb::Exception&) {
      return false;
    }
  });
}

// (variant, time zone)
void ToJson(DataChunk& arguments, ExpressionState&, Vector& result) {
  const auto zones = arguments.data[1].Values<duckdb::string_t>();
  ForEach<duckdb::string_t>(arguments, result, [&](const VariantView& variant, idx_t row) {
    std::string text;
    const duckdb::string_t zone = zones[row].GetValue();
    variant.AppendJson(ZoneOf(Storage<Text>::Read(zone)), text);
    return Storage<std::string>::Write(result, text);
  });
}

void Schema(DataChunk& arguments, ExpressionState&, Vector& result) {
  ForEach<duckdb::string_t>(arguments, result, [&](const VariantView& variant, idx_t) {
    return Storage<std::string>::Write(result, VariantSchemaText(SchemaOf(variant)));
  });
}

// (value, metadata)
class SchemaOfAll {
 public:
  void Update(const AggregateRow& row) {
    if (!row.IsNull(0)) schema_ = Merged(schema_, SchemaOf({row.Bytes(0), row.Bytes(1)}));
  }
  void Combine(const SchemaOfAll& other) { schema_ = Merged(schema_, other.schema_); }
  std::optional<std::string> Finish() const { return VariantSchemaText(schema_); }

 private:
  DataType schema_ = DataType::Null();
};

// An array's elements or an object's fields: a list of {pos, key, value}.
void Items(DataChunk& arguments, ExpressionState&, Vector& result) {
  VariantColumn variants(arguments.data[0]);
  auto lists = FlatVector::Writer<list_entry_t>(result, arguments.size());
  struct Item {
    int32_t place;
    std::optional<std::string> key;
    VariantView value;
  };
  std::vector<Item> items;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    bool valid = variants.IsValid(row);
    VariantKind kind = valid ? variants[row].kind() : VariantKind::kNull;
    size_t first = items.size();
    if (kind == VariantKind::kArray || kind == VariantKind::kObject) {
      for (size_t i = 0, count = variants[row].size(); i < count; ++i) {
        std::optional<std::string> key;
        if (kind == VariantKind::kObject) key = variants[row].field(i).first;
        items.push_back({static_cast<int32_t>(i), std::move(key), variants[row].element(i)});
      }
      lists.WriteValue(list_entry_t(first, items.size() - first));
    } else {
      lists.WriteNull();
    }
  }
  ListVector::Reserve(result, items.size());
  ListVector::SetListSize(result, items.size());
  auto& fields = duckdb::StructVector::GetEntries(ListVector::GetChildMutable(result));
  auto* places = FlatVector::GetDataMutable<int32_t>(fields[0]);
  auto* keys = FlatVector::GetDataMutable<duckdb::string_t>(fields[1]);
  VariantWriter values(fields[2], items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    places[i] = items[i].place;
    if (items[i].key) {
      keys[i] = Storage<std::string>::Write(fields[1], *items[i].key);
    } else {
      FlatVector::SetNull(fields[1], i, true);
    }
    values.Write(i, items[i].value.bytes(), items[i].value.metadata());
  }
}

}  // namespace

void RegisterVariantKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, variant = VariantVectorType();
  LogicalType truth = LogicalType::BOOLEAN;
  loader.RegisterFunction(MakeKernel("spark_parse_json", {text}, variant, Parse<false>, true));
  loader.RegisterFunction(MakeKernel("spark_try_parse_json", {text}, variant, Parse<true>, true));
  const auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                       duckdb::scalar_function_t function) {
    auto kernel =
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true);
    kernel.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
    loader.RegisterFunction(std::move(kernel));
  };
  add("spark_variant_extract", {variant, text, text}, variant, Extract);
  add("spark_is_variant_null", {variant}, truth, IsNull);
  add("spark_is_valid_variant", {variant}, truth, IsValid);
  add("spark_variant_to_json", {variant, text}, text, ToJson);
  add("spark_schema_of_variant", {variant}, text, Schema);
  add("spark_variant_items", {variant},
      LogicalType::LIST(LogicalType::STRUCT({{duckdb::Identifier("pos"), LogicalType::INTEGER},
                                             {duckdb::Identifier("key"), text},
                                             {duckdb::Identifier("value"), variant}})),
      Items);
  loader.RegisterFunction(MakeObjectAggregate<SchemaOfAll>(
      "spark_schema_of_variant_agg", {LogicalType::BLOB, LogicalType::BLOB}, text));
}

}  // namespace pyrite::lower
