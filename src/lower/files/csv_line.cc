#include "lower/files/csv_line.h"

#include <charconv>

#include "base/errors.h"
#include "base/text/calendar.h"
#include "base/text/datetime_format.h"
#include "base/text/datetime_text.h"
#include "base/text/hex.h"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "lower/kernels/cast.h"
#include "lower/kernels/error.h"
#include "lower/kernels/physical.h"
#include "lower/type.h"
#include "sources/csv/csv_write.h"
#include "sql/parser.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::string_t;
using duckdb::Vector;

constexpr char kFunction[] = "spark_csv_line";

// Texts of one column's values.
struct Column {
  DataType type;
  BoundCast cast;                      // for types that have no format of their own
  std::optional<std::string> pattern;  // of dates and timestamps; absent: the usual one
  bool never_quoted = false;
  // How values come into the line: most by way of a text, some directly.
  enum class Way : uint8_t { kText, kString, kInt, kLong, kDate } way = Way::kText;

  bool HasOwnFormat() const {
    return pattern || type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz) ||
           type.Is(TypeKind::kBinary);
  }
};

struct LineData : duckdb::FunctionData {
  sources::CsvWriteOptions csv;
  std::vector<Column> columns;
  const TimeZone* zone = nullptr;

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<LineData>(*this);
  }
  bool Equals(const duckdb::FunctionData&) const override { return false; }
};

void AppendNumber(int64_t value, int width, std::string& out) {
  char digits[20];
  for (int i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  out.append(digits, static_cast<size_t>(width));
}

// yyyy-MM-dd'T'HH:mm:ss.SSS, and XXX with an offset in seconds.
void AppendTimestamp(int64_t local, std::optional<int32_t> offset, std::string& out) {
  int64_t days = FloorDivide(local, kMicrosPerDay);
  int64_t micros = FloorModulo(local, kMicrosPerDay);
  char date[kDatetimeTextSize];
  out.append(date, WriteDate(date, days));
  out += 'T';
  int64_t seconds = micros / kMicrosPerSecond;
  AppendNumber(seconds / 3600, 2, out);
  out += ':';
  AppendNumber(seconds / 60 % 60, 2, out);
  out += ':';
  AppendNumber(seconds % 60, 2, out);
  out += '.';
  AppendNumber(micros % kMicrosPerSecond / 1000, 3, out);
  if (!offset) return;
  if (*offset == 0) {
    out += 'Z';
    return;
  }
  out += *offset < 0 ? '-' : '+';
  int32_t minutes = (*offset < 0 ? -*offset : *offset) / 60;
  AppendNumber(minutes / 60, 2, out);
  out += ':';
  AppendNumber(minutes % 60, 2, out);
}

// A date, a timestamp or bytes, in the column's format.
void AppendValue(const LineData& data, const Column& column, const Vector& values, idx_t row,
                 std::string& text) {
  if (column.type.Is(TypeKind::kBinary)) {
    return AppendShownBytes(View(duckdb::FlatVector::GetData<string_t>(values)[row]), text);
  }
  if (column.type.Is(TypeKind::kDate)) {
    int64_t days = duckdb::FlatVector::GetData<int32_t>(values)[row];
    return AppendByPattern(days * kMicrosPerDay, *column.pattern, *data.zone, text);
  }
  int64_t moment = duckdb::FlatVector::GetData<int64_t>(values)[row];
  bool ntz = column.type.Is(TypeKind::kTimestampNtz);
  int64_t local = ntz ? moment : data.zone->MicrosToLocal(moment);
  if (column.pattern) return AppendByPattern(local, *column.pattern, *data.zone, text);
  std::optional<int32_t> offset;
  if (!ntz) offset = data.zone->OffsetAt(FloorDivide(moment, kMicrosPerSecond));
  AppendTimestamp(local, offset, text);
}

// The texts of a column that its type's cast does not make; `values` is flat.
void FormatColumn(const LineData& data, const Column& column, Vector& values, Vector& texts,
                  idx_t count) {
  std::string text;
  duckdb::FlatVector::SetSize(texts, count);
  auto* out = duckdb::FlatVector::GetDataMutable<string_t>(texts);
  for (idx_t row = 0; row < count; ++row) {
    if (duckdb::FlatVector::IsNull(values, row)) {
      duckdb::FlatVector::SetNull(texts, row, true);
      continue;
    }
    text.clear();
    AppendValue(data, column, values, row, text);
    out[row] = duckdb::StringVector::AddString(texts, text);
  }
}

// The pattern of the type, where it is not the one that has code of its own.
std::optional<std::string> PatternOf(const DataType& type, const sources::CsvWriteOptions& csv) {
  const sources::CsvWriteOptions standard;
  const auto unless = [](const std::string& given, const std::string& usual) {
    if (given == usual) return std::optional<std::string>();
    if (auto letter = UnwritableLetter(given)) {
      throw errors::UnsupportedFeature("writing dates by the letter " + std::string(1, *letter));
    }
    return std::optional(given);
  };
  switch (type.kind()) {
    case TypeKind::kDate: return unless(csv.date_format, standard.date_format);
    case TypeKind::kTimestamp: return unless(csv.timestamp_format, standard.timestamp_format);
    case TypeKind::kTimestampNtz:
      return unless(csv.timestamp_ntz_format, standard.timestamp_ntz_format);
    default: return std::nullopt;
  }
}

// Of the characters that numbers and dates are made of.
bool IsPlain(const DataType& type, const sources::CsvWriteOptions& csv) {
  bool is_plain = type.IsNumeric() || type.Is(TypeKind::kDate) || type.Is(TypeKind::kBoolean);
  return is_plain && sources::IsNeverQuoted(csv, "0123456789+-.ENainfityrueals");
}

Column::Way WayOf(const Column& column) {
  if (column.type.Is(TypeKind::kString)) return Column::Way::kString;
  if (!column.never_quoted || column.HasOwnFormat()) return Column::Way::kText;
  switch (column.type.kind()) {
    case TypeKind::kInteger: return Column::Way::kInt;
    case TypeKind::kLong: return Column::Way::kLong;
    case TypeKind::kDate: return Column::Way::kDate;
    default: return Column::Way::kText;
  }
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  auto data = duckdb::make_uniq<LineData>();
  const DataType type = sql::ParseDataType(input.GetNonNullConstant(1).ToString());
  plan::Options options;
  const duckdb::Value given = input.GetNonNullConstant(2);
  const auto& texts = duckdb::ListValue::GetChildren(given);
  for (size_t i = 0; i + 1 < texts.size(); i += 2) {
    options.emplace_back(texts[i].GetValue<std::string>(), texts[i + 1].GetValue<std::string>());
  }
  data->csv = sources::CsvWriteOptions::Read(options);
  data->zone = TimeZone::Find(data->csv.time_zone);
  for (const StructField& field : type.fields()) {
    Column column{field.type, {}, PatternOf(field.type, data->csv)};
    if (!column.HasOwnFormat()) {
      column.cast = BindCast(field.type, DataType::String(), plan::EvalMode::kAnsi, *data->zone);
    }
    column.never_quoted = IsPlain(field.type, data->csv) && !column.pattern;
    column.way = WayOf(column);
    data->columns.push_back(std::move(column));
  }
  return data;
}

void AppendInteger(int64_t value, std::string& line) {
  char digits[20];
  line.append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

// The field of a row; `texts` are those of the values whose way is kText.
void AppendField(const LineData& data, size_t index, const Vector& values, const Vector& texts,
                 idx_t row, std::string& line) {
  const Column& column = data.columns[index];
  if (duckdb::FlatVector::IsNull(column.way == Column::Way::kText ? texts : values, row)) {
    return sources::AppendCsvField(data.csv, index, std::nullopt, line);
  }
  switch (column.way) {
    case Column::Way::kInt:
      return AppendInteger(duckdb::FlatVector::GetData<int32_t>(values)[row], line);
    case Column::Way::kLong:
      return AppendInteger(duckdb::FlatVector::GetData<int64_t>(values)[row], line);
    case Column::Way::kDate: {
      char date[kDatetimeTextSize];
      line.append(date, WriteDate(date, duckdb::FlatVector::GetData<int32_t>(values)[row]));
      return;
    }
    case Column::Way::kString:
    case Column::Way::kText: break;
  }
  const Vector& source = column.way == Column::Way::kText ? texts : values;
  std::string_view text = View(duckdb::FlatVector::GetData<string_t>(source)[row]);
  if (column.never_quoted) {
    line += text;
  } else {
    sources::AppendCsvField(data.csv, index, text, line);
  }
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto& data =
      state.expr.Cast<duckdb::BoundFunctionExpression>().BindInfo()->Cast<LineData>();
  idx_t count = arguments.size();
  Vector& rows = arguments.data[0];
  rows.Flatten();
  auto& fields = duckdb::StructVector::GetEntries(rows);
  std::vector<Vector> texts;
  texts.reserve(fields.size());
  for (size_t i = 0; i < fields.size(); ++i) {
    fields[i].Flatten();
    bool by_text = data.columns[i].way == Column::Way::kText;
    texts.emplace_back(LogicalType::VARCHAR, duckdb::capacity_t(by_text ? count : 1));
    if (!by_text) continue;
    if (data.columns[i].HasOwnFormat()) {
      FormatColumn(data, data.columns[i], fields[i], texts[i], count);
    } else {
      data.columns[i].cast.Run(fields[i], texts[i], count);
    }
    texts[i].Flatten();
  }
  std::string line;
  duckdb::FlatVector::SetSize(result, count);
  auto* out = duckdb::FlatVector::GetDataMutable<string_t>(result);
  for (idx_t row = 0; row < count; ++row) {
    line.clear();
    for (size_t i = 0; i < texts.size(); ++i) {
      if (i > 0) line += data.csv.separator;
      AppendField(data, i, fields[i], texts[i], row, line);
    }
    out[row] = duckdb::StringVector::AddString(result, line);
  }
}

}  // namespace

void RegisterCsvLine(duckdb::ExtensionLoader& loader) {
  duckdb::ScalarFunction kernel{
      duckdb::Identifier(kFunction),
      {LogicalType::ANY, LogicalType::VARCHAR, LogicalType::LIST(LogicalType::VARCHAR)},
      LogicalType::VARCHAR,
      Run};
  kernel.SetBindCallback(Bind);
  kernel.SetFallible();
  loader.RegisterFunction(std::move(kernel));
}

AstExpression MakeCsvLine(AstExpression row, const DataType& type, const plan::Options& settled) {
  duckdb::vector<duckdb::Value> texts;
  for (const auto& [name, value] : settled) {
    texts.emplace_back(name);
    texts.emplace_back(value);
  }
  return MakeFunction(kFunction, std::move(row), MakeValue(duckdb::Value(type.ToSql())),
                      MakeValue(duckdb::Value::LIST(LogicalType::VARCHAR, std::move(texts))));
}

}  // namespace pyrite::lower
