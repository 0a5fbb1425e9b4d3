#include "sources/parquet_footer.h"

#include <arrow/io/file.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/schema.h>

#include <mutex>
#include <unordered_map>

#include "base/errors.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

constexpr size_t kMostLayouts = 100'000;

struct RememberedLayout {
  int64_t size;
  int64_t modification_time;
  std::shared_ptr<const ParquetLayout> layout;
};

std::mutex layouts_mutex;
std::unordered_map<std::string, RememberedLayout> layouts;

std::shared_ptr<const ParquetLayout> LayoutOf(const parquet::FileMetaData& footer) {
  auto layout = std::make_shared<ParquetLayout>();
  layout->text = footer.schema()->ToString();
  const auto& root = *footer.schema()->group_node();
  for (int i = 0; i < root.field_count(); ++i) layout->columns.push_back(root.field(i)->name());
  return layout;
}

}  // namespace

std::shared_ptr<parquet::FileMetaData> ReadFooter(const std::string& path) {
  auto file = arrow::io::ReadableFile::Open(path);
  if (!file.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  try {
    return parquet::ReadMetaData(*file);
  } catch (const parquet::ParquetException&) {
    throw errors::CannotReadFileFooter(ToUri(path));
  }
}

std::shared_ptr<const ParquetLayout> ReadLayout(const std::string& path, int64_t size,
                                                int64_t modification_time) {
  {
    std::lock_guard lock(layouts_mutex);
    auto known = layouts.find(path);
    if (known != layouts.end() && known->second.size == size &&
        known->second.modification_time == modification_time) {
      return known->second.layout;
    }
  }
  std::shared_ptr<const ParquetLayout> layout = LayoutOf(*ReadFooter(path));
  std::lock_guard lock(layouts_mutex);
  if (layouts.size() >= kMostLayouts) layouts.clear();
  layouts[path] = {size, modification_time, layout};
  return layout;
}

}  // namespace pyrite::sources
