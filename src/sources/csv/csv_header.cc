#include "sources/csv/csv_header.h"

#include <algorithm>
#include <map>

#include "base/text/utf8_repair.h"
#include "sources/options.h"
#include "sources/text/text_errors.h"

namespace pyrite::sources {
namespace {

constexpr size_t kBlock = 1 << 18;

// How many bytes at the end may be the start of a character that goes on.
size_t UnfinishedBytes(std::string_view text) {
  for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    size_t length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

}  // namespace

std::vector<std::string> HeaderNames(const std::vector<std::string_view>& record,
                                     const CsvOptions& csv, bool case_sensitive) {
  const auto key = [&](std::string_view name) {
    return case_sensitive ? std::string(name) : ToLower(std::string(name));
  };
  std::map<std::string, int> counts;
  for (std::string_view name : record) ++counts[key(name)];
  std::vector<std::string> names;
  for (size_t i = 0; i < record.size(); ++i) {
    std::string name(record[i]);
    std::string place = std::to_string(i);
    if (!csv.header || name.empty() || name == csv.dialect.null_value) {
      name = "_c" + place;
    } else if (counts[key(name)] > 1) {
      name += place;
    }
    names.push_back(std::move(name));
  }
  return names;
}

void CheckHeader(const std::vector<std::string_view>& header, const std::vector<std::string>& names,
                 const std::string& path, bool case_sensitive) {
  const auto same = [&](size_t i) {
    std::string found(header[i]);
    return case_sensitive ? found == names[i] : EqualsIgnoreCase(found, names[i]);
  };
  std::string problem;
  if (header.size() != names.size()) {
    problem =
        "Number of column in CSV header is not equal to number of fields in the schema:\n"
        " Header length: " +
        std::to_string(header.size()) + ", schema size: " + std::to_string(names.size());
  } else {
    for (size_t i = 0; i < names.size() && problem.empty(); ++i) {
      if (same(i)) continue;
      problem = "CSV header does not conform to the schema: column " + std::to_string(i) + " is " +
                std::string(header[i]) + " in the header and " + names[i] + " in the schema";
    }
  }
  if (problem.empty()) return;
  throw CannotReadFile(path, problem);
}

CsvRecordReader::CsvRecordReader(const std::string& path, const CsvOptions& csv)
    : tokenizer_(csv.dialect), newline_(csv.text.lines.separator) {
  bytes_ = OpenBytes(path, 0);
  if (!IsUtf8Charset(csv.text.lines.charset)) {
    bytes_ = ToUtf8(std::move(bytes_), csv.text.lines.charset);
  }
  Refill();
  if (std::string_view(buffer_).starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (newline_.empty()) DetectNewline();
}

// The first line end of the file is that of all.
void CsvRecordReader::DetectNewline() {
  newline_ = "\n";
  size_t found = buffer_.find_first_of("\r\n");
  if (found == std::string::npos || buffer_[found] == '\n') return;
  bool pair = found + 1 < buffer_.size() && buffer_[found + 1] == '\n';
  newline_ = pair ? "\r\n" : "\r";
}

bool CsvRecordReader::Refill() {
  if (at_end_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  size_t wanted = std::max(kBlock, buffer_.size());
  std::string added = std::move(partial_);
  size_t kept = added.size();
  added.resize(kept + wanted);
  size_t count = bytes_->Read(added.data() + kept, wanted);
  added.resize(kept + count);
  at_end_ = count < wanted;
  partial_.clear();
  if (!at_end_) {
    size_t whole = added.size() - UnfinishedBytes(added);
    partial_ = added.substr(whole);
    added.resize(whole);
  }
  buffer_ += IsUtf8(added) ? added : RepairUtf8(added);
  return true;
}

bool CsvRecordReader::Next(bool& malformed) {
  for (;;) {
    std::string_view rest = std::string_view(buffer_).substr(at_);
    size_t consumed = 0;
    auto outcome = tokenizer_.ParseRecord(rest, newline_, at_end_, consumed);
    if (outcome == CsvTokenizer::Outcome::kNeedsMore) {
      Refill();
      continue;
    }
    if (outcome == CsvTokenizer::Outcome::kNothing) return false;
    malformed = outcome == CsvTokenizer::Outcome::kMalformed;
    text_ = rest.substr(0, consumed);
    while (!text_.empty() && (text_.back() == '\n' || text_.back() == '\r')) {
      text_.remove_suffix(1);
    }
    at_ += consumed;
    return true;
  }
}

}  // namespace pyrite::sources
