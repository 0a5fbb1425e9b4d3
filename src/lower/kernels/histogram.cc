// histogram_numeric: Ben-Haim and Tom-Tov's streaming histogram over a group's values, with the
// same ties broken by the same random numbers as in Hive and Spark.

#include <algorithm>

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/java_random.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;

class Histogram {
 public:
  explicit Histogram(size_t most) : most_(most) {}

  struct Bin {
    double x, y;
  };

  void Add(double value) {
    auto at = std::lower_bound(bins_.begin(), bins_.end(), value,
                               [](const Bin& bin, double x) { return bin.x < x; });
    if (at != bins_.end() && at->x == value) {
      at->y += 1;
      return;
    }
    bins_.insert(at, {value, 1});
    if (bins_.size() > most_) Trim();
  }
  const std::vector<Bin>& bins() const { return bins_; }

 private:
  // Merges the two bins that are nearest to each other.
  void Trim() {
    double least = bins_[1].x - bins_[0].x;
    size_t place = 0;
    int ties = 1;
    for (size_t i = 1; i + 1 < bins_.size(); ++i) {
      double difference = bins_[i + 1].x - bins_[i].x;
      if (difference < least) {
        least = difference;
        place = i;
        ties = 1;
      } else if (difference == least && random_.NextDouble() <= 1.0 / ++ties) {
        place = i;
      }
    }
    Bin &left = bins_[place], &right = bins_[place + 1];
    double weight = left.y + right.y;
    left.x = left.x * (left.y / weight) + right.x / weight * right.y;
    left.y = weight;
    bins_.erase(bins_.begin() + static_cast<int64_t>(place) + 1);
  }

  size_t most_;
  std::vector<Bin> bins_;
  JavaRandom random_{31183};
};

// (values, number of bins) -> list of {x, y}
void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto lists = arguments.data[0].Values<list_entry_t>();
  const auto values = ListVector::GetChild(arguments.data[0]).Values<double>();
  const auto counts = arguments.data[1].Values<int32_t>();
  auto rows = FlatVector::Writer<list_entry_t>(result, arguments.size());
  std::vector<Histogram::Bin> all;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!lists[row].IsValid() || !counts[row].IsValid()) {
      rows.WriteNull();
      continue;
    }
    Histogram histogram(static_cast<size_t>(std::max(counts[row].GetValue(), 2)));
    const list_entry_t& entry = lists[row].GetValue();
    for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
      if (values[i].IsValid()) histogram.Add(values[i].GetValue());
    }
    rows.WriteValue(list_entry_t(all.size(), histogram.bins().size()));
    all.insert(all.end(), histogram.bins().begin(), histogram.bins().end());
  }
  ListVector::Reserve(result, all.size());
  ListVector::SetListSize(result, all.size());
  auto& fields = duckdb::StructVector::GetEntries(ListVector::GetChildMutable(result));
  auto* x = FlatVector::GetDataMutable<double>(fields[0]);
  auto* y = FlatVector::GetDataMutable<double>(fields[1]);
  for (size_t i = 0; i < all.size(); ++i) {
    x[i] = all[i].x;
    y[i] = all[i].y;
  }
}

}  // namespace

void RegisterHistogramKernels(duckdb::ExtensionLoader& loader) {
  LogicalType number = LogicalType::DOUBLE;
  LogicalType bin =
      LogicalType::STRUCT({{duckdb::Identifier("x"), number}, {duckdb::Identifier("y"), number}});
  loader.RegisterFunction(MakeKernel("spark_histogram",
                                     {LogicalType::LIST(number), LogicalType::INTEGER},
                                     LogicalType::LIST(bin), Run));
}

}  // namespace pyrite::lower
