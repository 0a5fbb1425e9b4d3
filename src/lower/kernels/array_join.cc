// The texts of an array with a separator between, those that are NULL left out; NULL of no texts.

#include <string>

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::LogicalType;
using duckdb::string_t;

void Join(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  const auto lists = arguments.data[0].Values<list_entry_t>();
  const auto texts = duckdb::ListVector::GetChild(arguments.data[0]).Values<string_t>();
  const auto separators = arguments.data[1].Values<string_t>();
  auto out = duckdb::FlatVector::Writer<string_t>(result, arguments.size());
  std::string joined;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    bool any = false;
    joined.clear();
    if (lists[row].IsValid() && separators[row].IsValid()) {
      const list_entry_t entry = lists[row].GetValue();
      const string_t separator = separators[row].GetValue();
      for (idx_t at = entry.offset; at < entry.offset + entry.length; ++at) {
        if (!texts[at].IsValid()) continue;
        if (any) joined.append(separator.GetData(), separator.GetSize());
        any = true;
        const string_t text = texts[at].GetValue();
        joined.append(text.GetData(), text.GetSize());
      }
    }
    if (any) {
      out.WriteValue(string_t(joined.data(), static_cast<uint32_t>(joined.size())));
    } else {
      out.WriteNull();
    }
  }
}

}  // namespace

void RegisterArrayJoinKernels(duckdb::ExtensionLoader& loader) {
  for (const LogicalType& type : {LogicalType::VARCHAR, LogicalType::BLOB}) {
    auto join = MakeKernel("spark_join", {LogicalType::LIST(type), type}, type, Join);
    join.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
    loader.RegisterFunction(std::move(join));
  }
}

}  // namespace pyrite::lower
