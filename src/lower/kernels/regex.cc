// Java's regular expressions through PCRE2, compiled once a pattern and thread.

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <memory>
#include <unordered_map>

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

constexpr size_t kCachedPatterns = 64;

class Regex {
 public:
  Regex(Text pattern, const char* function) {
    int error;
    PCRE2_SIZE offset;
    pcre2_compile_context* context = pcre2_compile_context_create(nullptr);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANY);  // as Java's . and $
    code_ = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                          PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error, &offset, context);
    pcre2_compile_context_free(context);
    if (code_ == nullptr) {
      ThrowSpark("INVALID_PARAMETER_VALUE.PATTERN",
                 {{"parameter", "`regexp`"},
                  {"functionName", "`" + std::string(function) + "`"},
                  {"value", "'" + std::string(pattern) + "'"}});
    }
    pcre2_jit_compile(code_, PCRE2_JIT_COMPLETE);
    match_ = pcre2_match_data_create_from_pattern(code_, nullptr);
    uint32_t groups = 0;
    pcre2_pattern_info(code_, PCRE2_INFO_CAPTURECOUNT, &groups);
    groups_ = static_cast<int>(groups);
  }
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex() {
    pcre2_match_data_free(match_);
    pcre2_code_free(code_);
  }

  bool Find(Text text, size_t from, bool after_empty = false) {
    uint32_t options = PCRE2_NO_UTF_CHECK;
    if (after_empty) options |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED;
    matched_ = pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                           options, match_, nullptr);
    return matched_ > 0;
  }
  size_t start(int group = 0) const { return pcre2_get_ovector_pointer(match_)[2 * group]; }
  size_t end(int group = 0) const { return pcre2_get_ovector_pointer(match_)[2 * group + 1]; }
  // "" for a group that took no part.
  Text group(Text text, int index) const {
    if (index >= matched_ || start(index) == PCRE2_UNSET) return {};
    return text.substr(start(index), end(index) - start(index));
  }
  int groups() const { return groups_; }

  // Calls `found` at each match, as Java's Matcher.find() walks.
  template <class F>
  void ForEach(Text text, F found) {
    size_t at = 0;
    while (at <= text.size() && Find(text, at)) {
      size_t to = end();
      found();
      at = to;
      if (start() == to) {  // empty: go on behind the next character
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      }
    }
  }

 private:
  pcre2_code* code_ = nullptr;
  pcre2_match_data* match_ = nullptr;
  int matched_ = 0;
  int groups_ = 0;
};

Regex& Compiled(Text pattern, const char* function) {
  thread_local std::unordered_map<std::string, std::unique_ptr<Regex>> cache;
  thread_local std::pair<std::string, Regex*> last;
  if (last.second != nullptr && last.first == pattern) return *last.second;
  if (cache.size() >= kCachedPatterns) {
    cache.clear();
    last.second = nullptr;
  }
  auto& entry = cache[std::string(pattern)];
  if (!entry) {
    try {
      entry = std::make_unique<Regex>(pattern, function);
    } catch (...) {
      cache.erase(std::string(pattern));
      throw;
    }
  }
  last = {std::string(pattern), entry.get()};
  return *entry;
}

void CheckGroup(const Regex& regex, int32_t group, const char* function) {
  if (group >= 0 && group <= regex.groups()) return;
  ThrowSpark("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
             {{"parameter", "`idx`"},
              {"functionName", "`" + std::string(function) + "`"},
              {"groupCount", std::to_string(regex.groups())},
              {"groupIndex", std::to_string(group)}});
}

std::string Extract(Text text, Text pattern, int32_t group) {
  Regex& regex = Compiled(pattern, "regexp_extract");
  if (!regex.Find(text, 0)) return "";  // Spark checks the group of a match only
  CheckGroup(regex, group, "regexp_extract");
  return std::string(regex.group(text, group));
}

// Java's replacement text: $1 is a group, a backslash takes the next character as it is.
void AppendReplacement(const Regex& regex, Text text, Text replacement, std::string& out) {
  for (size_t i = 0; i < replacement.size(); ++i) {
    char c = replacement[i];
    if (c == '\\' && i + 1 < replacement.size()) {
      out += replacement[++i];
    } else if (c == '$' && i + 1 < replacement.size() &&
               std::isdigit(static_cast<unsigned char>(replacement[i + 1]))) {
      int group = replacement[++i] - '0';
      while (i + 1 < replacement.size() &&
             std::isdigit(static_cast<unsigned char>(replacement[i + 1]))) {
        int wider = group * 10 + (replacement[i + 1] - '0');
        if (wider > regex.groups()) break;
        group = wider;
        ++i;
      }
      out += regex.group(text, group);
    } else {
      out += c;
    }
  }
}

std::string Replace(Text text, Text pattern, Text replacement, int32_t position) {
  Regex& regex = Compiled(pattern, "regexp_replace");
  size_t start = 0;
  for (int32_t i = 1; i < position && start < text.size(); ++i) {
    ++start;
    while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  }
  if (position > 1 && start >= text.size()) return std::string(text);
  std::string out(text.substr(0, start));
  Text rest = text.substr(start);
  size_t copied = 0;
  regex.ForEach(rest, [&] {
    out.append(rest.substr(copied, regex.start() - copied));
    AppendReplacement(regex, rest, replacement, out);
    copied = regex.end();
  });
  return out.append(rest.substr(copied));
}

void ExtractAll(Text text, Text pattern, int32_t group, std::vector<Text>& out) {
  Regex& regex = Compiled(pattern, "regexp_extract_all");
  regex.ForEach(text, [&] {
    CheckGroup(regex, group, "regexp_extract_all");
    out.push_back(regex.group(text, group));
  });
}

// A pattern that is one plain character, or one behind a backslash; nullopt: another.
std::optional<char> PlainCharacter(Text pattern) {
  constexpr Text kSpecial = "\\^$.|?*+()[]{}";
  if (pattern.size() == 2 && pattern[0] == '\\' && kSpecial.find(pattern[1]) != Text::npos) {
    return pattern[1];
  }
  bool plain = pattern.size() == 1 && static_cast<unsigned char>(pattern[0]) < 0x80 &&
               kSpecial.find(pattern[0]) == Text::npos;
  return plain ? std::optional(pattern[0]) : std::nullopt;
}

// Java's String.split: empty pieces at the end are dropped only with limit 0, which Spark makes -1.
void Split(Text text, Text pattern, int32_t limit, std::vector<Text>& out) {
  size_t piece = 0;
  const auto full = [&] { return limit > 0 && static_cast<int32_t>(out.size()) == limit - 1; };
  if (auto separator = PlainCharacter(pattern)) {
    for (size_t at; !full() && (at = text.find(*separator, piece)) != Text::npos; piece = at + 1) {
      out.push_back(text.substr(piece, at - piece));
    }
    out.push_back(text.substr(piece));
    return;
  }
  Regex& regex = Compiled(pattern, "split");
  regex.ForEach(text, [&] {
    if (full()) return;
    if (regex.end() == 0) return;  // nothing before the text
    if (regex.start() == regex.end() && regex.end() == text.size()) return;
    out.push_back(text.substr(piece, regex.start() - piece));
    piece = regex.end();
  });
  out.push_back(text.substr(piece));
}

// (text, text, int) -> list of texts. `function` puts pieces of the text into a vector of views.
template <class F>
duckdb::scalar_function_t ListKernel(F function) {
  return
      [function](duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
        const auto texts = arguments.data[0].Values<duckdb::string_t>();
        const auto patterns = arguments.data[1].Values<duckdb::string_t>();
        const auto numbers = arguments.data[2].Values<int32_t>();
        duckdb::idx_t count = arguments.size(), total = 0;
        auto lists = duckdb::FlatVector::Writer<duckdb::list_entry_t>(result, count);
        duckdb::Vector& child = duckdb::ListVector::GetChildMutable(result);
        std::vector<Text> pieces;
        for (duckdb::idx_t row = 0; row < count; ++row) {
          if (!texts[row].IsValid() || !patterns[row].IsValid() || !numbers[row].IsValid()) {
            lists.WriteNull();
            continue;
          }
          pieces.clear();
          function(Storage<Text>::Read(texts[row].GetValue()),
                   Storage<Text>::Read(patterns[row].GetValue()), numbers[row].GetValue(), pieces);
          duckdb::ListVector::Reserve(result, total + pieces.size());
          auto* out = duckdb::FlatVector::GetDataMutable<duckdb::string_t>(child) + total;
          for (size_t i = 0; i < pieces.size(); ++i)
            out[i] = Storage<Text>::Write(child, pieces[i]);
          lists.WriteValue(duckdb::list_entry_t(total, pieces.size()));
          total += pieces.size();
        }
        duckdb::ListVector::SetListSize(result, total);
      };
}

// The 1-based place of the first match in characters, 0 for none.
int32_t PlaceOf(Text text, Text pattern) {
  Regex& regex = Compiled(pattern, "regexp_instr");
  if (!regex.Find(text, 0)) return 0;
  return static_cast<int32_t>(CountCharacters(text.substr(0, regex.start()))) + 1;
}

std::optional<std::string> FirstMatch(Text text, Text pattern) {
  Regex& regex = Compiled(pattern, "regexp_substr");
  if (!regex.Find(text, 0) || regex.group(text, 0).empty()) return std::nullopt;
  return std::string(regex.group(text, 0));
}

}  // namespace

void RegisterRegexKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  LogicalType texts = LogicalType::LIST(text);
  auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                 duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true));
  };
  add("spark_rlike", {text, text}, LogicalType::BOOLEAN,
      Rowwise<bool, Text, Text>(
          [](Text value, Text pattern) { return Compiled(pattern, "rlike").Find(value, 0); }));
  add("spark_regexp_count", {text, text}, integer,
      Rowwise<int32_t, Text, Text>([](Text value, Text pattern) {
        int32_t count = 0;
        Compiled(pattern, "regexp_count").ForEach(value, [&] { ++count; });
        return count;
      }));
  add("spark_regexp_instr", {text, text}, integer, Rowwise<int32_t, Text, Text>(PlaceOf));
  add("spark_regexp_substr", {text, text}, text, Rowwise<std::string, Text, Text>(FirstMatch));
  add("spark_regexp_extract", {text, text, integer}, text,
      Rowwise<std::string, Text, Text, int32_t>(Extract));
  add("spark_regexp_replace", {text, text, text, integer}, text,
      Rowwise<std::string, Text, Text, Text, int32_t>(Replace));
  add("spark_regexp_extract_all", {text, text, integer}, texts, ListKernel(ExtractAll));
  add("spark_split", {text, text, integer}, texts, ListKernel(Split));
}

}  // namespace pyrite::lower
