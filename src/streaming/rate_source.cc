// The sources rate, a number of rows each second, and rate-micro-batch, a number of rows each
// batch.
#include <arrow/api.h>

#include <cmath>

#include "base/errors.h"
#include "base/json.h"
#include "plan/stream_scan.h"
#include "session/rows.h"
#include "sources/options.h"
#include "sources/stream.h"
#include "streaming/progress.h"
#include "streaming/source.h"

namespace pyrite::streaming {
namespace {

// Row i has the value `first` + i and the time `start_millis` + i * `millis_per_row`.
plan::RelationPtr MakeRows(int64_t first, int64_t end, int64_t start_millis, double millis_per_row,
                           const plan::Relation& scan) {
  arrow::TimestampBuilder times(arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
                                arrow::default_memory_pool());
  arrow::Int64Builder values;
  arrow::Status status = times.Reserve(end - first);
  status &= values.Reserve(end - first);
  for (int64_t value = first; status.ok() && value < end; ++value) {
    int64_t millis = std::llround(static_cast<double>(value - first) * millis_per_row);
    times.UnsafeAppend((start_millis + millis) * 1000);
    values.UnsafeAppend(value);
  }
  std::shared_ptr<arrow::Array> time_array, value_array;
  status &= times.Finish(&time_array);
  status &= values.Finish(&value_array);
  if (!status.ok()) throw errors::Internal(status.ToString());
  auto schema = arrow::schema({arrow::field(scan.output[0].name, time_array->type()),
                               arrow::field(scan.output[1].name, value_array->type())});
  return plan::MakeRelation(plan::LocalData{arrow::Table::Make(schema, {time_array, value_array})},
                            scan.output);
}

std::string PartitionsOf(const plan::FileScan& scan) {
  return sources::Options(scan.options).Find("numPartitions").value_or("default");
}

// Its offsets are seconds since its first run began.
class RateSource : public Source {
 public:
  RateSource(const plan::FileScan& scan, const std::string& log_folder)
      : options_(sources::ReadRateOptions(plan::StreamFormat(scan), scan.options)),
        partitions_(PartitionsOf(scan)) {
    BatchLog log(log_folder);
    log.Add(0, std::to_string(NowMillis()));
    created_ = std::stoll(log.Find(0).value());
  }

  std::string description() const override {
    return "RateStreamV2[rowsPerSecond=" + std::to_string(options_.rows) +
           ", rampUpTimeSeconds=" + std::to_string(options_.ramp_up_seconds) +
           ", numPartitions=" + partitions_ + "]";
  }

  Offset Next(const Offset& start, Portion) override {
    int64_t seconds = frozen_ ? *frozen_ : Seconds();
    // A clock that was put back must not give rows twice.
    if (start) seconds = std::max(seconds, static_cast<int64_t>(std::stoll(*start)));
    return std::to_string(seconds);
  }

  Batch Between(const Offset& start, const Offset& end, const plan::Relation& scan) override {
    int64_t from = start ? std::stoll(*start) : 0;
    int64_t to = std::stoll(end.value());
    int64_t first = ValueAt(from), last = ValueAt(to);
    if (first == last) return {session::NoRowsOf(scan.output), 0};
    double millis_per_row =
        static_cast<double>((to - from) * 1000) / static_cast<double>(last - first);
    return {MakeRows(first, last, created_ + from * 1000, millis_per_row, scan), last - first};
  }

  void Freeze() override { frozen_ = Seconds(); }

 private:
  int64_t Seconds() const { return std::max<int64_t>(0, (NowMillis() - created_) / 1000); }

  // The rows until that second. While it ramps up, the rate grows by the same amount each second.
  int64_t ValueAt(int64_t seconds) const {
    int64_t step = options_.rows / (options_.ramp_up_seconds + 1);
    int64_t ramp = std::min(seconds, options_.ramp_up_seconds);
    return ramp * (ramp + 1) / 2 * step + (seconds - ramp) * options_.rows;
  }

  const sources::RateOptions options_;
  const std::string partitions_;
  int64_t created_ = 0;
  std::optional<int64_t> frozen_;
};

// Its offsets count the rows, and say the time of the next batch.
class RateBatchSource : public Source {
 public:
  explicit RateBatchSource(const plan::FileScan& scan)
      : options_(sources::ReadRateOptions(plan::StreamFormat(scan), scan.options)),
        partitions_(PartitionsOf(scan)) {}

  std::string description() const override {
    return "RateStreamMicroBatch[rowsPerBatch=" + std::to_string(options_.rows) +
           ", numPartitions=" + partitions_ +
           ", startTimestamp=" + std::to_string(options_.start_millis) +
           ", advanceMillisPerBatch=" + std::to_string(options_.advance_millis) + "]";
  }

  // There is always a next batch; one of them is what is there at a time.
  Offset Next(const Offset& start, Portion) override {
    if (frozen_ && start && RowsOf(start) >= frozen_batches_ * options_.rows) return start;
    if (frozen_ && frozen_batches_ == 0) frozen_batches_ = RowsOf(start) / options_.rows + 1;
    int64_t rows = RowsOf(start) + options_.rows;
    int64_t millis = options_.start_millis + rows / options_.rows * options_.advance_millis;
    return "{\"offset\":" + std::to_string(rows) + ",\"timestamp\":" + std::to_string(millis) + "}";
  }

  Batch Between(const Offset& start, const Offset& end, const plan::Relation& scan) override {
    int64_t first = RowsOf(start), last = RowsOf(end);
    int64_t millis = options_.start_millis + first / options_.rows * options_.advance_millis;
    return {MakeRows(first, last, millis, 0, scan), last - first};
  }

  void Freeze() override { frozen_ = true; }

 private:
  static int64_t RowsOf(const Offset& offset) {
    if (!offset) return 0;
    Json json = ParseJson(*offset);
    return std::stoll(json.Find("offset")->text);
  }

  const sources::RateOptions options_;
  const std::string partitions_;
  bool frozen_ = false;
  int64_t frozen_batches_ = 0;
};

}  // namespace

std::unique_ptr<Source> MakeRateSource(const plan::FileScan& scan, const std::string& log_folder) {
  if (plan::StreamFormat(scan) == "rate") return std::make_unique<RateSource>(scan, log_folder);
  return std::make_unique<RateBatchSource>(scan);
}

}  // namespace pyrite::streaming
