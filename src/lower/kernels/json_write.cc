// to_json: values of any type as JSON text, as Spark's generator writes it.

#include <cmath>

#include "base/text/calendar.h"
#include "base/text/datetime_format.h"
#include "base/text/decimal_text.h"
#include "base/text/interval_text.h"
#include "base/value.h"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/json_text.h"
#include "lower/kernels/option_text.h"
#include "lower/kernels/value_source.h"
#include "lower/kernels/variant/variant_view.h"
#include "lower/type.h"
#include "sql/parser.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::Vector;

struct WriteOptions {
  std::string date_format, timestamp_format, ntz_format;
  const TimeZone* zone = nullptr;
  bool ignores_null = true;
  bool pretty = false;
};

WriteOptions ReadOptions(const std::string& text) {
  OptionTexts given(text);
  WriteOptions options;
  options.date_format = given.Find("dateFormat").value_or("yyyy-MM-dd");
  options.timestamp_format = given.Find("timestampFormat").value_or("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  options.ntz_format = given.Find("timestampNTZFormat").value_or("yyyy-MM-dd'T'HH:mm:ss.SSS");
  options.zone = given.zone();
  options.ignores_null = given.Bool("ignoreNullFields", true);
  options.pretty = given.Bool("pretty", false);
  return options;
}

class Writer {
 public:
  Writer(const WriteOptions& options, std::string& out) : options_(options), out_(out) {}

  // The value is not NULL.
  void Write(const ValueSource& source, idx_t row) {
    switch (source.type.kind()) {
      case TypeKind::kArray: return WriteArray(source, row);
      case TypeKind::kMap: return WriteMap(source, row);
      case TypeKind::kStruct: return WriteStruct(source, row);
      case TypeKind::kVariant: return WriteVariant(source, row);
      default: return WriteScalar(source, row);
    }
  }

 private:
  void WriteArray(const ValueSource& source, idx_t row);
  void WriteMap(const ValueSource& source, idx_t row);
  void WriteStruct(const ValueSource& source, idx_t row);
  void WriteScalar(const ValueSource& source, idx_t row);
  void WriteVariant(const ValueSource& source, idx_t row) {
    VariantView(View(source.parts[0].Get<duckdb::string_t>(row)),
                View(source.parts[1].Get<duckdb::string_t>(row)))
        .AppendJson(*options_.zone, out_);
  }
  void WriteReal(double value, std::string text) {
    bool finite = std::isfinite(value);
    out_ += finite ? std::move(text) : "\"" + text + "\"";
  }
  void WriteMoment(int64_t local, const std::string& pattern) {
    std::string text;
    AppendByPattern(local, pattern, *options_.zone, text);
    AppendJsonText(text, out_);
  }
  void WriteItem(const ValueSource& source, idx_t row) {
    if (source.IsValid(row)) {
      Write(source, row);
    } else {
      out_ += "null";
    }
  }
  // Pretty printing: objects over lines, arrays in one.
  void NewLine() {
    if (options_.pretty) out_.append("\n").append(2 * depth_, ' ');
  }
  void NextMember(bool& first) {
    if (!first) out_ += ',';
    first = false;
    NewLine();
  }
  void EndObject(bool empty) {
    --depth_;
    if (empty) {
      if (options_.pretty) out_ += ' ';
    } else {
      NewLine();
    }
    out_ += '}';
  }
  const char* Colon() const { return options_.pretty ? " : " : ":"; }

  const WriteOptions& options_;
  std::string& out_;
  size_t depth_ = 0;
};

void Writer::WriteArray(const ValueSource& source, idx_t row) {
  const auto& entry = source.Get<duckdb::list_entry_t>(row);
  out_ += options_.pretty ? "[ " : "[";
  for (idx_t i = 0; i < entry.length; ++i) {
    if (i > 0) out_ += options_.pretty ? ", " : ",";
    WriteItem(source.parts[0], entry.offset + i);
  }
  out_ += options_.pretty && entry.length > 0 ? " ]" : "]";
}

// A key as Java shows it.
std::string KeyText(const ValueSource& keys, idx_t row) {
  switch (keys.type.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return std::string(View(keys.Get<duckdb::string_t>(row)));
    case TypeKind::kBoolean: return keys.Get<bool>(row) ? "true" : "false";
    case TypeKind::kByte: return std::to_string(keys.Get<int8_t>(row));
    case TypeKind::kShort: return std::to_string(keys.Get<int16_t>(row));
    case TypeKind::kInteger:
    case TypeKind::kDate: return std::to_string(keys.Get<int32_t>(row));
    case TypeKind::kLong:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: return std::to_string(keys.Get<int64_t>(row));
    case TypeKind::kFloat: return FloatToString(keys.Get<float>(row));
    case TypeKind::kDouble: return DoubleToString(keys.Get<double>(row));
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
                 {{"feature", "JSON of maps with keys of " + keys.type.ToSql()}});
  }
}

void Writer::WriteMap(const ValueSource& source, idx_t row) {
  const auto& entry = source.Get<duckdb::list_entry_t>(row);
  out_ += '{';
  ++depth_;
  bool first = true;
  for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
    NextMember(first);
    AppendJsonText(KeyText(source.parts[0], i), out_);
    out_ += Colon();
    WriteItem(source.parts[1], i);
  }
  EndObject(first);
}

void Writer::WriteStruct(const ValueSource& source, idx_t row) {
  out_ += '{';
  ++depth_;
  bool first = true;
  idx_t at = source.format.sel->get_index(row);
  for (size_t i = 0; i < source.parts.size(); ++i) {
    const ValueSource& field = source.parts[i];
    if (!field.IsValid(at) && options_.ignores_null) continue;
    NextMember(first);
    AppendJsonText(source.type.fields()[i].name, out_);
    out_ += Colon();
    WriteItem(field, at);
  }
  EndObject(first);
}

void Writer::WriteScalar(const ValueSource& source, idx_t row) {
  switch (source.type.kind()) {
    case TypeKind::kNull: out_ += "null"; return;
    case TypeKind::kBoolean: out_ += source.Get<bool>(row) ? "true" : "false"; return;
    case TypeKind::kByte: out_ += std::to_string(source.Get<int8_t>(row)); return;
    case TypeKind::kShort: out_ += std::to_string(source.Get<int16_t>(row)); return;
    case TypeKind::kInteger: out_ += std::to_string(source.Get<int32_t>(row)); return;
    case TypeKind::kLong: out_ += std::to_string(source.Get<int64_t>(row)); return;
    case TypeKind::kFloat: {
      float value = source.Get<float>(row);
      return WriteReal(value, FloatToString(value));
    }
    case TypeKind::kDouble: {
      double value = source.Get<double>(row);
      return WriteReal(value, DoubleToString(value));
    }
    case TypeKind::kDecimal:
      out_ += DecimalToJavaString(source.Decimal(row), source.type.scale());
      return;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return AppendJsonText(View(source.Get<duckdb::string_t>(row)), out_);
    case TypeKind::kBinary:
      out_ += '"';
      AppendBase64(View(source.Get<duckdb::string_t>(row)), out_);
      out_ += '"';
      return;
    case TypeKind::kDate:
      return WriteMoment(source.Get<int32_t>(row) * kMicrosPerDay, options_.date_format);
    case TypeKind::kTimestamp:
      return WriteMoment(options_.zone->MicrosToLocal(source.Get<int64_t>(row)),
                         options_.timestamp_format);
    case TypeKind::kTimestampNtz: return WriteMoment(source.Get<int64_t>(row), options_.ntz_format);
    case TypeKind::kYearMonthInterval:
      return AppendJsonText(IntervalToString(source.Get<int32_t>(row), source.type), out_);
    case TypeKind::kDayTimeInterval:
      return AppendJsonText(IntervalToString(source.Get<int64_t>(row), source.type), out_);
    default:
      ThrowSpark("UNSUPPORTED_FEATURE.PYRITE", {{"feature", "JSON of " + source.type.ToSql()}});
  }
}

struct WriteData : duckdb::FunctionData {
  WriteData(DataType given, WriteOptions options)
      : type(std::move(given)), options(std::move(options)) {}
  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<WriteData>(type, options);
  }
  bool Equals(const duckdb::FunctionData&) const override { return false; }

  DataType type;
  WriteOptions options;
};

// (value, its type, options)
duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  DataType type = sql::ParseDataType(input.GetNonNullConstant(1).ToString());
  input.GetBoundFunction().GetArguments()[0] = PhysicalType(type);
  return duckdb::make_uniq<WriteData>(type, ReadOptions(input.GetNonNullConstant(2).ToString()));
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const auto& data =
      state.expr.Cast<duckdb::BoundFunctionExpression>().BindInfo()->Cast<WriteData>();
  ValueSource source(data.type, arguments.data[0]);
  duckdb::FlatVector::SetSize(result, arguments.size());
  auto* out = duckdb::FlatVector::GetDataMutable<duckdb::string_t>(result);
  std::string text;
  Writer writer(data.options, text);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!source.IsValid(row)) {
      duckdb::FlatVector::SetNull(result, row, true);
      continue;
    }
    text.clear();
    writer.Write(source, row);
    out[row] = duckdb::StringVector::AddString(result, text);
  }
}

}  // namespace

void RegisterJsonWriteKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  auto kernel = MakeKernel("spark_to_json", {LogicalType::ANY, text, text}, text, Run, true);
  kernel.SetBindCallback(Bind);
  loader.RegisterFunction(std::move(kernel));
}

}  // namespace pyrite::lower
