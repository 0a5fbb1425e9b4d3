#include "worker/task.h"

#include "worker/leases.h"
#include "worker/wire.h"
#include "worker/worker.h"

namespace pyrite::exchange {

template <typename Archive>
void Fields(Archive& archive, TaskId& id) {
  archive(id.query, id.stage, id.task, id.attempt);
}

template <typename Archive>
void Fields(Archive& archive, OutputLocation& output) {
  archive(output.address, output.id, output.path);
}

template <typename Archive>
void Fields(Archive& archive, Partitions& partitions) {
  archive(partitions.from, partitions.to);
}

template <typename Archive>
void Fields(Archive& archive, OutputSize& size) {
  archive(size.rows, size.bytes, size.file_bytes);
}

}  // namespace pyrite::exchange

namespace pyrite::engine {

template <typename Archive>
void Fields(Archive& archive, WrittenFiles& written) {
  archive(written.folder, written.files, written.rows);
}

}  // namespace pyrite::engine

namespace pyrite::stages {

template <typename Archive>
void Fields(Archive& archive, Partitioning& output) {
  archive(output.kind, output.keys, output.count, output.bounds);
}

}  // namespace pyrite::stages

namespace pyrite::worker {
namespace {

template <typename T>
std::string ToBytes(const T& value) {
  ByteWriter writer;
  writer(const_cast<T&>(value));  // the list of fields serves both directions
  return std::move(writer.bytes);
}

template <typename T>
T FromBytes(const std::string& bytes) {
  T value;
  ByteReader reader(bytes);
  reader(value);
  return value;
}

}  // namespace

template <typename Archive>
void Fields(Archive& archive, Share& share) {
  archive(share.outputs, share.partitions);
}

template <typename Archive>
void Fields(Archive& archive, Slot& slot) {
  archive(slot.shares);
}

template <typename Archive>
void Fields(Archive& archive, Task& task) {
  archive(task.id, task.tasks, task.build, task.coordinator, task.plan, task.slots, task.output,
          task.time_zone, task.ansi, task.keeps);
}

template <typename Archive>
void Fields(Archive& archive, TaskResult& result) {
  archive(result.output, result.size, result.written, result.seconds, result.waited,
          result.spill_bytes);
}

template <typename Archive>
void Fields(Archive& archive, Adoption& adoption) {
  archive(adoption.output, adoption.keeps);
}

template <typename Archive>
void Fields(Archive& archive, WorkerInfo& info) {
  archive(info.build, info.threads, info.memory_limit, info.memory_used, info.output_bytes,
          info.outputs, info.running, info.waiting, info.is_draining, info.exchange);
}

template <typename Archive>
void Fields(Archive& archive, Beat& beat) {
  archive(beat.coordinator, beat.next, beat.running);
}

std::string Encode(const Task& task) { return ToBytes(task); }
std::string Encode(const TaskResult& result) { return ToBytes(result); }
std::string Encode(const Adoption& adoption) { return ToBytes(adoption); }
std::string Encode(const WorkerInfo& info) { return ToBytes(info); }
std::string Encode(const Beat& beat) { return ToBytes(beat); }
Task DecodeTask(const std::string& bytes) { return FromBytes<Task>(bytes); }
TaskResult DecodeTaskResult(const std::string& bytes) { return FromBytes<TaskResult>(bytes); }
Adoption DecodeAdoption(const std::string& bytes) { return FromBytes<Adoption>(bytes); }
WorkerInfo DecodeWorkerInfo(const std::string& bytes) { return FromBytes<WorkerInfo>(bytes); }
Beat DecodeBeat(const std::string& bytes) { return FromBytes<Beat>(bytes); }

}  // namespace pyrite::worker
