// Kernels of strings: searching, padding, changing.

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <vector>

#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/size_budget.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;
constexpr size_t kNone = Text::npos;

std::vector<Text> Characters(Text text) {
  std::vector<Text> out;
  for (size_t at = 0; at < text.size();) {
    size_t next = Advance(text, at, 1);
    out.push_back(text.substr(at, next - at));
    at = next;
  }
  return out;
}

bool Holds(const std::vector<Text>& set, Text character) {
  return std::find(set.begin(), set.end(), character) != set.end();
}

// Without the characters of `set` at the ends asked for.
Text Trimmed(Text text, Text set, bool left, bool right) {
  std::vector<Text> characters = Characters(set);
  size_t from = 0, to = text.size();
  while (left && from < to) {
    size_t next = Advance(text, from, 1);
    if (!Holds(characters, text.substr(from, next - from))) break;
    from = next;
  }
  while (right && to > from) {
    size_t before = to - 1;
    while (before > from && IsContinuation(text[before])) --before;
    if (!Holds(characters, text.substr(before, to - before))) break;
    to = before;
  }
  return text.substr(from, to - from);
}

std::string Padding(Text pad, int64_t characters) {
  std::string out;
  int64_t width = CountCharacters(pad);
  if (width == 0) return out;
  for (; characters >= width; characters -= width) out += pad;
  return out.append(pad.substr(0, Advance(pad, 0, characters)));
}

std::string Padded(Text text, int32_t length, Text pad, bool left, SizeBudget& budget) {
  if (length <= 0) return "";
  int64_t missing = length - CountCharacters(text);
  if (missing <= 0) return std::string(text.substr(0, Advance(text, 0, length)));
  if (!pad.empty()) budget.TakeText(Int128{missing} + text.size());
  std::string padding = Padding(pad, missing);
  return left ? padding + std::string(text) : std::string(text) + padding;
}

// 1-based position in characters, 0 for none.
int32_t Locate(Text needle, Text text, int32_t position) {
  if (position <= 0) return 0;
  size_t start = Advance(text, 0, position - 1);
  if (position - 1 > CountCharacters(text)) return 0;
  size_t found = text.find(needle, start);
  return found == kNone ? 0 : static_cast<int32_t>(CountCharacters(text.substr(0, found))) + 1;
}

std::string Replace(Text text, Text search, Text replacement) {
  if (search.empty()) return std::string(text);
  std::string out;
  size_t at = 0;
  for (size_t found; (found = text.find(search, at)) != kNone; at = found + search.size()) {
    out.append(text.substr(at, found - at)).append(replacement);
  }
  return out.append(text.substr(at));
}

std::string Translate(Text text, Text from, Text to) {
  std::vector<Text> sources = Characters(from), targets = Characters(to);
  std::unordered_map<Text, Text> mapped;
  for (size_t i = 0; i < sources.size(); ++i) {
    mapped.emplace(sources[i], i < targets.size() ? targets[i] : Text());
  }
  std::string out;
  for (Text character : Characters(text)) {
    auto found = mapped.find(character);
    out += found == mapped.end() ? character : found->second;
  }
  return out;
}

std::string Reverse(Text text) {
  std::string out;
  std::vector<Text> characters = Characters(text);
  for (auto at = characters.rbegin(); at != characters.rend(); ++at) out += *at;
  return out;
}

std::string Repeat(Text text, int32_t times, SizeBudget& budget) {
  std::string out;
  if (text.empty() || times <= 0) return out;
  Int128 size = Int128{times} * text.size();
  if (size > std::numeric_limits<int32_t>::max()) {
    ThrowJava("java.lang.ArithmeticException", "integer overflow");
  }
  budget.TakeText(size);
  out.reserve(text.size() * static_cast<size_t>(times));
  for (int32_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string SubstringIndex(Text text, Text delimiter, int32_t count) {
  if (delimiter.empty() || count == 0) return "";
  if (count > 0) {
    size_t at = 0;
    for (size_t found; (found = text.find(delimiter, at)) != kNone; at = found + delimiter.size()) {
      if (--count == 0) return std::string(text.substr(0, found));
    }
    return std::string(text);
  }
  size_t end = text.size();
  while (end > 0) {
    size_t found = text.rfind(delimiter, end - 1);
    if (found == kNone) break;
    if (++count == 0) return std::string(text.substr(found + delimiter.size()));
    end = found;
  }
  return std::string(text);
}

std::optional<std::string> SplitPart(Text text, Text delimiter, int32_t part) {
  if (part == 0) ThrowSpark("INVALID_INDEX_OF_ZERO", {});
  std::vector<Text> parts;
  if (delimiter.empty()) {
    parts.push_back(text);
  } else {
    size_t at = 0;
    for (size_t found; (found = text.find(delimiter, at)) != kNone; at = found + delimiter.size()) {
      parts.push_back(text.substr(at, found - at));
    }
    parts.push_back(text.substr(at));
  }
  int64_t index = part > 0 ? part - 1 : static_cast<int64_t>(parts.size()) + part;
  if (index < 0 || index >= static_cast<int64_t>(parts.size())) return "";
  return std::string(parts[index]);
}

std::string Overlay(Text text, Text replacement, int32_t position, int32_t length) {
  int64_t cut = length >= 0 ? length : CountCharacters(replacement);
  std::string out(SubstringSql(text, 1, position - 1));
  out += replacement;
  out += SubstringSql(text, position + cut, std::numeric_limits<int32_t>::max());
  return out;
}

// The distance, -1 when it is above `limit`.
int32_t Levenshtein(Text left, Text right);
int32_t LimitedLevenshtein(Text left, Text right, int32_t limit) {
  int32_t distance = Levenshtein(left, right);
  return distance <= limit ? distance : -1;
}

int32_t Levenshtein(Text left, Text right) {
  std::vector<Text> a = Characters(left), b = Characters(right);
  std::vector<int32_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int32_t diagonal = row[0];
    row[0] = static_cast<int32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      int32_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string Soundex(Text text) {
  constexpr Text kCodes = "01230127022455012623017202";  // 7: H and W, which keep the last code
  auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (text.empty() || !is_letter(text[0])) return std::string(text);
  auto upper = [](char c) { return static_cast<char>(c >= 'a' ? c - 32 : c); };
  std::string out(1, upper(text[0]));
  char last = kCodes[out[0] - 'A'];
  for (size_t i = 1; i < text.size() && out.size() < 4; ++i) {
    if (!is_letter(text[i])) {
      last = '0';
      continue;
    }
    char code = kCodes[upper(text[i]) - 'A'];
    if (code == '7') continue;
    if (code != '0' && code != last) out += code;
    last = code;
  }
  return out + std::string(4 - out.size(), '0');
}

std::string InitialCapitals(Text text) {
  std::string out;
  out.reserve(text.size());
  bool starts = true;
  for (size_t at = 0; at < text.size();) {
    uint32_t point = NextPoint(text, at);
    constexpr uint32_t kSharpS = 0xDF;
    if (starts && point == kSharpS) {
      out += "Ss";
    } else {
      out += Utf8Of(starts ? ToTitle(point) : ToLower(point));
    }
    starts = point == ' ';
  }
  return out;
}

int32_t FirstCodePoint(Text text) {
  if (text.empty()) return 0;
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(0);
  if (lead < 0x80) return lead;
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < length) return lead;
  int32_t point = lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3F);
  return point;
}

std::string Latin1Character(int64_t code) {
  if (code < 0) return "";
  auto low = static_cast<unsigned char>(code & 0xFF);
  if (low < 0x80) return std::string(1, static_cast<char>(low));
  return {static_cast<char>(0xC0 | (low >> 6)), static_cast<char>(0x80 | (low & 0x3F))};
}

int32_t FindInSet(Text word, Text set) {
  if (word.find(',') != kNone) return 0;
  int32_t index = 1;
  for (size_t at = 0;; ++index) {
    size_t comma = set.find(',', at);
    if (set.substr(at, comma == kNone ? kNone : comma - at) == word) return index;
    if (comma == kNone) return 0;
    at = comma + 1;
  }
}

template <bool left>
void Pad(duckdb::DataChunk& arguments, duckdb::ExpressionState& state, duckdb::Vector& result) {
  SizeBudget budget(state);
  RunRowwise<std::string, Text, int32_t, Text>(
      [&](Text text, int32_t length, Text pad) { return Padded(text, length, pad, left, budget); },
      arguments, result, std::make_index_sequence<3>());
}

void RepeatText(duckdb::DataChunk& arguments, duckdb::ExpressionState& state,
                duckdb::Vector& result) {
  SizeBudget budget(state);
  RunRowwise<std::string, Text, int32_t>(
      [&](Text text, int32_t times) { return Repeat(text, times, budget); }, arguments, result,
      std::make_index_sequence<2>());
}

}  // namespace

void RegisterTextKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                 duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function)));
  };
  // The set of characters comes first, as in TRIM(set FROM text).
  add("spark_trim", {text, text}, text, Rowwise<std::string, Text, Text>([](Text set, Text t) {
        return Trimmed(t, set, true, true);
      }));
  add("spark_ltrim", {text, text}, text, Rowwise<std::string, Text, Text>([](Text set, Text t) {
        return Trimmed(t, set, true, false);
      }));
  add("spark_rtrim", {text, text}, text, Rowwise<std::string, Text, Text>([](Text set, Text t) {
        return Trimmed(t, set, false, true);
      }));
  loader.RegisterFunction(MakeKernel("spark_lpad", {text, integer, text}, text, Pad<true>, true));
  loader.RegisterFunction(MakeKernel("spark_rpad", {text, integer, text}, text, Pad<false>, true));
  add("spark_locate", {text, text, integer}, integer,
      Rowwise<int32_t, Text, Text, int32_t>(Locate));
  add("spark_replace", {text, text, text}, text, Rowwise<std::string, Text, Text, Text>(Replace));
  add("spark_translate", {text, text, text}, text,
      Rowwise<std::string, Text, Text, Text>(Translate));
  add("spark_reverse", {text}, text, Rowwise<std::string, Text>(Reverse));
  add("spark_reverse_bytes", {LogicalType::BLOB}, LogicalType::BLOB,
      Rowwise<std::string, Text>(
          [](Text bytes) { return std::string(bytes.rbegin(), bytes.rend()); }));
  loader.RegisterFunction(MakeKernel("spark_repeat", {text, integer}, text, RepeatText, true));
  add("spark_substring_index", {text, text, integer}, text,
      Rowwise<std::string, Text, Text, int32_t>(SubstringIndex));
  loader.RegisterFunction(MakeKernel("spark_split_part", {text, text, integer}, text,
                                     Rowwise<std::string, Text, Text, int32_t>(SplitPart), true));
  add("spark_overlay", {text, text, integer, integer}, text,
      Rowwise<std::string, Text, Text, int32_t, int32_t>(Overlay));
  add("spark_levenshtein", {text, text}, integer, Rowwise<int32_t, Text, Text>(Levenshtein));
  add("spark_levenshtein_limited", {text, text, integer}, integer,
      Rowwise<int32_t, Text, Text, int32_t>(LimitedLevenshtein));
  add("spark_soundex", {text}, text, Rowwise<std::string, Text>(Soundex));
  add("spark_initcap", {text}, text, Rowwise<std::string, Text>(InitialCapitals));
  add("spark_ascii", {text}, integer, Rowwise<int32_t, Text>(FirstCodePoint));
  add("spark_chr", {LogicalType::BIGINT}, text, Rowwise<std::string, int64_t>(Latin1Character));
  add("spark_find_in_set", {text, text}, integer, Rowwise<int32_t, Text, Text>(FindInSet));
  add("spark_char_length", {text}, integer,
      Rowwise<int32_t, Text>([](Text t) { return static_cast<int32_t>(CountCharacters(t)); }));
  for (const LogicalType& bytes :
       {LogicalType(LogicalType::VARCHAR), LogicalType(LogicalType::BLOB)}) {
    add("spark_octet_length", {bytes}, integer,
        Rowwise<int32_t, Text>([](Text t) { return static_cast<int32_t>(t.size()); }));
  }
}

}  // namespace pyrite::lower
