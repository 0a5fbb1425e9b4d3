#include "lower/files/orc_scan.h"

#include <arrow/c/bridge.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include "base/errors.h"
#include "duckdb/function/table/arrow.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/constant.h"
#include "lower/select.h"
#include "lower/type.h"
#include "sources/orc/orc_stream.h"

namespace pyrite::lower {
namespace {

constexpr char kOrcAlias[] = "orc";

class OrcFactory : public duckdb::ArrowScanFactory {
 public:
  explicit OrcFactory(sources::OrcColumns columns) : columns_(std::move(columns)) {}

  void GetSchema(ArrowSchema& schema) override {
    Check(arrow::ExportSchema(*columns_.schema, &schema));
  }
  duckdb::unique_ptr<duckdb::ArrowArrayStreamWrapper> ProduceStream(
      duckdb::ArrowStreamParameters&) override {
    auto stream = duckdb::make_uniq<duckdb::ArrowArrayStreamWrapper>();
    Check(arrow::ExportRecordBatchReader(columns_.Read(), &stream->arrow_array_stream));
    return stream;
  }

 private:
  static void Check(const arrow::Status& status) {
    if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
  }

  sources::OrcColumns columns_;
};

// Names of one's own: those of the files may repeat but for their case.
std::string PlaceName(size_t place) { return "c" + std::to_string(place); }

}  // namespace

AstQuery ReadOrc(const plan::Relation& relation, const std::vector<const plan::ScanFile*>& files) {
  const auto& scan = relation.As<plan::FileScan>();
  std::vector<std::string> paths;
  for (const plan::ScanFile* file : files) paths.push_back(file->path);
  std::vector<std::string> names = scan.file_column_names;
  sources::OrcColumns columns = sources::OpenOrc(paths, names, false);
  if (columns.schema->num_fields() == 0) {  // the rows are what their first column says
    Schema all = sources::ReadOrcSchema(paths.at(0));
    if (!all.empty()) columns = sources::OpenOrc(paths, {all[0].name}, true);
    columns.places.assign(names.size(), std::nullopt);
  }
  duckdb::vector<duckdb::Identifier> places;
  for (int i = 0; i < columns.schema->num_fields(); ++i) {
    places.emplace_back(PlaceName(static_cast<size_t>(i)));
  }
  std::vector<std::optional<size_t>> found = columns.places;
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  // Not arrow_scan: it would expect the factory to apply filters.
  table->function = MakeFunction("arrow_scan_dumb", AstExpressions());
  table->bind_info = duckdb::make_shared_ptr<OrcFactory>(std::move(columns));
  table->alias = duckdb::Identifier(kOrcAlias);
  table->column_name_alias = std::move(places);
  Select select(std::move(table));
  AstExpressions items;
  for (size_t i = 0; i < relation.output.size(); ++i) {
    const plan::Column& column = relation.output[i];
    AstExpression item;
    if (i >= names.size()) {
      item = LowerConstant(files.front()->partition_values[i - names.size()], column.type);
    } else if (found[i]) {
      item = duckdb::make_uniq<duckdb::ColumnRefExpression>(
          duckdb::Identifier(PlaceName(*found[i])), duckdb::Identifier(kOrcAlias));
      item = MakeAstCast(std::move(item), PhysicalType(column.type));
    } else {
      item = LowerConstant(Value(), column.type);
    }
    items.push_back(Named(std::move(item), column.id));
  }
  if (items.empty()) items.push_back(duckdb::ConstantExpression::Boolean(true));
  select.Items(std::move(items));
  return std::move(select).IntoQuery();
}

}  // namespace pyrite::lower
