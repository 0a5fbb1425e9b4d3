#include "sources/stream.h"

#include <charconv>

#include "base/errors.h"
#include "base/text/interval_text.h"
#include "plan/stream_scan.h"
#include "sources/disk.h"
#include "sources/path.h"

namespace pyrite::sources {
namespace {

bool IsRate(const std::string& format) { return format == "rate" || format == "rate-micro-batch"; }

bool IsFiles(const std::string& format) {
  return format == "parquet" || format == "csv" || format == "json" || format == "orc" ||
         format == "text";
}

plan::Columns UnderNewIds(plan::Columns columns) {
  for (plan::Column& column : columns) column.id = plan::NextColumnId();
  return columns;
}

[[noreturn]] void RaiseInvalid(const std::string& text, const std::string& option,
                               const char* must) {
  throw errors::IllegalArgument("Invalid value '" + text + "'. The option '" + option + "' must " +
                                must);
}

std::optional<int64_t> FindLong(const Options& options, const std::string& name) {
  std::optional<std::string> text = options.Find(name);
  if (!text) return std::nullopt;
  int64_t value = 0;
  auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || stop != text->data() + text->size()) {
    throw SparkError("", "", "java.lang.NumberFormatException",
                     "For input string: \"" + *text + "\"");
  }
  return value;
}

int64_t Positive(const Options& options, const std::string& name, int64_t otherwise) {
  int64_t value = FindLong(options, name).value_or(otherwise);
  if (value <= 0) RaiseInvalid(std::to_string(value), name, "be positive");
  return value;
}

int64_t RampUpSeconds(const Options& options) {
  std::string text = options.Find("rampUpTime").value_or("0s");
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) text += "s";
  if (text.ends_with("s") && text.size() > 1 && std::isdigit(text[text.size() - 2])) {
    text = text.substr(0, text.size() - 1) + " seconds";
  }
  CalendarInterval interval = ReadCalendarInterval(text);
  int64_t seconds = interval.days * 86'400LL + interval.microseconds / 1'000'000;
  if (seconds < 0) RaiseInvalid(text, "rampUpTime", "not be negative");
  return seconds;
}

// A pattern that only the path itself matches.
std::string AsPattern(const std::string& path) {
  std::string pattern;
  for (char c : path) {
    if (std::string_view("*?[]{}\\").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

plan::RelationPtr ResolveRate(const ReadRequest& request) {
  if (request.schema) {
    throw SparkError("_LEGACY_ERROR_TEMP_2242", {{"provider", request.format}});
  }
  ReadRateOptions(request.format, request.options);
  plan::Columns columns = {{0, "timestamp", DataType::Timestamp(), true, ""},
                           {0, "value", DataType::Long(), true, ""}};
  return plan::MakeStreamScan(request.format, request.options, {}, UnderNewIds(std::move(columns)));
}

plan::RelationPtr ResolveFiles(const ReadRequest& request, const Configuration& configuration) {
  std::vector<std::string> paths = request.paths;
  if (std::optional<std::string> path = Options(request.options).Find("path")) {
    paths.push_back(*path);
  }
  if (paths.empty()) {
    throw SparkError("_LEGACY_ERROR_TEMP_2047", "",
                     "org.apache.spark.SparkIllegalArgumentException", "'path' is not specified.");
  }
  bool infers = configuration.GetBool("spark.sql.streaming.schemaInference");
  if (!request.schema && request.format != "text" && !infers) {
    throw SparkError("_LEGACY_ERROR_TEMP_2048", {});
  }
  std::string cleaning = ToLower(Options(request.options).Find("cleanSource").value_or("off"));
  if (cleaning != "off") throw errors::UnsupportedFeature("cleanSource=" + cleaning);
  plan::RelationPtr now = Resolve(request, configuration);
  return plan::MakeStreamScan(request.format, request.options, std::move(paths),
                              UnderNewIds(now->output));
}

}  // namespace

RateOptions ReadRateOptions(const std::string& format, const plan::Options& given) {
  Options options(given);
  RateOptions rate;
  Positive(options, "numPartitions", 1);
  if (format == "rate") {
    rate.rows = Positive(options, "rowsPerSecond", 1);
    rate.ramp_up_seconds = RampUpSeconds(options);
    return rate;
  }
  rate.rows = FindLong(options, "rowsPerBatch").value_or(0);
  if (rate.rows <= 0) RaiseInvalid(std::to_string(rate.rows), "rowsPerBatch", "be positive");
  rate.start_millis = FindLong(options, "startTimestamp").value_or(0);
  if (rate.start_millis < 0) {
    RaiseInvalid(std::to_string(rate.start_millis), "startTimestamp", "be non-negative");
  }
  rate.advance_millis = FindLong(options, "advanceMillisPerBatch").value_or(1000);
  if (rate.advance_millis < 0) {
    RaiseInvalid(std::to_string(rate.advance_millis), "advanceMillisPerBatch", "be non-negative");
  }
  return rate;
}

plan::RelationPtr ResolveStream(const ReadRequest& request, const Configuration& configuration) {
  ReadRequest named = request;
  named.format = ToLower(request.format);
  named.shows_metadata = false;
  if (IsRate(named.format)) return ResolveRate(named);
  if (IsFiles(named.format)) return ResolveFiles(named, configuration);
  Resolve(named, configuration);  // raises for formats that nobody knows
  throw errors::UnsupportedFeature("a stream of the format " + request.format);
}

plan::RelationPtr ResolveStreamFiles(const plan::Relation& stream,
                                     const std::vector<std::string>& files,
                                     const Configuration& configuration) {
  const plan::FileScan& scan = *plan::AsStreamScan(stream);
  ReadRequest request;
  request.format = plan::StreamFormat(scan);
  for (const std::string& file : files) request.paths.push_back(AsPattern(file));
  for (const auto& option : scan.options) {
    if (!EqualsIgnoreCase(option.first, "path")) request.options.push_back(option);
  }
  if (scan.root_paths.size() == 1 && !Options(scan.options).Find("basePath")) {
    std::string root = ToLocalPath(scan.root_paths[0]);
    if (IsFolder(root)) request.options.emplace_back("basePath", root);
  }
  std::vector<StructField> fields;
  for (const plan::Column& column : stream.output) {
    fields.push_back({column.name, column.type, true, column.metadata});
  }
  request.schema = DataType::Struct(std::move(fields));
  plan::RelationPtr found = Resolve(request, configuration);
  plan::NamedExpressions items;
  for (const plan::Column& wanted : stream.output) {
    for (const plan::Column& column : found->output) {
      if (column.name == wanted.name) items.push_back({wanted, plan::MakeRef(column)});
    }
  }
  if (items.size() != stream.output.size()) {
    throw errors::Internal("the files of a stream have other columns than the stream");
  }
  return plan::MakeProject(std::move(found), std::move(items));
}

}  // namespace pyrite::sources
