#include "sources/text/text_options.h"

#include <charconv>

#include "base/errors.h"
#include "base/text/text_to_number.h"
#include "base/text/time_zone.h"

namespace pyrite::sources {
namespace {

ParseMode ToMode(const std::string& name) {
  if (EqualsIgnoreCase(name, "DROPMALFORMED")) return ParseMode::kDropMalformed;
  if (EqualsIgnoreCase(name, "FAILFAST")) return ParseMode::kFailFast;
  return ParseMode::kPermissive;  // and for what is no mode, as in Spark
}

void CheckLocale(const Options& options) {
  auto locale = options.Find("locale");
  if (!locale || ToLower(*locale).starts_with("en")) return;
  throw errors::UnsupportedFeature("the option locale with " + *locale);
}

}  // namespace

plan::Options Settle(const plan::Options& options, const std::string& format,
                     const Configuration& configuration) {
  Options given(options);
  plan::Options settled = options;
  const auto otherwise = [&](const char* name, const std::string& value) {
    if (!given.Find(name)) settled.emplace_back(name, value);
  };
  otherwise("timeZone", configuration.time_zone());
  otherwise("columnNameOfCorruptRecord", configuration.Get("spark.sql.columnNameOfCorruptRecord"));
  if (auto fallback =
          configuration.Find("spark.sql.legacy." + format + ".enableDateTimeParsingFallback")) {
    otherwise("enableDateTimeParsingFallback", *fallback);
  }
  if (configuration.Get("spark.sql.legacy.timeParserPolicy") == "LEGACY") {
    otherwise("enableDateTimeParsingFallback", "true");
  }
  if (format == "json") {
    otherwise("ignoreNullFields", configuration.Get("spark.sql.jsonGenerator.ignoreNullFields"));
  }
  if (format == "csv") {
    otherwise("columnPruning", configuration.Get("spark.sql.csv.parser.columnPruning.enabled"));
  }
  return settled;
}

bool BoolOption(const Options& options, const std::string& name, bool otherwise) {
  auto text = options.Find(name);
  if (!text) return otherwise;
  if (EqualsIgnoreCase(*text, "true")) return true;
  if (EqualsIgnoreCase(*text, "false")) return false;
  throw SparkError("_LEGACY_ERROR_TEMP_2147", {{"paramName", name}});
}

int64_t IntOption(const Options& options, const std::string& name, int64_t otherwise) {
  auto text = options.Find(name);
  if (!text) return otherwise;
  int32_t value = 0;
  auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc() && stop == text->data() + text->size()) return value;
  throw SparkError("_LEGACY_ERROR_TEMP_2146", {{"paramName", name}, {"value", *text}});
}

char CharOption(const Options& options, const std::string& name, char otherwise) {
  auto text = options.Find(name);
  if (!text) return otherwise;
  if (text->empty()) return 0;
  if (text->size() == 1) return text->front();
  bool one_character = (static_cast<unsigned char>(text->front()) & 0xc0) == 0xc0;
  for (size_t i = 1; i < text->size(); ++i) {
    one_character = one_character && (static_cast<unsigned char>((*text)[i]) & 0xc0) == 0x80;
  }
  if (one_character) {
    throw errors::UnsupportedFeature("the option " + name + " with a character beyond ASCII");
  }
  throw SparkError("OPTION_VALUE_EXCEEDS_ONE_CHARACTER",
                   {{"paramName", name}, {"actualValue", *text}});
}

TextOptions ReadTextOptions(const Options& options, const std::string& reader) {
  CheckLocale(options);
  TextOptions read;
  read.mode = ToMode(options.Find("mode").value_or(""));
  read.corrupt_column = options.Find("columnNameOfCorruptRecord").value_or("_corrupt_record");
  read.multi_line = BoolOption(options, "multiLine", false);
  auto charset = options.Find("encoding");
  read.lines.charset = charset ? *charset : options.Find("charset").value_or("UTF-8");
  CheckCharset(read.lines.charset, reader);
  read.lines.separator = options.Find("lineSep").value_or("");
  if (auto ratio = options.Find("samplingRatio")) {
    auto value = TextToDouble(*ratio);
    if (!value) {
      throw SparkError("", "", "java.lang.NumberFormatException",
                       "For input string: \"" + *ratio + "\"");
    }
    read.sampling_ratio = *value;
  }
  read.time_zone = options.Find("timeZone").value_or("UTC");
  if (TimeZone::Find(read.time_zone) == nullptr) throw errors::InvalidTimeZone(read.time_zone);
  read.date_format = options.Find("dateFormat");
  read.timestamp_format = options.Find("timestampFormat");
  read.timestamp_ntz_format = options.Find("timestampNTZFormat");
  read.date_fallback =
      BoolOption(options, "enableDateTimeParsingFallback", !read.date_format.has_value());
  read.timestamp_fallback =
      BoolOption(options, "enableDateTimeParsingFallback", !read.timestamp_format.has_value());
  return read;
}

}  // namespace pyrite::sources
