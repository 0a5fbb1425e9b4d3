#include "sources/source.h"

#include "base/errors.h"
#include "sources/options.h"
#include "sources/parquet.h"

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
    {"binaryfile", nullptr},
    {"console", nullptr},
    {"csv", nullptr},
    {"image", nullptr},
    {"jdbc", nullptr},
    {"json", nullptr},
    {"kafka", nullptr},
    {"libsvm", nullptr},
    {"noop", nullptr},
    {"orc", nullptr},
    {"rate", nullptr},
    {"socket", nullptr},
    {"text", nullptr},
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

}  // namespace

plan::RelationPtr Resolve(const ReadRequest& request, const Configuration& configuration) {
  std::string name = ShortName(request.format);
  for (const Format& format : kFormats) {
    if (name != format.name) continue;
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
