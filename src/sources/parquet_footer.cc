#include "sources/parquet_footer.h"

#include <arrow/io/file.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>

#include "base/errors.h"
#include "sources/path.h"

namespace pyrite::sources {

std::shared_ptr<parquet::FileMetaData> ReadFooter(const std::string& path) {
  auto file = arrow::io::ReadableFile::Open(path);
  if (!file.ok()) throw errors::CannotReadFileFooter(ToUri(path));
  try {
    return parquet::ReadMetaData(*file);
  } catch (const parquet::ParquetException&) {
    throw errors::CannotReadFileFooter(ToUri(path));
  }
}

}  // namespace pyrite::sources
