// Values as bytes between nodes of the same build. A struct lists its fields once, in an overload
// of Fields(archive, value), which both directions go over.
#pragma once

#include <concepts>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "base/errors.h"

namespace pyrite::worker {

class ByteWriter {
 public:
  template <typename... T>
  void operator()(T&... values) {
    (Put(values), ...);
  }
  std::string bytes;

 private:
  template <typename T>
  void Put(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
    } else {
      Fields(*this, value);
    }
  }
  void Put(std::string& text) {
    size_t size = text.size();
    Put(size);
    bytes += text;
  }
  template <typename T>
  void Put(std::vector<T>& items) {
    size_t size = items.size();
    Put(size);
    for (T& item : items) Put(item);
  }
};

// Raises INTERNAL_ERROR for bytes that end too soon.
class ByteReader {
 public:
  explicit ByteReader(const std::string& bytes) : at_(bytes.data()), left_(bytes.size()) {}
  template <typename... T>
  void operator()(T&... values) {
    (Get(values), ...);
  }

 private:
  const char* Take(size_t size) {
    if (size > left_) throw errors::Internal("a message between nodes ends too soon");
    const char* from = at_;
    at_ += size;
    left_ -= size;
    return from;
  }
  template <typename T>
  void Get(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      std::memcpy(&value, Take(sizeof(T)), sizeof(T));
    } else {
      Fields(*this, value);
    }
  }
  void Get(std::string& text) {
    size_t size = 0;
    Get(size);
    text.assign(Take(size), size);
  }
  template <typename T>
  void Get(std::vector<T>& items) {
    size_t size = 0;
    Get(size);
    for (size_t i = 0; i < size; ++i) Get(items.emplace_back());
  }

  const char* at_;
  size_t left_;
};

}  // namespace pyrite::worker
