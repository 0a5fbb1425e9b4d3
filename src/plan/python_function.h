// A function of Python that a client sent.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/spill_folder.h"

namespace pyrite::plan {

// PySpark's PythonEvalType: what a function takes and gives.
enum class EvalType : int32_t {
  kBatched = 100,
  kArrowBatched = 101,
  kScalarPandas = 200,
  kGroupedMapPandas = 201,
  kGroupedAggregatePandas = 202,
  kScalarPandasIterator = 204,
  kMapPandas = 205,
  kCogroupedMapPandas = 206,
  kMapArrow = 207,
  kGroupedMapArrow = 209,
  kCogroupedMapArrow = 210,
  kGroupedMapArrowIterator = 215,
  kGroupedMapPandasIterator = 216,
  kGroupedAggregatePandasIterator = 217,
  kScalarArrow = 250,
  kScalarArrowIterator = 251,
  kGroupedAggregateArrow = 252,
  kGroupedAggregateArrowIterator = 254,
  kTable = 300,
  kArrowTable = 301,       // its rows travel as Arrow
  kArrowBatchTable = 302,  // it gets and gives Arrow's batches
};

// What functions may import: files that the client has added, in a folder of their own.
struct PythonFiles {
  SpillFolder folder{""};
  std::vector<std::string> archives;  // names in the folder to import from
};
using PythonFilesPtr = std::shared_ptr<const PythonFiles>;

struct PythonFunction {
  using Settings = std::vector<std::pair<std::string, std::string>>;

  std::string name;
  int32_t eval_type = 0;  // of EvalType, or one that Pyrite does not know
  bool deterministic = true;
  std::string command;         // pickled, with its result type
  std::string python_version;  // of the client: "3.11"
  Settings settings;           // of the session, those that conversions depend on
  PythonFilesPtr files;        // null: none

  bool Is(EvalType type) const { return eval_type == static_cast<int32_t>(type); }
  // Of all rows of a group it makes one value.
  bool is_aggregate() const {
    return Is(EvalType::kGroupedAggregatePandas) || Is(EvalType::kGroupedAggregateArrow) ||
           Is(EvalType::kGroupedAggregatePandasIterator) ||
           Is(EvalType::kGroupedAggregateArrowIterator);
  }
  // Over an iterator of batches: it has the worker for itself.
  bool runs_alone() const {
    return Is(EvalType::kScalarPandasIterator) || Is(EvalType::kScalarArrowIterator) ||
           Is(EvalType::kGroupedAggregatePandasIterator) ||
           Is(EvalType::kGroupedAggregateArrowIterator);
  }
};
using PythonFunctionPtr = std::shared_ptr<const PythonFunction>;

}  // namespace pyrite::plan
