#include "analyzer/query/collation_table.h"

#include <algorithm>

namespace pyrite::analyzer {
namespace {

struct Locale {
  const char* name;
  const char* language;
  const char* country;
};

// Those of ICU 78.3, which Spark 4.2 has.
constexpr Locale kLocales[] = {
    {"UNICODE", "", ""},
    {"af", "Afrikaans", ""},
    {"am", "Amharic", ""},
    {"ar", "Arabic", ""},
    {"ar_SAU", "Arabic", "Saudi Arabia"},
    {"as", "Assamese", ""},
    {"az", "Azerbaijani", ""},
    {"be", "Belarusian", ""},
    {"bg", "Bulgarian", ""},
    {"blo", "Anii", ""},
    {"bn", "Bangla", ""},
    {"bo", "Tibetan", ""},
    {"br", "Breton", ""},
    {"bs", "Bosnian", ""},
    {"bs_Cyrl", "Bosnian", ""},
    {"ca", "Catalan", ""},
    {"ceb", "Cebuano", ""},
    {"chr", "Cherokee", ""},
    {"cs", "Czech", ""},
    {"cy", "Welsh", ""},
    {"da", "Danish", ""},
    {"de", "German", ""},
    {"de_AUT", "German", "Austria"},
    {"dsb", "Lower Sorbian", ""},
    {"dz", "Dzongkha", ""},
    {"ee", "Ewe", ""},
    {"el", "Greek", ""},
    {"en", "English", ""},
    {"en_USA", "English", "United States"},
    {"eo", "Esperanto", ""},
    {"es", "Spanish", ""},
    {"et", "Estonian", ""},
    {"fa", "Persian", ""},
    {"fa_AFG", "Persian", "Afghanistan"},
    {"ff", "Fula", ""},
    {"ff_Adlm", "Fula", ""},
    {"fi", "Finnish", ""},
    {"fil", "Filipino", ""},
    {"fo", "Faroese", ""},
    {"fr", "French", ""},
    {"fr_CAN", "French", "Canada"},
    {"fy", "Western Frisian", ""},
    {"ga", "Irish", ""},
    {"gl", "Galician", ""},
    {"gu", "Gujarati", ""},
    {"ha", "Hausa", ""},
    {"haw", "Hawaiian", ""},
    {"he", "Hebrew", ""},
    {"he_ISR", "Hebrew", "Israel"},
    {"hi", "Hindi", ""},
    {"hr", "Croatian", ""},
    {"hsb", "Upper Sorbian", ""},
    {"hu", "Hungarian", ""},
    {"hy", "Armenian", ""},
    {"id", "Indonesian", ""},
    {"id_IDN", "Indonesian", "Indonesia"},
    {"ig", "Igbo", ""},
    {"is", "Icelandic", ""},
    {"it", "Italian", ""},
    {"ja", "Japanese", ""},
    {"ka", "Georgian", ""},
    {"kk", "Kazakh", ""},
    {"kk_Arab", "Kazakh", ""},
    {"kl", "Kalaallisut", ""},
    {"km", "Khmer", ""},
    {"kn", "Kannada", ""},
    {"ko", "Korean", ""},
    {"kok", "Konkani", ""},
    {"ku", "Kurdish", ""},
    {"ky", "Kyrgyz", ""},
    {"lb", "Luxembourgish", ""},
    {"lij", "Ligurian", ""},
    {"lkt", "Lakota", ""},
    {"ln", "Lingala", ""},
    {"lo", "Lao", ""},
    {"lt", "Lithuanian", ""},
    {"lv", "Latvian", ""},
    {"mk", "Macedonian", ""},
    {"ml", "Malayalam", ""},
    {"mn", "Mongolian", ""},
    {"mr", "Marathi", ""},
    {"ms", "Malay", ""},
    {"mt", "Maltese", ""},
    {"my", "Burmese", ""},
    {"nb", "Norwegian Bokmål", ""},
    {"nb_NOR", "Norwegian Bokmål", "Norway"},
    {"ne", "Nepali", ""},
    {"nl", "Dutch", ""},
    {"nn", "Norwegian Nynorsk", ""},
    {"no", "Norwegian", ""},
    {"nso", "Northern Sotho", ""},
    {"om", "Oromo", ""},
    {"or", "Odia", ""},
    {"pa", "Punjabi", ""},
    {"pa_Guru", "Punjabi", ""},
    {"pa_Guru_IND", "Punjabi", "India"},
    {"pl", "Polish", ""},
    {"ps", "Pashto", ""},
    {"pt", "Portuguese", ""},
    {"ro", "Romanian", ""},
    {"ru", "Russian", ""},
    {"sa", "Sanskrit", ""},
    {"se", "Northern Sami", ""},
    {"si", "Sinhala", ""},
    {"sk", "Slovak", ""},
    {"sl", "Slovenian", ""},
    {"smn", "Inari Sami", ""},
    {"sq", "Albanian", ""},
    {"sr", "Serbian", ""},
    {"sr_Cyrl", "Serbian", ""},
    {"sr_Cyrl_BIH", "Serbian", "Bosnia & Herzegovina"},
    {"sr_Cyrl_MNE", "Serbian", "Montenegro"},
    {"sr_Cyrl_SRB", "Serbian", "Serbia"},
    {"sr_Latn", "Serbian", ""},
    {"sr_Latn_BIH", "Serbian", "Bosnia & Herzegovina"},
    {"sr_Latn_SRB", "Serbian", "Serbia"},
    {"st", "Southern Sotho", ""},
    {"sv", "Swedish", ""},
    {"sw", "Swahili", ""},
    {"ta", "Tamil", ""},
    {"te", "Telugu", ""},
    {"th", "Thai", ""},
    {"tk", "Turkmen", ""},
    {"tn", "Tswana", ""},
    {"to", "Tongan", ""},
    {"tr", "Turkish", ""},
    {"ug", "Uyghur", ""},
    {"uk", "Ukrainian", ""},
    {"ur", "Urdu", ""},
    {"uz", "Uzbek", ""},
    {"vi", "Vietnamese", ""},
    {"wae", "Walser", ""},
    {"wo", "Wolof", ""},
    {"xh", "Xhosa", ""},
    {"yi", "Yiddish", ""},
    {"yo", "Yoruba", ""},
    {"zh", "Chinese", ""},
    {"zh_Hans", "Chinese", ""},
    {"zh_Hans_CHN", "Chinese", "China"},
    {"zh_Hans_SGP", "Chinese", "Singapore"},
    {"zh_Hant", "Chinese", ""},
    {"zh_Hant_HKG", "Chinese", "Hong Kong SAR China"},
    {"zh_Hant_MAC", "Chinese", "Macao SAR China"},
    {"zh_Hant_TWN", "Chinese", "Taiwan"},
    {"zu", "Zulu", ""},
};

constexpr char kIcuVersion[] = "78.3.0.0";

struct Collation {
  std::string name, language, country;
  bool ignores_accents = false, ignores_case = false, trims = false, is_icu = false;
};

std::vector<Collation> Collations() {
  std::vector<Collation> all;
  for (const Locale& locale : kLocales) {
    for (int variant = 0; variant < 8; ++variant) {
      bool accents = (variant & 1) != 0, cases = (variant & 2) != 0, trims = (variant & 4) != 0;
      std::string name = std::string(locale.name) + (cases ? "_CI" : "") + (accents ? "_AI" : "") +
                         (trims ? "_RTRIM" : "");
      all.push_back({name, locale.language, locale.country, accents, cases, trims, true});
    }
  }
  std::ranges::sort(all, {}, &Collation::name);
  all.insert(all.begin(),
             {{.name = "UTF8_BINARY", .language = "", .country = ""},
              {.name = "UTF8_LCASE", .language = "", .country = "", .ignores_case = true},
              {.name = "UTF8_BINARY_RTRIM", .language = "", .country = "", .trims = true},
              {.name = "UTF8_LCASE_RTRIM",
               .language = "",
               .country = "",
               .ignores_case = true,
               .trims = true}});
  return all;
}

Literal TextOrNull(const std::string& text) {
  return text.empty() ? Literal::Null(DataType::String()) : Literal::String(text);
}

}  // namespace

Resolved CollationTable(Analysis& analysis) {
  plan::ValuesList list;
  for (const Collation& c : Collations()) {
    const Literal fields[] = {
        Literal::String("SYSTEM"),
        Literal::String("BUILTIN"),
        Literal::String(c.name),
        TextOrNull(c.language),
        TextOrNull(c.country),
        Literal::String(c.ignores_accents ? "ACCENT_INSENSITIVE" : "ACCENT_SENSITIVE"),
        Literal::String(c.ignores_case ? "CASE_INSENSITIVE" : "CASE_SENSITIVE"),
        Literal::String(c.trims ? "RTRIM" : "NO_PAD"),
        TextOrNull(c.is_icu ? kIcuVersion : ""),
    };
    plan::Expressions& row = list.rows.emplace_back();
    for (const Literal& field : fields) row.push_back(plan::MakeConstant(field));
  }
  plan::Columns output;
  for (const char* name : {"CATALOG", "SCHEMA", "NAME", "LANGUAGE", "COUNTRY", "ACCENT_SENSITIVITY",
                           "CASE_SENSITIVITY", "PAD_ATTRIBUTE", "ICU_VERSION"}) {
    bool nullable = list.rows[0][output.size()]->nullable;
    output.push_back({plan::NextColumnId(), name, DataType::String(), nullable, ""});
  }
  plan::RelationPtr table = plan::MakeRelation(std::move(list), std::move(output));
  ScopePtr scope = ScopeOf(table->output, nullptr, analysis.case_sensitive);
  return {std::move(table), std::move(scope), nullptr};
}

}  // namespace pyrite::analyzer
