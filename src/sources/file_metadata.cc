#include "sources/file_metadata.h"

#include "sources/path.h"

namespace pyrite::sources {

namespace {

// As java.net.URI quotes the characters of a path: "a b%" is "a%20b%25".
std::string EncodeUriPath(std::string_view path) {
  constexpr std::string_view kQuoted = " \"#%<>?[\\]^`{|}\x7f";
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char c : path) {
    unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || kQuoted.find(c) != std::string_view::npos) {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

bool ShowsMetadata(const plan::Relation& scan) {
  const auto& node = scan.As<plan::FileScan>();
  size_t known = node.file_column_names.size() + node.partition_column_count;
  return scan.output.size() - (node.has_places ? 1 : 0) > known;
}

DataType MetadataType(const std::string& format) {
  Schema fields = {{"file_path", DataType::String(), false, ""},
                   {"file_name", DataType::String(), false, ""},
                   {"file_size", DataType::Long(), false, ""},
                   {"file_block_start", DataType::Long(), false, ""},
                   {"file_block_length", DataType::Long(), false, ""},
                   {"file_modification_time", DataType::Timestamp(), false, ""}};
  if (format == "parquet") fields.push_back({"row_index", DataType::Long(), false, ""});
  return DataType::Struct(std::move(fields));
}

Values MetadataOf(const plan::ScanFile& file) {
  int64_t millisecond = 1000;
  return {Value("file:" + EncodeUriPath(file.path)),
          Value(EncodeUriPath(BaseName(file.path))),
          Value(file.size),
          Value(int64_t{0}),
          Value(file.size),
          Value(file.modification_time / millisecond * millisecond)};
}

}  // namespace pyrite::sources
