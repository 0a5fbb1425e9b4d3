// Files that appear below a path, each read once.
#include <algorithm>
#include <charconv>
#include <sstream>
#include <unordered_map>

#include "base/errors.h"
#include "base/json.h"
#include "plan/stream_scan.h"
#include "session/rows.h"
#include "sources/file_table.h"
#include "sources/options.h"
#include "sources/path.h"
#include "sources/stream.h"
#include "streaming/source.h"

namespace pyrite::streaming {
namespace {

constexpr char kVersion[] = "v1";
constexpr int64_t kMicrosPerMilli = 1000;

std::optional<int64_t> NumberIn(std::string_view text) {
  int64_t value = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool whole = error == std::errc() && stop == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

int64_t MaxFiles(const sources::Options& options) {
  std::optional<std::string> text = options.Find("maxFilesPerTrigger");
  if (!text) return 0;
  std::optional<int64_t> files = NumberIn(*text);
  if (files && *files > 0) return *files;
  throw errors::IllegalArgument("Invalid value '" + *text +
                                "' for option 'maxFilesPerTrigger', must be a positive integer");
}

// "7d", "12h", "30min", "1500": in milliseconds.
int64_t MaxAgeMillis(const sources::Options& options) {
  std::string text = sources::ToLower(options.Find("maxFileAge").value_or("7d"));
  size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::optional<int64_t> number = NumberIn(std::string_view(text).substr(0, digits));
  static const std::unordered_map<std::string, int64_t> kUnits = {
      {"", 1},         {"ms", 1},        {"s", 1000},      {"m", 60'000},
      {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  auto unit = kUnits.find(text.substr(digits));
  if (number && unit != kUnits.end()) return *number * unit->second;
  throw errors::IllegalArgument("Invalid value '" + text + "' for option 'maxFileAge'");
}

int64_t BatchOf(const Offset& offset) {
  if (!offset) return -1;
  Json json = ParseJson(*offset);
  const Json* number = json.Find("logOffset");
  return NumberIn(number == nullptr ? "" : number->text).value_or(-1);
}

// Which files were read, by path or by name; old ones are forgotten, and no longer read either.
class SeenFiles {
 public:
  SeenFiles(int64_t max_age_millis, bool names_only)
      : max_age_(max_age_millis), names_only_(names_only) {}

  bool IsNew(const plan::ScanFile& file) const {
    return MillisOf(file) >= forgotten_before_ && !seen_.contains(KeyOf(file.path));
  }
  void Add(const std::string& path, int64_t millis) {
    seen_[KeyOf(path)] = millis;
    latest_ = std::max(latest_, millis);
  }
  void Forget() {
    forgotten_before_ = std::max(forgotten_before_, latest_ - max_age_);
    std::erase_if(seen_, [&](const auto& entry) { return entry.second < forgotten_before_; });
  }
  static int64_t MillisOf(const plan::ScanFile& file) {
    return file.modification_time / kMicrosPerMilli;
  }

 private:
  std::string KeyOf(const std::string& path) const {
    return names_only_ ? std::string(sources::BaseName(path)) : path;
  }

  const int64_t max_age_;
  const bool names_only_;
  std::unordered_map<std::string, int64_t> seen_;
  int64_t latest_ = 0;
  int64_t forgotten_before_ = 0;
};

class FileSource : public Source {
 public:
  FileSource(const plan::RelationPtr& scan, const std::string& log_folder,
             const Configuration& configuration)
      : configuration_(configuration),
        log_(log_folder),
        options_(plan::AsStreamScan(*scan)->options),
        max_files_(MaxFiles(sources::Options(options_))),
        latest_first_(sources::Options(options_).FindBool("latestFirst").value_or(false)),
        seen_(AgeOf(), sources::Options(options_).FindBool("fileNameOnly").value_or(false)) {
    request_.format = plan::StreamFormat(*plan::AsStreamScan(*scan));
    request_.paths = plan::AsStreamScan(*scan)->root_paths;
    for (const auto& option : options_) {
      if (!sources::EqualsIgnoreCase(option.first, "path")) request_.options.push_back(option);
    }
    request_.schema = DataType::Struct(plan::SchemaOf(*scan));
    request_.may_be_missing = true;
    for (int64_t batch = 0; log_.Find(batch); ++batch) {
      for (const Entry& entry : EntriesOf(batch)) seen_.Add(entry.path, entry.millis);
    }
    seen_.Forget();
  }

  std::string description() const override {
    return "FileStreamSource[" + sources::ToUri(sources::ToLocalPath(request_.paths[0])) + "]";
  }

  Offset Next(const Offset&, Portion portion) override {
    std::vector<plan::ScanFile> files = NewFiles();
    if (portion == Portion::kAsSource && max_files_ > 0 &&
        files.size() > static_cast<size_t>(max_files_)) {
      files.resize(static_cast<size_t>(max_files_));
    }
    int64_t last = log_.Last().value_or(-1);
    if (!files.empty()) Note(++last, files);
    if (last < 0) return std::nullopt;
    return "{\"logOffset\":" + std::to_string(last) + "}";
  }

  Batch Between(const Offset& start, const Offset& end, const plan::Relation& scan) override {
    std::vector<std::string> files;
    for (int64_t batch = BatchOf(start) + 1; batch <= BatchOf(end); ++batch) {
      for (const Entry& entry : EntriesOf(batch)) files.push_back(entry.path);
    }
    if (files.empty()) return {session::NoRowsOf(scan.output), 0};
    return {sources::ResolveStreamFiles(scan, files, configuration_), std::nullopt};
  }

  void Freeze() override { frozen_ = NewFiles(); }

 private:
  struct Entry {
    std::string path;
    int64_t millis = 0;
  };

  // Of the newest files first there may always be older ones that wait.
  int64_t AgeOf() const {
    return latest_first_ && max_files_ > 0 ? INT64_MAX / 2
                                           : MaxAgeMillis(sources::Options(options_));
  }

  // Oldest first, unless asked otherwise.
  std::vector<plan::ScanFile> NewFiles() const {
    std::vector<plan::ScanFile> files =
        frozen_ ? *frozen_ : sources::OpenFileTable(request_, configuration_).data_files;
    std::erase_if(files, [&](const plan::ScanFile& file) { return !seen_.IsNew(file); });
    std::sort(files.begin(), files.end(), [&](const auto& left, const auto& right) {
      if (left.modification_time == right.modification_time) return left.path < right.path;
      return (left.modification_time < right.modification_time) != latest_first_;
    });
    return files;
  }

  void Note(int64_t batch, const std::vector<plan::ScanFile>& files) {
    std::string text = kVersion;
    for (const plan::ScanFile& file : files) {
      text += "\n{\"path\":" + QuoteJson("file://" + file.path) +
              ",\"timestamp\":" + std::to_string(SeenFiles::MillisOf(file)) +
              ",\"batchId\":" + std::to_string(batch) + "}";
    }
    if (!log_.Add(batch, text)) {
      throw SparkError("CONCURRENT_STREAM_LOG_UPDATE", {{"batchId", std::to_string(batch)}});
    }
    for (const plan::ScanFile& file : files) seen_.Add(file.path, SeenFiles::MillisOf(file));
    seen_.Forget();
  }

  std::vector<Entry> EntriesOf(int64_t batch) const {
    std::istringstream text(log_.Find(batch).value_or(""));
    std::vector<Entry> entries;
    std::string line;
    std::getline(text, line);  // the version
    while (std::getline(text, line)) {
      Json json = ParseJson(line);
      const Json* path = json.Find("path");
      const Json* millis = json.Find("timestamp");
      if (path == nullptr || millis == nullptr) continue;
      entries.push_back({sources::ToLocalPath(path->text), NumberIn(millis->text).value_or(0)});
    }
    return entries;
  }

  const Configuration configuration_;
  BatchLog log_;
  const plan::Options options_;
  const int64_t max_files_;
  const bool latest_first_;
  SeenFiles seen_;
  sources::ReadRequest request_;
  std::optional<std::vector<plan::ScanFile>> frozen_;
};

}  // namespace

std::unique_ptr<Source> MakeFileSource(const plan::RelationPtr& scan, const std::string& log_folder,
                                       const Configuration& configuration) {
  return std::make_unique<FileSource>(scan, log_folder, configuration);
}

}  // namespace pyrite::streaming
