// Rows that come sorted by their keys, cut where the keys change.
#pragma once

#include "lower/python/rows_out.h"

namespace pyrite::lower {

class GroupsOut : public RowsOut {
 public:
  using OnGroup = std::function<void(duckdb::DataChunk&, duckdb::idx_t row)>;

  GroupsOut(duckdb::ClientContext& context, const PythonTask& task, OnGroup on_group);
  void Append(duckdb::DataChunk& chunk, std::string& out) override;
  void End(std::string& out) override;

 private:
  // Whether row `row` is of another group than the one before it.
  bool IsNewGroup(duckdb::DataChunk& chunk, duckdb::idx_t row);
  void Begin(duckdb::DataChunk& chunk, duckdb::idx_t row, std::string& out);
  void EndGroup(std::string& out);
  // Rows of one group; of a cogroup's, those of the left side come first.
  void Send(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to, std::string& out);
  void SendSides(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to, std::string& out);

  const size_t key_count_;
  const bool is_cogroup_;
  const OnGroup on_group_;
  std::vector<StreamOut> streams_;  // one for each side
  bool in_group_ = false;
  bool left_ended_ = false;
  std::vector<duckdb::Value> last_keys_;
};

}  // namespace pyrite::lower
