#include "lower/files/file_scan.h"

#include <atomic>
#include <numeric>

#include "duckdb/execution/partition_info.hpp"
#include "duckdb/function/table_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "duckdb/storage/statistics/node_statistics.hpp"
#include "lower/ast.h"
#include "lower/files/file_scan_data.h"
#include "lower/files/guarded.h"
#include "lower/files/prune_files.h"
#include "lower/files/row_reader.h"
#include "lower/type.h"
#include "sources/options.h"

namespace pyrite::lower {
namespace {

using duckdb::ClientContext;
using duckdb::idx_t;

struct GlobalState : public duckdb::GlobalTableFunctionState {
  plan::RelationPtr relation;
  std::unique_ptr<RowFormat> format;
  FileParts parts;
  std::vector<idx_t> file_outputs;  // columns of the chunk that come from the files
  // Columns of the chunk that are the same in all rows of a file, and which of the scan's.
  std::vector<std::pair<idx_t, size_t>> constant_outputs;
  std::atomic<size_t> next_part{0};
  bool ignores_corrupt = false;
  bool ignores_missing = false;

  idx_t MaxThreads() const override { return std::max<idx_t>(parts.size(), 1); }
};

struct LocalState : public duckdb::LocalTableFunctionState {
  std::unique_ptr<RowReader> reader;
  size_t part = 0;
};

const plan::FileScan& ScanOf(const plan::Relation& relation) {
  return relation.As<plan::FileScan>();
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(ClientContext&, duckdb::TableFunctionBindInput& input,
                                              duckdb::vector<duckdb::LogicalType>& types,
                                              duckdb::vector<duckdb::Identifier>& names) {
  auto data =
      duckdb::make_uniq<FileScanData>(static_cast<const FileScanInfo&>(*input.ref.bind_info).scan);
  for (const plan::Column& column : data->scan->output) {
    types.push_back(PhysicalType(column.type));
    names.push_back(ColumnName(column.id));
  }
  return data;
}

duckdb::unique_ptr<duckdb::GlobalTableFunctionState> InitGlobal(
    ClientContext&, duckdb::TableFunctionInitInput& input) {
  auto state = duckdb::make_uniq<GlobalState>();
  const auto& data = input.bind_data->Cast<FileScanData>();
  state->relation = data.scan;
  const plan::FileScan& scan = ScanOf(*state->relation);
  size_t file_columns = scan.file_column_names.size();
  std::vector<size_t> wanted;
  for (idx_t i = 0; i < input.column_ids.size(); ++i) {
    duckdb::column_t column = input.column_ids[i];
    if (duckdb::IsVirtualColumn(column)) continue;
    if (column < file_columns) {
      wanted.push_back(column);
      state->file_outputs.push_back(i);
    } else {
      state->constant_outputs.emplace_back(i, column);
    }
  }
  sources::Options options(scan.options);
  Guarded([&] {
    state->ignores_corrupt = options.FindBool("ignoreCorruptFiles").value_or(false);
    state->ignores_missing = options.FindBool("ignoreMissingFiles").value_or(false);
    state->format = FindRowFormat(scan.format)(*state->relation, wanted);
    state->parts = data.parts ? *data.parts
                              : sources::CutFiles(scan.files, state->format->lines(),
                                                  state->format->whole_files());
  });
  return state;
}

duckdb::unique_ptr<duckdb::LocalTableFunctionState> InitLocal(duckdb::ExecutionContext&,
                                                              duckdb::TableFunctionInitInput&,
                                                              duckdb::GlobalTableFunctionState*) {
  return duckdb::make_uniq<LocalState>();
}

// False: no part is left.
bool OpenNext(ClientContext& context, GlobalState& global, LocalState& local) {
  local.part = global.next_part++;
  if (local.part >= global.parts.size()) return false;
  const sources::NumberedPart& next = global.parts[local.part];
  local.reader = global.format->Open(context, next.part, ScanOf(*global.relation).files[next.file]);
  return true;
}

void SetConstantColumns(const GlobalState& global, size_t part, idx_t count,
                        duckdb::DataChunk& output) {
  const plan::ScanFile& file = ScanOf(*global.relation).files[global.parts[part].file];
  for (auto [place, column] : global.constant_outputs) {
    output.data[place].Reference(FileConstant(*global.relation, file, column),
                                 duckdb::count_t(count));
  }
}

// Whether the rest of the file may be left out.
bool IsIgnored(const GlobalState& global, const SparkError& error) {
  if (error.condition() == "FAILED_READ_FILE.FILE_NOT_EXIST") return global.ignores_missing;
  return global.ignores_corrupt && error.condition().starts_with("FAILED_READ_FILE");
}

void Run(ClientContext& context, duckdb::TableFunctionInput& input, duckdb::DataChunk& output) {
  auto& global = input.global_state->Cast<GlobalState>();
  auto& local = input.local_state->Cast<LocalState>();
  std::vector<duckdb::Vector*> columns;
  for (idx_t place : global.file_outputs) columns.push_back(&output.data[place]);
  idx_t count = Guarded([&] {
    for (;;) {
      try {
        if (local.reader == nullptr && !OpenNext(context, global, local)) return idx_t{0};
        if (idx_t rows = local.reader->Read(columns)) return rows;
      } catch (const SparkError& error) {
        if (!IsIgnored(global, error)) throw;
      }
      local.reader.reset();
    }
  });
  if (count > 0) SetConstantColumns(global, local.part, count, output);
  output.SetChildCardinality(count);
}

duckdb::OperatorPartitionData PartitionOf(ClientContext&,
                                          duckdb::TableFunctionGetPartitionInput& input) {
  return duckdb::OperatorPartitionData(input.local_state->Cast<LocalState>().part);
}

double Progress(ClientContext&, const duckdb::FunctionData*,
                const duckdb::GlobalTableFunctionState* state) {
  const auto& global = state->Cast<GlobalState>();
  if (global.parts.empty()) return 100;
  double done = static_cast<double>(std::min(global.next_part.load(), global.parts.size()));
  return 100 * done / static_cast<double>(global.parts.size());
}

// A guess by size: what a value takes in text.
duckdb::unique_ptr<duckdb::NodeStatistics> Cardinality(ClientContext&,
                                                       const duckdb::FunctionData* data) {
  constexpr int64_t kBytesPerValue = 10;
  const plan::Relation& relation = *data->Cast<FileScanData>().scan;
  int64_t bytes = 0;
  for (const plan::ScanFile& file : ScanOf(relation).files) bytes += file.size;
  int64_t width = std::max<int64_t>(static_cast<int64_t>(relation.output.size()), 1);
  return duckdb::make_uniq<duckdb::NodeStatistics>(
      static_cast<idx_t>(bytes / (kBytesPerValue * width) + 1));
}

void PushDownFilters(ClientContext& context, duckdb::LogicalGet& get, duckdb::FunctionData* data,
                     duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& filters) {
  auto& bound = data->Cast<FileScanData>();
  bound.scan = PruneFiles(context, get, bound.scan, filters);
}

// What COUNT(*) reads: no column at all.
duckdb::virtual_column_map_t VirtualColumns(ClientContext&,
                                            duckdb::optional_ptr<duckdb::FunctionData>) {
  duckdb::virtual_column_map_t columns;
  columns.insert({duckdb::COLUMN_IDENTIFIER_EMPTY,
                  duckdb::TableColumn(duckdb::Identifier(), duckdb::LogicalType::BOOLEAN)});
  return columns;
}

}  // namespace

MakeRowFormat FindRowFormat(const std::string& format) {
  if (format == "csv") return MakeCsvFormat;
  if (format == "json") return MakeJsonFormat;
  if (format == "text") return MakeTextFormat;
  if (format == "binaryfile") return MakeBinaryFileFormat;
  if (format == "orc") return MakeOrcFormat;
  return nullptr;
}

void RegisterFileScan(duckdb::ExtensionLoader& loader) {
  duckdb::TableFunction scan(duckdb::Identifier(kFileScanFunction),
                             duckdb::vector<duckdb::LogicalType>(), Run, Bind, InitGlobal,
                             InitLocal);
  scan.projection_pushdown = true;
  scan.get_partition_data = PartitionOf;
  scan.table_scan_progress = Progress;
  scan.cardinality = Cardinality;
  scan.get_virtual_columns = VirtualColumns;
  scan.pushdown_complex_filter = PushDownFilters;
  scan.serialize = SerializeFileScan;
  scan.deserialize = DeserializeFileScan;
  loader.RegisterFunction(scan);
}

}  // namespace pyrite::lower
