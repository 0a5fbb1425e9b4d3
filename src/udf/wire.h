// The words of Spark's protocol between an executor and pyspark/worker.py: big-endian numbers, and
// texts with their lengths.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace pyrite::udf {

// Stand where a length could stand.
enum class Mark : int32_t {
  kEndOfData = -1,
  kException = -2,
  kTimings = -3,
  kEndOfStream = -4,
  kArrowStream = -6,
  kCannotStart = -100,  // Pyrite's own: PySpark cannot be loaded; why follows
};

// Which of PySpark's workers a request is for; its first byte.
enum class Request : char {
  kRows = 'r',      // pyspark.worker
  kAnalysis = 'a',  // pyspark.sql.worker.analyze_udtf
};

template <typename T>
void AppendNumber(std::string& out, T value) {
  if constexpr (std::endian::native == std::endian::little) {
    value = sizeof(T) == 8 ? static_cast<T>(__builtin_bswap64(static_cast<uint64_t>(value)))
                           : static_cast<T>(__builtin_bswap32(static_cast<uint32_t>(value)));
  }
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}
inline void AppendInt(std::string& out, int32_t value) { AppendNumber(out, value); }
inline void AppendLong(std::string& out, int64_t value) { AppendNumber(out, value); }
inline void AppendBool(std::string& out, bool value) { out.push_back(value ? 1 : 0); }
inline void AppendText(std::string& out, std::string_view text) {
  AppendInt(out, static_cast<int32_t>(text.size()));
  out.append(text);
}

inline int32_t ReadInt(const char* bytes) {
  uint32_t value;
  std::memcpy(&value, bytes, sizeof(value));
  if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap32(value);
  return static_cast<int32_t>(value);
}

}  // namespace pyrite::udf
