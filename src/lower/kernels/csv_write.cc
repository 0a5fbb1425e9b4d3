// to_csv: structs as CSV text, as Spark's writer makes it.

#include "sources/csv/csv_write.h"

#include "base/text/calendar.h"
#include "base/text/datetime_format.h"
#include "base/text/decimal_text.h"
#include "base/value.h"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/option_text.h"
#include "lower/kernels/value_source.h"
#include "lower/type.h"
#include "sql/parser.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Vector;

using sources::CsvWriteOptions;

std::string FieldText(const ValueSource& field, idx_t row, const CsvWriteOptions& options,
                      const TimeZone& zone) {
  std::string out;
  switch (field.type.kind()) {
    case TypeKind::kBoolean: return field.Get<bool>(row) ? "true" : "false";
    case TypeKind::kByte: return std::to_string(field.Get<int8_t>(row));
    case TypeKind::kShort: return std::to_string(field.Get<int16_t>(row));
    case TypeKind::kInteger: return std::to_string(field.Get<int32_t>(row));
    case TypeKind::kLong: return std::to_string(field.Get<int64_t>(row));
    case TypeKind::kFloat: return FloatToString(field.Get<float>(row));
    case TypeKind::kDouble: return DoubleToString(field.Get<double>(row));
    case TypeKind::kDecimal: return DecimalToJavaString(field.Decimal(row), field.type.scale());
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return std::string(View(field.Get<duckdb::string_t>(row)));
    case TypeKind::kDate:
      AppendByPattern(field.Get<int32_t>(row) * kMicrosPerDay, options.date_format, zone, out);
      return out;
    case TypeKind::kTimestamp:
      AppendByPattern(zone.MicrosToLocal(field.Get<int64_t>(row)), options.timestamp_format, zone,
                      out);
      return out;
    case TypeKind::kTimestampNtz:
      AppendByPattern(field.Get<int64_t>(row), options.timestamp_ntz_format, zone, out);
      return out;
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE", {{"feature", "CSV of " + field.type.ToSql()}});
  }
}

struct CsvData : duckdb::FunctionData {
  CsvData(DataType given, CsvWriteOptions options, const TimeZone* zone)
      : type(std::move(given)), options(std::move(options)), zone(zone) {}
  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<CsvData>(type, options, zone);
  }
  bool Equals(const duckdb::FunctionData&) const override { return false; }

  DataType type;
  CsvWriteOptions options;
  const TimeZone* zone;
};

// (struct, its type, options)
duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  DataType type = sql::ParseDataType(input.GetNonNullConstant(1).ToString());
  input.GetBoundFunction().GetArguments()[0] = PhysicalType(type);
  OptionTexts options(input.GetNonNullConstant(2).ToString());
  return duckdb::make_uniq<CsvData>(type, CsvWriteOptions::Read(options.all()), options.zone());
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto& data = state.expr.Cast<duckdb::BoundFunctionExpression>().BindInfo()->Cast<CsvData>();
  ValueSource source(data.type, arguments.data[0]);
  duckdb::FlatVector::SetSize(result, arguments.size());
  auto* out = duckdb::FlatVector::GetDataMutable<duckdb::string_t>(result);
  std::string text;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!source.IsValid(row)) {
      duckdb::FlatVector::SetNull(result, row, true);
      continue;
    }
    text.clear();
    for (size_t i = 0; i < source.parts.size(); ++i) {
      if (i > 0) text += data.options.separator;
      const ValueSource& field = source.parts[i];
      if (field.IsValid(row)) {
        sources::AppendCsvField(data.options, i, FieldText(field, row, data.options, *data.zone),
                                text);
      } else {
        sources::AppendCsvField(data.options, i, std::nullopt, text);
      }
    }
    out[row] = duckdb::StringVector::AddString(result, text);
  }
}

}  // namespace

void RegisterCsvWriteKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  auto kernel = MakeKernel("spark_to_csv", {LogicalType::ANY, text, text}, text, Run, true);
  kernel.SetBindCallback(Bind);
  loader.RegisterFunction(std::move(kernel));
}

}  // namespace pyrite::lower
