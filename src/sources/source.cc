#include "sources/source.h"

#include "base/errors.h"
#include "sources/csv/csv.h"
#include "sources/json/json.h"
#include "sources/options.h"
#include "sources/orc/orc.h"
#include "sources/parquet.h"
#include "sources/text/text.h"
#include "sources/write_checks.h"

namespace pyrite::sources {
namespace {

struct Format {
  const char* name;
  plan::RelationPtr (*resolve)(const ReadRequest&, const Configuration&);  // null: not there yet
};

// Every format that Spark brings along, by its short name.
constexpr Format kFormats[] = {
    {"parquet", ResolveParquet},
    {"avro", nullptr},
    {"binaryfile", ResolveBinaryFile},
    {"console", nullptr},
    {"csv", ResolveCsv},
    {"image", nullptr},
    {"jdbc", nullptr},
    {"json", ResolveJson},
    {"kafka", nullptr},
    {"libsvm", nullptr},
    {"noop", nullptr},
    {"orc", ResolveOrc},
    {"rate", nullptr},
    {"socket", nullptr},
    {"text", ResolveText},
    {"xml", nullptr},
};

// Programs may name a format by the class that implements it.
std::string ShortName(const std::string& format) {
  std::string name = ToLower(format);
  constexpr std::string_view kPackage = "org.apache.spark.sql.";
  if (!name.starts_with(kPackage)) return name;
  for (const Format& known : kFormats) {
    std::string suffix = known.name;
    if (name == std::string(kPackage) + suffix || name.ends_with("." + suffix + "fileformat") ||
        name.ends_with("." + suffix + ".defaultsource") ||
        name.ends_with(".datasources." + suffix)) {
      return suffix;
    }
  }
  return name;
}

bool HasChar(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kChar:
    case TypeKind::kVarchar: return true;
    case TypeKind::kArray: return HasChar(type.element());
    case TypeKind::kMap: return HasChar(type.key()) || HasChar(type.value());
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) {
        if (HasChar(field.type)) return true;
      }
      return false;
    default: return false;
  }
}

}  // namespace

void CheckForeignFormat(const std::string& format, const Options& options) {
  if (format == "xml" && options.Find("rowTag").value_or("").empty()) {
    throw SparkError("XML_ROW_TAG_MISSING", {{"rowTag", "`rowTag`"}});
  }
  if (format == "jdbc" && !options.Find("url")) {
    throw errors::IllegalArgument("requirement failed: Option 'url' is required.");
  }
}

plan::RelationPtr Resolve(const ReadRequest& request, const Configuration& configuration) {
  if (request.schema && HasChar(*request.schema)) {
    throw SparkError("UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING", {});
  }
  std::string name = ShortName(request.format);
  for (const Format& format : kFormats) {
    if (name != format.name) continue;
    if (name == "avro") {
      throw SparkError("_LEGACY_ERROR_TEMP_1139", {{"provider", request.format}});
    }
    if (name == "kafka") throw SparkError("_LEGACY_ERROR_TEMP_1140", {{"provider", name}});
    if (name == "rate") throw SparkError("_LEGACY_ERROR_TEMP_1135", {{"className", name}});
    CheckForeignFormat(name, Options(request.options));
    if (format.resolve == nullptr) {
      throw errors::UnsupportedFeature("reading the format " + request.format);
    }
    ReadRequest named = request;
    named.format = name;
    return format.resolve(named, configuration);
  }
  throw errors::DataSourceNotFound(request.format);
}

}  // namespace pyrite::sources
