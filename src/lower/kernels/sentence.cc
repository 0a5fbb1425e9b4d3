// sentences(): words by sentence, about as Java's BreakIterator finds them.

#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/vector_iterator.hpp"
#include "duckdb/common/vector/vector_writer.hpp"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"
#include "lower/kernels/utf8.h"

namespace pyrite::lower {
namespace {

using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;
using Text = std::string_view;

// Letters, marks and digits.
bool IsWordPoint(uint32_t point) {
  constexpr int32_t kLastNumber = 11;  // utf8proc: letters 1-5, marks 6-8, numbers 9-11
  int32_t category = duckdb::utf8proc_category(static_cast<int32_t>(point));
  return (category >= 1 && category <= kLastNumber) || point == '_';
}

using Sentences = std::vector<std::vector<Text>>;

Sentences Split(Text text) {
  Sentences out(text.empty() ? 0 : 1);
  size_t word = Text::npos;
  uint32_t last = 0;     // of those that end a sentence
  bool ended = false;    // a full stop or the like stands before
  bool is_over = false;  // and a blank after it
  const auto finish = [&](size_t end) {
    if (word != Text::npos) out.back().push_back(text.substr(word, end - word));
    word = Text::npos;
  };
  for (size_t at = 0; at < text.size();) {
    size_t start = at;
    uint32_t point = NextPoint(text, at);
    bool blank = point == ' ' || point == '\n' || point == '\t' || point == '\r';
    if (is_over && !blank) {
      if (last != '.' || IsWordPoint(point)) out.emplace_back();
      is_over = ended = false;
    }
    if (IsWordPoint(point)) {
      if (word == Text::npos) word = start;
      ended = false;
      continue;
    }
    size_t next = at;
    bool joins = (point == '\'' || point == '.' || point == 0x2019) && word != Text::npos &&
                 at < text.size() && IsWordPoint(NextPoint(text, next));
    if (joins) continue;
    finish(start);
    if (point == '.' || point == '!' || point == '?') {
      ended = true;
      last = point;
    }
    is_over = ended && blank;
  }
  finish(text.size());
  return out;
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  const auto texts = arguments.data[0].Values<duckdb::string_t>();
  idx_t sentences = 0, words = 0;
  auto rows = FlatVector::Writer<list_entry_t>(result, arguments.size());
  Vector& inner = ListVector::GetChildMutable(result);
  for (idx_t row = 0; row < arguments.size(); ++row) {
    if (!texts[row].IsValid()) {
      rows.WriteNull();
      continue;
    }
    Sentences found = Split(Storage<Text>::Read(texts[row].GetValue()));
    ListVector::Reserve(result, sentences + found.size());
    rows.WriteValue(list_entry_t(sentences, found.size()));
    for (const std::vector<Text>& sentence : found) {
      ListVector::Reserve(inner, words + sentence.size());
      FlatVector::GetDataMutable<list_entry_t>(inner)[sentences++] =
          list_entry_t(words, sentence.size());
      Vector& leaves = ListVector::GetChildMutable(inner);
      for (Text word : sentence) {
        FlatVector::GetDataMutable<duckdb::string_t>(leaves)[words++] =
            Storage<Text>::Write(leaves, word);
      }
    }
  }
  ListVector::SetListSize(result, sentences);
  ListVector::SetListSize(inner, words);
}

}  // namespace

void RegisterSentenceKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR;
  loader.RegisterFunction(
      MakeKernel("spark_sentences", {text}, LogicalType::LIST(LogicalType::LIST(text)), Run));
}

}  // namespace pyrite::lower
