#include "lower/python/groups_out.h"

#include "udf/wire.h"

namespace pyrite::lower {
namespace {

std::vector<duckdb::Value> KeysOf(duckdb::DataChunk& chunk, duckdb::idx_t row, size_t count) {
  std::vector<duckdb::Value> keys;
  for (size_t i = 0; i < count; ++i) keys.push_back(chunk.GetValue(i, row));
  return keys;
}

}  // namespace

GroupsOut::GroupsOut(duckdb::ClientContext& context, const PythonTask& task, OnGroup on_group)
    : key_count_(task.kept),
      is_cogroup_(task.mode == PythonTask::Mode::kCogroups),
      on_group_(std::move(on_group)) {
  size_t columns = task.input.size();
  if (is_cogroup_) {
    size_t left = key_count_ + 1, right = left + task.left_count;
    streams_.emplace_back(context, task, left, task.left_count);
    streams_.emplace_back(context, task, right, columns - right);
  } else {
    // The keys of aggregates are not the functions' business.
    size_t first = task.mode == PythonTask::Mode::kAggregate ? key_count_ : 0;
    streams_.emplace_back(context, task, first, columns - first);
  }
}

bool GroupsOut::IsNewGroup(duckdb::DataChunk& chunk, duckdb::idx_t row) {
  if (!in_group_) return true;
  std::vector<duckdb::Value> keys = KeysOf(chunk, row, key_count_);
  bool same = true;
  for (size_t i = 0; same && i < keys.size(); ++i) {
    same = duckdb::Value::NotDistinctFrom(keys[i], last_keys_[i]);
  }
  return !same;
}

void GroupsOut::Begin(duckdb::DataChunk& chunk, duckdb::idx_t row, std::string& out) {
  EndGroup(out);
  last_keys_ = KeysOf(chunk, row, key_count_);
  if (on_group_) on_group_(chunk, row);
  udf::AppendInt(out, static_cast<int32_t>(streams_.size()));
  in_group_ = true;
  left_ended_ = false;
}

void GroupsOut::EndGroup(std::string& out) {
  if (!in_group_) return;
  if (is_cogroup_ && !left_ended_) streams_[0].End(true, out);
  streams_.back().End(true, out);
  in_group_ = false;
}

void GroupsOut::SendSides(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to,
                          std::string& out) {
  duckdb::idx_t middle = from;
  while (middle < to && !chunk.GetValue(key_count_, middle).GetValue<bool>()) ++middle;
  if (middle > from) streams_[0].Append(chunk, from, middle, out);
  if (middle == to) return;
  if (!left_ended_) streams_[0].End(true, out);
  left_ended_ = true;
  streams_[1].Append(chunk, middle, to, out);
}

void GroupsOut::Send(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to,
                     std::string& out) {
  if (from == to) return;
  if (is_cogroup_) return SendSides(chunk, from, to, out);
  streams_[0].Append(chunk, from, to, out);
}

void GroupsOut::Append(duckdb::DataChunk& chunk, std::string& out) {
  duckdb::idx_t from = 0;
  for (duckdb::idx_t row = 0; row < chunk.size(); ++row) {
    if (!IsNewGroup(chunk, row)) continue;
    Send(chunk, from, row, out);
    from = row;
    Begin(chunk, row, out);
  }
  Send(chunk, from, chunk.size(), out);
}

void GroupsOut::End(std::string& out) {
  EndGroup(out);
  udf::AppendInt(out, 0);
}

}  // namespace pyrite::lower
