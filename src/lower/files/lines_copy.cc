#include "lower/files/lines_copy.h"

#include <mutex>

#include "duckdb.hpp"
#include "duckdb/common/types/column/column_data_collection.hpp"
#include "duckdb/function/copy_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "lower/files/guarded.h"
#include "lower/kernels/physical.h"
#include "sources/text/byte_sink.h"
#include "sources/text/byte_source.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;

constexpr size_t kFlushSize = 1 << 20;

struct BindData : public duckdb::FunctionData {
  sources::TextCodec codec{"none", ""};
  std::string line_separator = "\n";
  std::optional<std::string> header;
  std::string charset = "UTF-8";

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<BindData>(*this);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    const auto& that = other.Cast<BindData>();
    return codec.name == that.codec.name && line_separator == that.line_separator &&
           header == that.header && charset == that.charset;
  }
  std::string Encoded(std::string text) const {
    return sources::IsUtf8Charset(charset) ? std::move(text) : sources::FromUtf8(text, charset);
  }
};

struct GlobalData : public duckdb::GlobalFunctionData {
  std::mutex mutex;
  std::unique_ptr<sources::ByteSink> file;
  size_t written = 0;

  void Write(const BindData& bind, std::string lines) {
    std::string bytes = bind.Encoded(std::move(lines));
    std::lock_guard lock(mutex);
    file->Write(bytes);
    written += bytes.size();
  }
};

struct LocalData : public duckdb::LocalFunctionData {
  std::string lines;
};

struct Batch : public duckdb::PreparedBatchData {
  std::string lines;
};

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::ClientContext&,
                                              duckdb::CopyFunctionBindInput& input,
                                              const duckdb::vector<duckdb::Identifier>&,
                                              const duckdb::vector<duckdb::LogicalType>&) {
  auto data = duckdb::make_uniq<BindData>();
  const auto find = [&](const char* name) -> std::optional<std::string> {
    auto option = input.info.options.find(duckdb::Identifier(name));
    if (option == input.info.options.end()) return std::nullopt;
    return option->second[0].ToString();
  };
  if (auto codec = find("codec")) data->codec = sources::FindTextCodec(*codec);
  data->line_separator = find("line_separator").value_or("\n");
  data->header = find("header");
  data->charset = find("charset").value_or("UTF-8");
  return data;
}

duckdb::unique_ptr<duckdb::GlobalFunctionData> InitGlobal(duckdb::ClientContext&,
                                                          duckdb::FunctionData& bind_data,
                                                          const std::string& path) {
  const auto& bind = bind_data.Cast<BindData>();
  auto global = duckdb::make_uniq<GlobalData>();
  Guarded([&] {
    global->file = sources::CreateBytes(path, bind.codec);
    if (bind.header) global->Write(bind, *bind.header + bind.line_separator);
  });
  return global;
}

duckdb::unique_ptr<duckdb::LocalFunctionData> InitLocal(duckdb::ExecutionContext&,
                                                        duckdb::FunctionData&) {
  return duckdb::make_uniq<LocalData>();
}

// NULL is an empty line.
void Append(const BindData& bind, duckdb::DataChunk& chunk, std::string& lines) {
  duckdb::UnifiedVectorFormat format;
  chunk.data[0].ToUnifiedFormat(format);
  const auto* texts = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(format);
  for (idx_t row = 0; row < chunk.size(); ++row) {
    idx_t at = format.sel->get_index(row);
    if (format.validity.RowIsValid(at)) lines += View(texts[at]);
    lines += bind.line_separator;
  }
}

void Flush(const BindData& bind, GlobalData& global, LocalData& local) {
  Guarded([&] { global.Write(bind, std::move(local.lines)); });
  local.lines.clear();
}

void Sink(duckdb::ExecutionContext&, duckdb::FunctionData& bind_data,
          duckdb::GlobalFunctionData& global, duckdb::LocalFunctionData& local_data,
          duckdb::DataChunk& chunk) {
  const auto& bind = bind_data.Cast<BindData>();
  auto& local = local_data.Cast<LocalData>();
  Append(bind, chunk, local.lines);
  if (local.lines.size() > kFlushSize) Flush(bind, global.Cast<GlobalData>(), local);
}

void Combine(duckdb::ExecutionContext&, duckdb::FunctionData& bind,
             duckdb::GlobalFunctionData& global, duckdb::LocalFunctionData& local) {
  Flush(bind.Cast<BindData>(), global.Cast<GlobalData>(), local.Cast<LocalData>());
}

void Finalize(duckdb::ClientContext&, duckdb::FunctionData&, duckdb::GlobalFunctionData& global) {
  Guarded([&] { global.Cast<GlobalData>().file->Close(); });
}

duckdb::CopyFunctionExecutionMode Mode(bool preserve_insertion_order, bool supports_batch_index) {
  using duckdb::CopyFunctionExecutionMode;
  if (!preserve_insertion_order) return CopyFunctionExecutionMode::PARALLEL_COPY_TO_FILE;
  return supports_batch_index ? CopyFunctionExecutionMode::BATCH_COPY_TO_FILE
                              : CopyFunctionExecutionMode::REGULAR_COPY_TO_FILE;
}

duckdb::unique_ptr<duckdb::PreparedBatchData> PrepareBatch(
    duckdb::ClientContext&, duckdb::FunctionData& bind, duckdb::GlobalFunctionData&,
    duckdb::unique_ptr<duckdb::ColumnDataCollection> rows) {
  auto batch = duckdb::make_uniq<Batch>();
  for (auto& chunk : rows->Chunks()) Append(bind.Cast<BindData>(), chunk, batch->lines);
  return batch;
}

void FlushBatch(duckdb::ClientContext&, duckdb::FunctionData& bind,
                duckdb::GlobalFunctionData& global, duckdb::PreparedBatchData& batch) {
  Guarded([&] {
    global.Cast<GlobalData>().Write(bind.Cast<BindData>(), std::move(batch.Cast<Batch>().lines));
  });
}

duckdb::optional_idx DesiredBatchSize(duckdb::ClientContext&, duckdb::FunctionData&) {
  constexpr idx_t kBatchRows = 10 * STANDARD_VECTOR_SIZE;
  return kBatchRows;
}

idx_t FileSize(duckdb::GlobalFunctionData& global) { return global.Cast<GlobalData>().written; }

}  // namespace

void RegisterLinesCopy(duckdb::ExtensionLoader& loader) {
  duckdb::CopyFunction copy{duckdb::Identifier(kLinesFormat)};
  copy.copy_to_bind = Bind;
  copy.copy_to_initialize_global = InitGlobal;
  copy.copy_to_initialize_local = InitLocal;
  copy.copy_to_sink = Sink;
  copy.copy_to_combine = Combine;
  copy.copy_to_finalize = Finalize;
  copy.execution_mode = Mode;
  copy.prepare_batch = PrepareBatch;
  copy.flush_batch = FlushBatch;
  copy.desired_batch_size = DesiredBatchSize;
  copy.file_size_bytes = FileSize;
  copy.extension = "txt";
  loader.RegisterFunction(std::move(copy));
}

}  // namespace pyrite::lower
