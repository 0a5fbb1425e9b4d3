// from_json, from_csv and the schemas of such texts, by the readers of JSON and CSV files.

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "lower/files/cell.h"
#include "lower/files/csv_cell.h"
#include "lower/files/json_cell.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/option_text.h"
#include "lower/kernels/rowwise.h"
#include "lower/type.h"
#include "sources/csv/csv_tokenizer.h"
#include "sources/schema_text.h"
#include "sql/parser.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Vector;
using sources::JsonDocument;
using sources::JsonKind;
using Text = std::string_view;

[[noreturn]] void ThrowMalformed(Text record) {
  ThrowSpark("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
             {{"badRecord", std::string(record)}, {"failFastMode", "FAILFAST"}});
}

constexpr size_t kNoField = static_cast<size_t>(-1);

// The field for the text of malformed records, where the schema has it.
size_t CorruptField(const DataType& type, const std::string& name) {
  if (!type.Is(TypeKind::kStruct)) return kNoField;
  for (size_t i = 0; i < type.fields().size(); ++i) {
    if (type.fields()[i].name == name && type.fields()[i].type.IsString()) return i;
  }
  return kNoField;
}

// What a call reads by; made once a query, shared by its threads.
struct JsonReading {
  JsonReading(const DataType& given, const OptionTexts& options)
      : type(given),
        context(sources::JsonOptions::Read(options.all())),
        cell(BindJsonCell(given, context)),
        corrupt(CorruptField(given, context.json.text.corrupt_column)) {}

  DataType type;
  JsonContext context;
  JsonCell cell;
  size_t corrupt;
};

struct CsvReading {
  CsvReading(const DataType& given, const OptionTexts& options)
      : type(given),
        context(sources::CsvOptions::Read(options.all())),
        corrupt(CorruptField(given, context.csv.text.corrupt_column)) {
    for (const StructField& field : given.fields()) {
      cells.push_back(BindCsvCell(field.type, context));
    }
  }

  DataType type;
  CsvContext context;
  std::vector<CsvCell> cells;
  size_t corrupt;
};

template <class Reading>
struct ReadData : duckdb::FunctionData {
  explicit ReadData(std::shared_ptr<const Reading> given) : reading(std::move(given)) {}
  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<ReadData>(reading);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    return reading == other.Cast<ReadData>().reading;
  }

  std::shared_ptr<const Reading> reading;
};

// (text, type, options)
template <class Reading>
duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  DataType type = sql::ParseDataType(input.GetNonNullConstant(1).ToString());
  input.GetBoundFunction().SetReturnType(PhysicalType(type));
  OptionTexts options(input.GetNonNullConstant(2).ToString());
  return duckdb::make_uniq<ReadData<Reading>>(std::make_shared<const Reading>(type, options));
}

template <class Reading>
const Reading& ReadingOf(duckdb::ExpressionState& state) {
  const auto& bound = state.expr.Cast<duckdb::BoundFunctionExpression>();
  return *bound.BindInfo()->Cast<ReadData<Reading>>().reading;
}

// A struct of NULLs, with the record's text where the schema has a place for it.
void PutMalformed(const DataType& type, size_t corrupt, Text record, sources::ParseMode mode,
                  bool clear, Vector& result, idx_t row) {
  if (mode == sources::ParseMode::kFailFast) ThrowMalformed(record);
  if (!type.Is(TypeKind::kStruct)) return PutNull(result, row);
  auto& fields = duckdb::StructVector::GetEntries(result);
  SetValid(result, row);
  for (Vector& field : fields) {
    if (clear) PutNull(field, row);
  }
  if (corrupt != kNoField) PutString(fields[corrupt], row, record);
}

// One object where an array of them is asked for: the array of it.
JsonCell::Outcome PutAlone(const JsonReading& reading, const JsonDocument& document, Vector& result,
                           idx_t row) {
  idx_t size = duckdb::ListVector::GetListSize(result);
  duckdb::ListVector::Reserve(result, size + 1);
  duckdb::ListVector::SetListSize(result, size + 1);
  Put(result, row, duckdb::list_entry_t(size, 1));
  return reading.cell.parts[0].Put(document.nodes(), 0, duckdb::ListVector::GetChildMutable(result),
                                   size);
}

void PutJson(const JsonReading& reading, JsonDocument& document, Text text, Vector& result,
             idx_t row) {
  const auto malformed = [&](bool clear) {
    PutMalformed(reading.type, reading.corrupt, text, reading.context.json.text.mode, clear, result,
                 row);
  };
  switch (document.Parse(text)) {
    case JsonDocument::Outcome::kNothing: return PutNull(result, row);
    case JsonDocument::Outcome::kMalformed: return malformed(true);
    case JsonDocument::Outcome::kValue: break;
  }
  JsonKind kind = document.nodes()[0].kind;
  if (kind == JsonKind::kNull) return PutNull(result, row);
  bool of_struct = reading.type.Is(TypeKind::kStruct);
  if (of_struct && kind == JsonKind::kArray) return malformed(true);
  bool alone = reading.type.Is(TypeKind::kArray) && kind == JsonKind::kObject &&
               reading.type.element().Is(TypeKind::kStruct);
  auto outcome = alone ? PutAlone(reading, document, result, row)
                       : reading.cell.Put(document.nodes(), 0, result, row);
  if (outcome == JsonCell::Outcome::kBad) return malformed(true);
  if (outcome == JsonCell::Outcome::kPartial) return malformed(false);
}

void FromJson(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const JsonReading& reading = ReadingOf<JsonReading>(state);
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  JsonDocument document(reading.context.json.dialect);
  duckdb::FlatVector::SetSize(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (texts[row].IsValid()) {
      PutJson(reading, document, Storage<Text>::Read(texts[row].GetValue()), result, row);
    } else {
      PutNull(result, row);
    }
  }
}

void PutCsv(const CsvReading& reading, sources::CsvTokenizer& tokenizer, Text text, Vector& result,
            idx_t row) {
  auto& fields = duckdb::StructVector::GetEntries(result);
  sources::ParseMode mode = reading.context.csv.text.mode;
  bool parsed = tokenizer.ParseLine(text);
  size_t at = 0, wanted = reading.cells.size() - (reading.corrupt == kNoField ? 0 : 1);
  bool bad = !parsed || tokenizer.fields().size() != wanted;
  SetValid(result, row);
  for (size_t i = 0; i < reading.cells.size(); ++i) {
    if (i == reading.corrupt) {
      PutNull(fields[i], row);
      continue;
    }
    Text field = parsed && at < tokenizer.fields().size() ? tokenizer.fields()[at] : Text();
    bool missing = !parsed || at >= tokenizer.fields().size() || field.data() == nullptr ||
                   field == reading.context.csv.dialect.null_value;
    ++at;
    if (missing) {
      PutNull(fields[i], row);
    } else if (!reading.cells[i].put(reading.cells[i], field, CsvTarget(fields[i]), row)) {
      PutNull(fields[i], row);
      bad = true;
    }
  }
  if (bad) PutMalformed(reading.type, reading.corrupt, text, mode, false, result, row);
}

void FromCsv(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const CsvReading& reading = ReadingOf<CsvReading>(state);
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  sources::CsvTokenizer tokenizer(reading.context.csv.dialect);
  duckdb::FlatVector::SetSize(result, arguments.size());
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (texts[row].IsValid()) {
      PutCsv(reading, tokenizer, Storage<Text>::Read(texts[row].GetValue()), result, row);
    } else {
      PutNull(result, row);
    }
  }
}

// ---- schemas

std::string SchemaOfJson(Text text, Text options) {
  auto type = sources::SchemaOfJsonText(text, OptionTexts(options).all());
  if (!type) ThrowMalformed(text);
  return type->ToSql();
}

std::string SchemaOfCsv(Text text, Text options) {
  auto type = sources::SchemaOfCsvText(text, OptionTexts(options).all());
  if (!type) ThrowMalformed(text);
  return type->ToSql();
}

}  // namespace

void RegisterStructuredReadKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  const auto add = [&](const char* name, duckdb::scalar_function_t run,
                       duckdb::bind_scalar_function_t bind) {
    auto kernel = MakeKernel(name, {text, text, text}, LogicalType::ANY, std::move(run), true);
    kernel.SetBindCallback(bind);
    loader.RegisterFunction(std::move(kernel));
  };
  add("spark_from_json", FromJson, Bind<JsonReading>);
  add("spark_from_csv", FromCsv, Bind<CsvReading>);
  loader.RegisterFunction(MakeKernel("spark_schema_of_json", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(SchemaOfJson), true));
  loader.RegisterFunction(MakeKernel("spark_schema_of_csv", {text, text}, text,
                                     Rowwise<std::string, Text, Text>(SchemaOfCsv), true));
}

}  // namespace pyrite::lower
