#include "lower/files/file_value.h"

#include <memory>
#include <unordered_map>

#include "duckdb/common/serializer/deserializer.hpp"
#include "duckdb/common/serializer/serializer.hpp"
#include "duckdb/common/vector/flat_vector.hpp"
#include "duckdb/common/vector/unified_vector_format.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"

namespace pyrite::lower {
namespace {

constexpr char kFileValueFunction[] = "spark_file_value";

using ValuesByFile = std::unordered_map<std::string, duckdb::Value>;

struct FileValues : duckdb::FunctionData {
  explicit FileValues(std::shared_ptr<const ValuesByFile> values) : values(std::move(values)) {}
  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<FileValues>(values);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    return values == other.Cast<FileValues>().values;
  }

  std::shared_ptr<const ValuesByFile> values;
};

// It goes to the workers of a cluster with the plan.
void Serialize(duckdb::Serializer& serializer, duckdb::optional_ptr<duckdb::FunctionData> bind_data,
               const duckdb::BoundScalarFunction&) {
  duckdb::vector<std::string> names;
  duckdb::vector<duckdb::Value> values;
  for (const auto& [name, value] : *bind_data->Cast<FileValues>().values) {
    names.push_back(name);
    values.push_back(value);
  }
  serializer.WriteProperty(100, "names", names);
  serializer.WriteProperty(101, "values", values);
}

duckdb::unique_ptr<duckdb::FunctionData> Deserialize(duckdb::Deserializer& deserializer,
                                                     duckdb::BoundScalarFunction&) {
  auto names = deserializer.ReadProperty<duckdb::vector<std::string>>(100, "names");
  auto values = deserializer.ReadProperty<duckdb::vector<duckdb::Value>>(101, "values");
  auto table = std::make_shared<ValuesByFile>();
  for (size_t i = 0; i < names.size(); ++i) table->emplace(names[i], std::move(values[i]));
  return duckdb::make_uniq<FileValues>(std::move(table));
}

// The lists move out of the expression: it is copied and evaluated for each file.
duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  auto names = input.GetNonNullConstant(1), values = input.GetNonNullConstant(2);
  auto table = std::make_shared<ValuesByFile>();
  const auto& name_list = duckdb::ListValue::GetChildren(names);
  const auto& value_list = duckdb::ListValue::GetChildren(values);
  for (size_t i = 0; i < name_list.size(); ++i) {
    table->emplace(duckdb::StringValue::Get(name_list[i]), value_list[i]);
  }
  auto& function = input.GetBoundFunction();
  function.SetReturnType(duckdb::ListType::GetChildType(values.type()));
  for (size_t i = 1; i < 3; ++i) {
    function.GetArguments()[i] = duckdb::LogicalType::BOOLEAN;
    input.GetArguments()[i] =
        duckdb::make_uniq<duckdb::BoundConstantExpression>(duckdb::Value::BOOLEAN(true));
  }
  return duckdb::make_uniq<FileValues>(std::move(table));
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
  const auto& data =
      state.expr.Cast<duckdb::BoundFunctionExpression>().BindInfo()->Cast<FileValues>();
  duckdb::idx_t count = arguments.size();
  duckdb::UnifiedVectorFormat format;
  arguments.data[0].ToUnifiedFormat(format);
  const auto* names = format.GetData<duckdb::string_t>();
  const auto find = [&](duckdb::idx_t row) -> const duckdb::Value& {
    return data.values->at(names[format.sel->get_index(row)].GetString());
  };
  if (count == 0) return;
  if (arguments.data[0].GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR) {
    result.Reference(find(0), duckdb::count_t(count));
    return;
  }
  duckdb::FlatVector::SetSize(result, count);
  for (duckdb::idx_t row = 0; row < count; ++row) result.SetValue(row, find(row));
}

}  // namespace

void RegisterFileValue(duckdb::ExtensionLoader& loader) {
  using duckdb::LogicalType;
  duckdb::ScalarFunction function(duckdb::Identifier(kFileValueFunction),
                                  // By any types it is found again once the lists have moved out.
                                  {LogicalType::VARCHAR, LogicalType::ANY, LogicalType::ANY},
                                  LogicalType::ANY, Run);
  function.SetBindCallback(Bind);
  function.SetSerializeCallback(Serialize);
  function.SetDeserializeCallback(Deserialize);
  loader.RegisterFunction(std::move(function));
}

AstExpression MakeFileValue(AstExpression path, const std::vector<const plan::ScanFile*>& files,
                            AstExpressions values) {
  duckdb::vector<duckdb::Value> names;
  for (const plan::ScanFile* file : files) names.emplace_back(file->path);
  return MakeFunction(
      kFileValueFunction, std::move(path),
      MakeValue(duckdb::Value::LIST(duckdb::LogicalType::VARCHAR, std::move(names))),
      MakeFunction("list_value", std::move(values)));
}

}  // namespace pyrite::lower
