#include "stages/exchange_read.h"

#include <arrow/api.h>
#include <arrow/c/bridge.h>

#include "base/errors.h"
#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/table_function_catalog_entry.hpp"
#include "duckdb/common/arrow/arrow_converter.hpp"
#include "duckdb/common/serializer/deserializer.hpp"
#include "duckdb/common/serializer/serializer.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "duckdb/storage/statistics/node_statistics.hpp"
#include "stages/kept_outputs.h"

namespace pyrite::stages {
namespace {

using Types = duckdb::vector<duckdb::LogicalType>;

duckdb::vector<std::string> Names(size_t count) {
  duckdb::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back("c" + std::to_string(i));
  return names;
}

// One slot's rows as DuckDB's Arrow scan wants them.
class SlotRows : public duckdb::ArrowScanFactory {
 public:
  SlotRows(int slot, OpenSlot open, std::shared_ptr<arrow::Schema> schema)
      : slot_(slot), open_(std::move(open)), schema_(std::move(schema)) {}

  void GetSchema(ArrowSchema& schema) override {
    auto status = arrow::ExportSchema(*schema_, &schema);
    if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
  }
  duckdb::unique_ptr<duckdb::ArrowArrayStreamWrapper> ProduceStream(
      duckdb::ArrowStreamParameters&) override {
    auto stream = duckdb::make_uniq<duckdb::ArrowArrayStreamWrapper>();
    auto status =
        arrow::ExportRecordBatchReader(open_(slot_, schema_), &stream->arrow_array_stream);
    if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
    return stream;
  }

 private:
  const int slot_;
  const OpenSlot open_;
  const std::shared_ptr<arrow::Schema> schema_;
};

struct ExchangeData : public duckdb::ArrowScanFunctionData {
  ExchangeData(Input input, int slot, Types types, double rows)
      : ArrowScanFunctionData(nullptr), input(input), slot(slot), rows(rows) {
    all_types = std::move(types);
    projection_pushdown_enabled = false;
  }

  Input input;                              // known to the cut only
  std::shared_ptr<const KeptOutputs> kept;  // until the cut has a stage for them
  int slot;
  double rows;

  duckdb::unique_ptr<FunctionData> Copy() const override {
    auto copy = duckdb::make_uniq<ExchangeData>(input, slot, all_types, rows);
    copy->kept = kept;
    return copy;
  }
  bool Equals(const FunctionData& other) const override { return this == &other; }
};

void Connect(duckdb::ClientContext& context, ExchangeData& data, const OpenSlot& open) {
  auto schema = TravelSchema(context, data.all_types);
  data.factory = duckdb::make_shared_ptr<SlotRows>(data.slot, open, schema);
  data.factory->GetSchema(data.schema_root.arrow_schema);
  duckdb::ArrowTableFunction::PopulateArrowTableSchema(context, data.arrow_table,
                                                       data.schema_root.arrow_schema);
}

// Reads all kept rows, which have no slot.
void ConnectKept(duckdb::ClientContext& context, ExchangeData& data) {
  Connect(context, data, [rows = data.kept](int, const std::shared_ptr<arrow::Schema>& schema) {
    return rows->source()->Open(schema);
  });
}

// Of a table of kept rows: the leaves of fragments are made, not bound.
duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::ClientContext& context,
                                              duckdb::TableFunctionBindInput& input, Types& types,
                                              duckdb::vector<duckdb::Identifier>& names) {
  auto rows = static_cast<const KeptOutputsInfo&>(*input.ref.bind_info).rows;
  types = rows->types();
  for (const auto& name : Names(types.size())) names.emplace_back(name);
  auto data = duckdb::make_uniq<ExchangeData>(Input(), 0, types, static_cast<double>(rows->rows()));
  data->kept = std::move(rows);
  ConnectKept(context, *data);
  return data;
}

// What DuckDB keeps for its own scans.
struct ArrowScan : public duckdb::ArrowTableFunction {
  using ArrowTableFunction::ArrowGetPartitionData;
};

void Serialize(duckdb::Serializer& serializer, duckdb::optional_ptr<duckdb::FunctionData> bind_data,
               const duckdb::BoundTableFunction&) {
  auto& data = bind_data->Cast<ExchangeData>();
  if (data.kept != nullptr) throw errors::Internal("kept rows without a stage cannot travel");
  serializer.WriteProperty(100, "slot", data.slot);
  serializer.WriteProperty(101, "types", data.all_types);
  serializer.WriteProperty(102, "rows", data.rows);
}

duckdb::unique_ptr<duckdb::FunctionData> Deserialize(duckdb::Deserializer& deserializer,
                                                     duckdb::BoundTableFunction&) {
  auto slot = deserializer.ReadProperty<int>(100, "slot");
  auto types = deserializer.ReadProperty<Types>(101, "types");
  auto rows = deserializer.ReadProperty<double>(102, "rows");
  return duckdb::make_uniq<ExchangeData>(Input(), slot, std::move(types), rows);
}

duckdb::unique_ptr<duckdb::NodeStatistics> Cardinality(duckdb::ClientContext&,
                                                       const duckdb::FunctionData* data) {
  return duckdb::make_uniq<duckdb::NodeStatistics>(
      static_cast<duckdb::idx_t>(data->Cast<ExchangeData>().rows));
}

ExchangeData* DataOf(const duckdb::LogicalGet& get) {
  if (get.function.GetName() != duckdb::Identifier(kExchangeFunction)) return nullptr;
  return &get.bind_data->Cast<ExchangeData>();
}

ExchangeData* DataOf(const duckdb::LogicalOperator& op) {
  if (op.type != duckdb::LogicalOperatorType::LOGICAL_GET) return nullptr;
  return DataOf(op.Cast<duckdb::LogicalGet>());
}

void VisitExchanges(duckdb::LogicalOperator& plan,
                    const std::function<void(ExchangeData&)>& visit) {
  if (ExchangeData* data = DataOf(plan)) visit(*data);
  for (auto& child : plan.children) VisitExchanges(*child, visit);
}

}  // namespace

duckdb::ClientProperties TravelProperties(duckdb::ClientContext& context) {
  duckdb::ClientProperties properties = context.GetClientProperties();
  // So each type goes as plain values of its own width; HUGEINT as the digits of a decimal.
  properties.arrow_lossless_conversion = false;
  return properties;
}

std::shared_ptr<arrow::Schema> TravelSchema(duckdb::ClientContext& context, const Types& types) {
  ArrowSchema exported;
  auto properties = TravelProperties(context);
  duckdb::ArrowConverter::ToArrowSchema(&exported, types, Names(types.size()), properties);
  auto schema = arrow::ImportSchema(&exported);
  if (!schema.ok()) throw errors::Internal("Arrow: " + schema.status().ToString());
  return *schema;
}

duckdb::unique_ptr<duckdb::LogicalGet> MakeExchangeRead(duckdb::ClientContext& context,
                                                        duckdb::TableIndex table, Input input,
                                                        const Types& types, double estimated_rows) {
  auto& entry =
      duckdb::Catalog::GetSystemCatalog(context).GetEntry<duckdb::TableFunctionCatalogEntry>(
          context, duckdb::QualifiedName(duckdb::Identifier(SYSTEM_CATALOG),
                                         duckdb::Identifier::DefaultSchema(),
                                         duckdb::Identifier(kExchangeFunction)));
  duckdb::vector<duckdb::Identifier> names;
  for (const auto& name : Names(types.size())) names.emplace_back(name);
  auto get = duckdb::make_uniq<duckdb::LogicalGet>(
      table, duckdb::BoundTableFunction(entry.functions.GetFunctionByOffset(0)),
      duckdb::make_uniq<ExchangeData>(input, 0, types, estimated_rows), types, std::move(names));
  for (duckdb::idx_t i = 0; i < types.size(); ++i) get->AddColumnId(i);
  get->SetEstimatedCardinality(static_cast<duckdb::idx_t>(estimated_rows));
  get->ResolveOperatorTypes();
  return get;
}

std::shared_ptr<const KeptOutputs> KeptIn(const duckdb::LogicalGet& get) {
  const ExchangeData* data = DataOf(get);
  return data == nullptr ? nullptr : data->kept;
}

void SetInput(duckdb::LogicalGet& get, Input input) {
  ExchangeData* data = DataOf(get);
  data->input = std::move(input);
  data->kept.reset();
  get.bind_info.reset();
}

void SetRows(duckdb::LogicalGet& get, double rows) {
  DataOf(get)->rows = rows;
  get.SetEstimatedCardinality(static_cast<duckdb::idx_t>(rows));
}

std::vector<Input> NumberSlots(duckdb::LogicalOperator& plan) {
  std::vector<Input> inputs;
  VisitExchanges(plan, [&](ExchangeData& data) {
    data.slot = static_cast<int>(inputs.size());
    inputs.push_back(data.input);
  });
  return inputs;
}

std::optional<int> SlotOf(const duckdb::LogicalOperator& op) {
  const ExchangeData* data = DataOf(op);
  if (data == nullptr) return std::nullopt;
  return data->slot;
}

void ConnectSlots(duckdb::ClientContext& context, duckdb::LogicalOperator& plan,
                  const OpenSlot& open) {
  VisitExchanges(plan, [&](ExchangeData& data) { Connect(context, data, open); });
}

void RegisterExchangeRead(duckdb::DatabaseInstance& database) {
  duckdb::TableFunction function(duckdb::Identifier(kExchangeFunction), Types(),
                                 duckdb::ArrowTableFunction::ArrowScanFunction, Bind,
                                 duckdb::ArrowTableFunction::ArrowScanInitGlobal,
                                 duckdb::ArrowTableFunction::ArrowScanInitLocal);
  function.serialize = Serialize;
  function.deserialize = Deserialize;
  function.cardinality = Cardinality;
  function.get_partition_data = ArrowScan::ArrowGetPartitionData;
  function.projection_pushdown = false;
  duckdb::ExtensionLoader loader(database, "pyrite");
  loader.RegisterFunction(function);
}

}  // namespace pyrite::stages
