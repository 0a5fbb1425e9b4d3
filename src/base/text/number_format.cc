#include "base/text/number_format.h"

#include <algorithm>
#include <cctype>

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<NumberFormat> NumberFormat::Read(std::string_view text) {
  NumberFormat format;
  bool has_digits = false, behind = false;
  for (size_t at = 0; at < text.size();) {
    char c = static_cast<char>(std::toupper(static_cast<unsigned char>(text[at])));
    char next = at + 1 < text.size()
                    ? static_cast<char>(std::toupper(static_cast<unsigned char>(text[at + 1])))
                    : '\0';
    if (c == '0' || c == '9') {
      size_t start = at;
      while (at < text.size() && (text[at] == '0' || text[at] == '9')) ++at;
      format.tokens_.push_back({Kind::kDigits, at - start, c == '0' && !behind});
      has_digits = true;
    } else if (c == '.' || c == 'D') {
      if (behind) return std::nullopt;
      behind = true;
      format.tokens_.push_back({Kind::kPoint});
      ++at;
    } else if (c == ',' || c == 'G') {
      if (behind || format.tokens_.empty() || format.tokens_.back().kind != Kind::kDigits) {
        return std::nullopt;
      }
      format.tokens_.push_back({Kind::kGroup});
      ++at;
    } else if (c == '$') {
      format.tokens_.push_back({Kind::kDollar});
      ++at;
    } else if (c == 'S') {
      format.tokens_.push_back({Kind::kSign});
      ++at;
    } else if (c == 'M' && next == 'I') {
      format.tokens_.push_back({Kind::kMinus});
      at += 2;
    } else if (c == 'P' && next == 'R') {
      format.tokens_.push_back({Kind::kClose});
      format.tokens_.insert(format.tokens_.begin(), {Kind::kOpen});
      at += 2;
    } else {
      return std::nullopt;
    }
  }
  if (!has_digits) return std::nullopt;
  return format;
}

std::optional<std::string> NumberFormat::Parse(std::string_view text) const {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  // Digits before the point are matched from the point leftwards: groups may be missing in front.
  std::string whole, fraction;
  bool negative = false, behind = false, opened = false;
  size_t at = 0;
  const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
  size_t point = 0;
  while (point < tokens_.size() && tokens_[point].kind != Kind::kPoint) ++point;
  // How many digits of the text stand before each group's comma decides which runs are there.
  std::vector<size_t> runs;
  {
    size_t scan = 0;
    while (scan < text.size() && !IsDigit(text[scan]) && text[scan] != '.') ++scan;
    runs.push_back(0);
    for (; scan < text.size() && (IsDigit(text[scan]) || text[scan] == ','); ++scan) {
      if (text[scan] == ',') {
        runs.push_back(0);
      } else {
        ++runs.back();
      }
    }
  }
  size_t expected_runs = 0;
  for (size_t i = 0; i < point; ++i) expected_runs += tokens_[i].kind == Kind::kDigits ? 1 : 0;
  if (runs.size() > expected_runs) return std::nullopt;
  size_t skipped = expected_runs - runs.size();  // leading runs that the text lacks
  size_t run = 0;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    switch (token.kind) {
      case Kind::kDigits: {
        if (!behind && run++ < skipped) {
          if (token.exactly) return std::nullopt;
          break;
        }
        size_t count = 0;
        std::string& digits = behind ? fraction : whole;
        while (count < token.count && IsDigit(peek())) {
          digits += text[at++];
          ++count;
        }
        if (IsDigit(peek())) return std::nullopt;
        bool first = !behind && run - 1 == skipped;
        if (!behind && count < token.count && (!first || token.exactly)) return std::nullopt;
        break;
      }
      case Kind::kGroup:
        if (run <= skipped) break;
        if (peek() != ',') return std::nullopt;
        ++at;
        break;
      case Kind::kPoint:
        behind = true;
        if (peek() == '.') ++at;
        break;
      case Kind::kDollar:
        if (peek() != '$') return std::nullopt;
        ++at;
        break;
      case Kind::kSign:
      case Kind::kMinus:
        if (peek() == '-') {
          negative = true;
          ++at;
        } else if (peek() == '+' && token.kind == Kind::kSign) {
          ++at;
        }
        break;
      case Kind::kOpen:
        if (peek() == '<') {
          opened = negative = true;
          ++at;
        }
        break;
      case Kind::kClose:
        if (opened) {
          if (peek() != '>') return std::nullopt;
          ++at;
        }
        break;
    }
  }
  if (at != text.size() || (whole.empty() && fraction.empty())) return std::nullopt;
  std::string number = negative ? "-" : "";
  number += whole.empty() ? "0" : whole;
  if (!fraction.empty()) number.append(".").append(fraction);
  return number;
}

std::string NumberFormat::Format(std::string_view number) const {
  bool negative = !number.empty() && number.front() == '-';
  if (negative) number.remove_prefix(1);
  size_t dot = std::min(number.find('.'), number.size());
  std::string whole(number.substr(0, dot));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  std::string fraction(number.substr(std::min(dot + 1, number.size())));
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  size_t places = 0, fraction_places = 0;
  bool behind = false;
  for (const Token& token : tokens_) {
    if (token.kind == Kind::kPoint) behind = true;
    if (token.kind == Kind::kDigits) (behind ? fraction_places : places) += token.count;
  }
  if (whole.empty() && !fraction.empty() && places > 0) whole = "0";
  bool overflow = whole.size() > places || fraction.size() > fraction_places;
  fraction.resize(std::max(fraction_places, fraction.size()), '0');
  whole.insert(0, places - std::min(places, whole.size()), ' ');
  std::string out;
  size_t at = 0;
  size_t fraction_at = 0;
  behind = false;
  bool started = false;
  for (const Token& token : tokens_) {
    switch (token.kind) {
      case Kind::kDigits:
        for (size_t i = 0; i < token.count; ++i) {
          if (overflow) {
            out += '#';
          } else if (behind) {
            out += fraction[fraction_at++];
          } else {
            char digit = whole[at++];
            if (digit == ' ' && (token.exactly || started)) digit = '0';
            started = started || digit != ' ';
            out += digit;
          }
        }
        break;
      case Kind::kGroup: out += started ? ',' : ' '; break;
      case Kind::kPoint:
        behind = true;
        out += '.';
        break;
      case Kind::kDollar: out += '$'; break;
      case Kind::kSign: out += negative ? '-' : '+'; break;
      case Kind::kMinus: out += negative ? '-' : ' '; break;
      case Kind::kOpen:
        if (negative) out += '<';
        break;
      case Kind::kClose: out += negative ? ">" : "  "; break;
    }
  }
  // A sign in front stands right before the first digit.
  bool sign_first = !out.empty() && (out[0] == '-' || out[0] == '+' || out[0] == '<');
  size_t digit = sign_first ? out.find_first_not_of(' ', 1) : 0;
  if (sign_first && digit != std::string::npos && digit > 1) {
    std::rotate(out.begin(), out.begin() + 1, out.begin() + static_cast<int64_t>(digit));
  }
  return out;
}

}  // namespace pyrite
