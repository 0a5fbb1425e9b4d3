#include "engine/write_files.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "duckdb/common/types/uuid.hpp"
#include "engine/write_statement.h"
#include "sources/path.h"

namespace pyrite::engine {
namespace {

namespace fs = std::filesystem;

// DuckDB's "p=a%20b" as Spark's "p=a b".
fs::path SparkFolder(const fs::path& folder) {
  fs::path out;
  for (const auto& part : folder) {
    const std::string& text = part.native();
    size_t equals = text.find('=');
    if (equals == std::string::npos || text.starts_with(kFileFolders)) continue;
    const auto again = [](const std::string& escaped) {
      return sources::EscapePathName(sources::UnescapePathName(escaped));
    };
    out /= again(text.substr(0, equals)) + "=" + again(text.substr(equals + 1));
  }
  return out;
}

// Numbers in them by what they say: "9" before "10".
bool ComesBefore(const std::string& left, const std::string& right) {
  const auto number_at = [](const std::string& text, size_t begin) {
    size_t end = begin;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    return std::string_view(text).substr(begin, end - begin);
  };
  size_t l = 0, r = 0;
  while (l < left.size() && r < right.size()) {
    std::string_view left_number = number_at(left, l), right_number = number_at(right, r);
    if (left_number.empty() || right_number.empty()) {
      if (left[l] != right[r]) return left[l] < right[r];
      ++l, ++r;
      continue;
    }
    if (left_number.size() != right_number.size()) return left_number.size() < right_number.size();
    if (left_number != right_number) return left_number < right_number;
    l += left_number.size(), r += right_number.size();
  }
  return left.size() - l < right.size() - r;
}

bool HasFiles(const WrittenFiles& task) { return !task.files.empty(); }

// Those tasks whose files are to be kept.
std::vector<const WrittenFiles*> Counting(const std::vector<WrittenFiles>& written) {
  std::vector<const WrittenFiles*> tasks;
  for (const WrittenFiles& task : written) {
    if (task.rows > 0) tasks.push_back(&task);
  }
  auto first = std::find_if(written.begin(), written.end(), HasFiles);
  if (tasks.empty() && first != written.end()) tasks.push_back(&*first);
  return tasks;
}

// p=1/part-00000-<job>-c000.snappy.parquet
std::string FileName(size_t number, const std::string& job, const std::string& suffix) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
  return "part-" + digits + "-" + job + "-c000" + suffix;
}

}  // namespace

std::vector<std::string> FilesBelow(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end(), ComesBefore);
  return files;
}

int64_t RowsOf(const std::vector<WrittenFiles>& written) {
  int64_t rows = 0;
  for (const WrittenFiles& task : written) rows += task.rows;
  return rows;
}

void PlaceFiles(const std::vector<WrittenFiles>& written, const fs::path& root,
                const std::string& suffix) {
  std::string job = duckdb::UUID::ToString(duckdb::UUID::GenerateRandomUUID());
  size_t number = 0;
  for (const WrittenFiles* task : Counting(written)) {
    for (const std::string& file : task->files) {
      fs::path folder = root / SparkFolder(fs::path(file).parent_path());
      fs::create_directories(folder);
      fs::rename(fs::path(task->folder) / file, folder / FileName(number++, job, suffix));
    }
  }
}

}  // namespace pyrite::engine
