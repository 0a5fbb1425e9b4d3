// Kernels of strings.

#include <algorithm>
#include <limits>

#include "duckdb/common/vector/string_vector.hpp"
#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "duckdb/common/vector_operations/ternary_executor.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::string_t;
using duckdb::StringVector;
using duckdb::Vector;

std::string_view View(const string_t& text) { return {text.GetData(), text.GetSize()}; }

string_t Slice(Vector& result, const string_t& text, int32_t position, int32_t length) {
  std::string_view part = SubstringSql(View(text), position, length);
  return StringVector::AddString(result, part.data(), part.size());
}

void SubstringFrom(DataChunk& arguments, ExpressionState&, Vector& result) {
  duckdb::BinaryExecutor::Execute<string_t, int32_t, string_t>(
      arguments.data[0], arguments.data[1], result, [&](string_t text, int32_t position) {
        return Slice(result, text, position, std::numeric_limits<int32_t>::max());
      });
}

void Substring(DataChunk& arguments, ExpressionState&, Vector& result) {
  duckdb::TernaryExecutor::Execute<string_t, int32_t, int32_t, string_t>(
      arguments.data[0], arguments.data[1], arguments.data[2], result,
      [&](string_t text, int32_t position, int32_t length) {
        return Slice(result, text, position, length);
      });
}

// As ByteArray.subStringSQL, with its 32 bits.
std::string_view BinarySubstring(std::string_view bytes, int32_t position, int32_t length) {
  auto size = static_cast<int64_t>(bytes.size());
  if (position > size) return {};
  int64_t start = position > 0 ? int64_t{position} - 1 : (position < 0 ? size + position : 0);
  bool reaches_end = static_cast<int32_t>(size - start) < length;
  int64_t end = reaches_end ? size : start + length;
  start = std::max<int64_t>(start, 0);
  if (start >= end) return {};
  return bytes.substr(static_cast<size_t>(start), static_cast<size_t>(end - start));
}

}  // namespace

void RegisterStringKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  loader.RegisterFunction(MakeKernel("spark_substring", {text, integer}, text, SubstringFrom));
  loader.RegisterFunction(MakeKernel("spark_substring", {text, integer, integer}, text, Substring));
  loader.RegisterFunction(
      MakeKernel("spark_binary_substring", {LogicalType::BLOB, integer, integer}, LogicalType::BLOB,
                 Rowwise<std::string_view, std::string_view, int32_t, int32_t>(BinarySubstring)));
}

}  // namespace pyrite::lower
