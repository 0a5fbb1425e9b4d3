#include "lower/files/file_scan_data.h"

#include <algorithm>

#include "lower/files/file_scan.h"
#include "lower/files/guarded.h"
#include "lower/files/row_reader.h"

namespace pyrite::lower {
namespace {

constexpr int64_t kLeastPart = 1 << 20;

}  // namespace

const FileScanData* FileScanOf(const duckdb::LogicalGet& get) {
  if (get.function.GetName() != duckdb::Identifier(kFileScanFunction)) return nullptr;
  return &get.bind_data->Cast<FileScanData>();
}

FileParts PartsFor(const FileScanData& data, int count) {
  if (data.parts) return *data.parts;
  const auto& scan = data.scan->As<plan::FileScan>();
  int64_t bytes = 0;
  for (const plan::ScanFile& file : scan.files) bytes += file.size;
  int64_t size = std::clamp(bytes / count + 1, kLeastPart, sources::kPartSize);
  return Guarded([&] {
    auto format = FindRowFormat(scan.format)(*data.scan, {});
    return sources::CutFiles(scan.files, format->lines(), format->whole_files(), size);
  });
}

int64_t BytesOf(const sources::NumberedPart& part, const plan::Relation& scan) {
  int64_t size = scan.As<plan::FileScan>().files[part.file].size;
  return std::min(part.part.end, size) - std::min(part.part.begin, size);
}

duckdb::unique_ptr<FileScanData> ScanOfParts(const FileScanData& data, const FileParts& parts) {
  plan::FileScan scan = data.scan->As<plan::FileScan>();
  std::vector<plan::ScanFile> files = std::move(scan.files);
  scan.files.clear();
  FileParts numbered = parts;
  for (size_t i = 0; i < parts.size(); ++i) {  // those of a file stand together
    if (i == 0 || parts[i].file != parts[i - 1].file) scan.files.push_back(files[parts[i].file]);
    numbered[i].file = scan.files.size() - 1;
  }
  return duckdb::make_uniq<FileScanData>(plan::MakeRelation(std::move(scan), data.scan->output),
                                         std::move(numbered));
}

}  // namespace pyrite::lower
