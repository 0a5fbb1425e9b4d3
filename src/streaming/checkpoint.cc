#include "streaming/checkpoint.h"

#include <sstream>

#include "base/errors.h"
#include "base/json.h"
#include "base/uuid.h"
#include "streaming/progress.h"

namespace pyrite::streaming {
namespace {

constexpr char kVersion[] = "v1";
constexpr char kNoOffset[] = "-";
constexpr int64_t kBatchesKept = 100;  // spark.sql.streaming.minBatchesToRetain

std::string Below(const std::string& folder, const std::string& name) {
  return folder.empty() ? "" : folder + "/" + name;
}

std::string IdIn(const std::string& folder) {
  if (folder.empty()) return NewUuid();
  std::string path = folder + "/metadata";
  sources::Disk disk;
  disk.MakeFolders(folder);
  std::optional<std::string> text = ReadText(path);
  if (!text) {
    text = "{\"id\":" + QuoteJson(NewUuid()) + "}";
    WriteNew(disk, path, *text);
    text = ReadText(path);
  }
  Json json = ParseJson(text.value_or(""));
  const Json* id = json.Find("id");
  if (id == nullptr || !IsUuid(id->text)) {
    throw SparkError("STREAMING_CHECKPOINT.PYRITE", {{"path", path}});
  }
  return id->text;
}

}  // namespace

Checkpoint::Checkpoint(std::string folder)
    : folder_(std::move(folder)),
      query_id_(IdIn(folder_)),
      offsets_(Below(folder_, "offsets")),
      commits_(Below(folder_, "commits")) {}

std::string Checkpoint::SourceFolder(size_t source) const {
  return Below(folder_, "sources/" + std::to_string(source));
}

std::string Checkpoint::StateFolder() const { return Below(folder_, "state"); }

Offsets Checkpoint::OffsetsOf(int64_t batch) const {
  std::istringstream text(offsets_.Find(batch).value_or(""));
  std::string line;
  if (!std::getline(text, line) || line != kVersion || !std::getline(text, line)) {
    throw SparkError("STREAMING_CHECKPOINT.PYRITE",
                     {{"path", folder_ + "/offsets/" + std::to_string(batch)}});
  }
  Offsets offsets;
  while (std::getline(text, line)) {
    offsets.push_back(line == kNoOffset ? Offset() : Offset(line));
  }
  return offsets;
}

void Checkpoint::Begin(int64_t batch, const Offsets& offsets) {
  std::string text = std::string(kVersion) + "\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":" +
                     std::to_string(NowMillis()) + ",\"conf\":{}}";
  for (const Offset& offset : offsets) text += "\n" + offset.value_or(kNoOffset);
  if (!offsets_.Add(batch, text)) {
    throw SparkError("CONCURRENT_STREAM_LOG_UPDATE", {{"batchId", std::to_string(batch)}});
  }
  offsets_.RemoveBefore(batch - kBatchesKept);
}

void Checkpoint::Commit(int64_t batch) {
  if (!commits_.Add(batch, std::string(kVersion) + "\n{\"nextBatchWatermarkMs\":0}")) {
    throw SparkError("CONCURRENT_STREAM_LOG_UPDATE", {{"batchId", std::to_string(batch)}});
  }
  commits_.RemoveBefore(batch - kBatchesKept);
}

}  // namespace pyrite::streaming
