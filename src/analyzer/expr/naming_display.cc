// Spark names some functions otherwise in a generated column name than in a query, and spells out
// the arguments that its expressions fill in themselves.

#include <cctype>
#include <unordered_map>
#include <unordered_set>

#include "analyzer/expr/naming_internal.h"

namespace pyrite::analyzer {
namespace {

bool IsShownInUpperCase(const std::string& name, size_t arguments) {
  static const std::unordered_set<std::string> kUpper = {"acos",
                                                         "acosh",
                                                         "asin",
                                                         "asinh",
                                                         "atan",
                                                         "atan2",
                                                         "atanh",
                                                         "cbrt",
                                                         "cos",
                                                         "cosh",
                                                         "cot",
                                                         "csc",
                                                         "degrees",
                                                         "e",
                                                         "exp",
                                                         "expm1",
                                                         "hypot",
                                                         "log",
                                                         "log10",
                                                         "log1p",
                                                         "log2",
                                                         "pi",
                                                         "power",
                                                         "radians",
                                                         "sec",
                                                         "sin",
                                                         "sinh",
                                                         "sqrt",
                                                         "tan",
                                                         "tanh",
                                                         "spark_partition_id",
                                                         "rank",
                                                         "dense_rank",
                                                         "percent_rank",
                                                         "regexp",
                                                         "signum",
                                                         "regexp_like"};
  if (name == "ceil" || name == "floor") return arguments == 1;
  return kUpper.contains(name);
}

// The arguments from `written` on, where the call has at least `required` and less than all.
struct Defaults {
  size_t required;
  std::vector<const char*> rest;
};

const Defaults* DefaultsOf(const std::string& name) {
  static const char kIdentity[] = "lambdafunction(namedlambdavariable(), namedlambdavariable())";
  static const char kPattern[] = "yyyy-MM-dd HH:mm:ss";
  static const char kAscending[] =
      "lambdafunction((IF(((namedlambdavariable() IS NULL) AND (namedlambdava"
      "riable() IS NULL)), 0, (IF((namedlambdavariable() IS NULL), 1, (IF((na"
      "medlambdavariable() IS NULL), -1, (IF((namedlambdavariable() < namedla"
      "mbdavariable()), -1, (IF((namedlambdavariable() > namedlambdavariable("
      ")), 1, 0)))))))))), namedlambdavariable(), namedlambdavariable())";
  static const std::unordered_map<std::string, Defaults> kDefaults = {
      {"aes_decrypt", {2, {"GCM", "DEFAULT", ""}}},
      {"aes_encrypt", {2, {"GCM", "DEFAULT", "", ""}}},
      {"aggregate", {3, {kIdentity}}},
      {"approx_percentile", {2, {"10000"}}},
      {"array_sort", {1, {kAscending}}},
      {"bround", {1, {"0"}}},
      {"from_unixtime", {1, {kPattern}}},
      {"hll_sketch_agg", {1, {"12"}}},
      {"hll_union", {2, {"false"}}},
      {"hll_union_agg", {1, {"false"}}},
      {"lag", {1, {"1", "NULL"}}},
      {"lead", {1, {"1", "NULL"}}},
      {"listagg", {1, {"NULL"}}},
      {"locate", {2, {"1"}}},
      {"lpad", {2, {" "}}},
      {"make_dt_interval", {0, {"0", "0", "0", "0.000000"}}},
      {"make_interval", {0, {"0", "0", "0", "0", "0", "0", "0.000000"}}},
      {"make_ym_interval", {0, {"0", "0"}}},
      {"mask", {1, {"X", "x", "n", "NULL"}}},
      {"months_between", {2, {"true"}}},
      {"overlay", {3, {"-1"}}},
      {"percentile", {2, {"1"}}},
      {"percentile_approx", {2, {"10000"}}},
      {"position", {2, {"1"}}},
      {"reduce", {3, {kIdentity}}},
      {"regexp_instr", {2, {"0"}}},
      {"regexp_extract", {2, {"1"}}},
      {"regexp_extract_all", {2, {"1"}}},
      {"regexp_replace", {3, {"1"}}},
      {"replace", {2, {""}}},
      {"round", {1, {"0"}}},
      {"rpad", {2, {" "}}},
      {"sentences", {1, {"", ""}}},
      {"sort_array", {1, {"true"}}},
      {"split", {2, {"-1"}}},
      {"string_agg", {1, {"NULL"}}},
      {"str_to_map", {1, {",", ":"}}},
      {"substr", {2, {"2147483647"}}},
      {"substring", {2, {"2147483647"}}},
      {"try_aes_decrypt", {2, {"GCM", "DEFAULT", ""}}},
      {"try_make_interval", {0, {"0", "0", "0", "0", "0", "0", "0.000000"}}},
      {"to_unix_timestamp", {1, {kPattern}}},
      {"theta_sketch_agg", {1, {"12"}}},
      {"theta_union", {2, {"12"}}},
      {"theta_union_agg", {1, {"12"}}},
      {"tuple_intersection_double", {2, {"sum"}}},
      {"tuple_intersection_agg_double", {1, {"sum"}}},
      {"tuple_intersection_theta_double", {2, {"sum"}}},
      {"tuple_sketch_agg_double", {2, {"12", "sum"}}},
      {"tuple_sketch_summary_double", {1, {"sum"}}},
      {"tuple_union_double", {2, {"12", "sum"}}},
      {"tuple_union_agg_double", {1, {"12", "sum"}}},
      {"tuple_union_theta_double", {2, {"12", "sum"}}},
      {"tuple_intersection_integer", {2, {"sum"}}},
      {"tuple_intersection_agg_integer", {1, {"sum"}}},
      {"tuple_intersection_theta_integer", {2, {"sum"}}},
      {"tuple_sketch_agg_integer", {2, {"12", "sum"}}},
      {"tuple_sketch_summary_integer", {1, {"sum"}}},
      {"tuple_union_integer", {2, {"12", "sum"}}},
      {"tuple_union_agg_integer", {1, {"12", "sum"}}},
      {"tuple_union_theta_integer", {2, {"12", "sum"}}},
      {"unix_timestamp", {1, {kPattern}}},
  };
  auto found = kDefaults.find(name);
  return found == kDefaults.end() ? nullptr : &found->second;
}

}  // namespace

std::string DisplayName(const std::string& name, std::vector<std::string>& texts) {
  if (const Defaults* defaults = DefaultsOf(name); defaults && texts.size() >= defaults->required) {
    for (size_t i = texts.size() - defaults->required; i < defaults->rest.size(); ++i) {
      texts.push_back(defaults->rest[i]);
    }
  }
  // The second argument of these is IGNORE NULLS.
  bool ignores = name == "first" || name == "last" || name == "any_value" ||
                 name == "first_value" || name == "last_value";
  if (ignores && texts.size() == 2) texts.pop_back();
  // The schema and the options do not show.
  bool structured = name == "from_json" || name == "to_json" || name == "schema_of_json" ||
                    name == "from_csv" || name == "to_csv" || name == "schema_of_csv" ||
                    name == "from_xml" || name == "to_xml" || name == "schema_of_xml";
  if (structured && texts.size() > 1) texts.resize(1);
  bool typed = name == "variant_get" || name == "try_variant_get";
  if (typed && texts.size() > 2) texts.resize(2);
  if (name == "mode" && texts.size() == 2) texts.pop_back();     // any of the most frequent
  if (name == "shuffle" && texts.size() == 2) texts.pop_back();  // the seed
  if (name == "uuid") texts.clear();                             // too
  if (name == "assert_true" && texts.size() == 1) {
    texts.push_back("'" + texts[0] + "' is not true!");
  }
  if (name == "raise_error" && texts.size() == 1) {
    texts[0] = "map(errorMessage, " + texts[0] + ")";
    texts.insert(texts.begin(), "USER_RAISED_EXCEPTION");
  }
  if (name == "try_make_timestamp" && texts.size() == 7) texts.pop_back();  // the time zone
  if (name == "try_to_time") {
    std::string inner = "to_time(" + texts[0] + (texts.size() > 1 ? ", " + texts[1] : "") + ")";
    texts = {inner};
  }
  if (name == "log" && texts.size() == 1) texts.insert(texts.begin(), "E()");
  if (name == "convert_timezone" && texts.size() == 2) {
    texts.insert(texts.begin(), "current_timezone()");
  }
  if (name == "unix_timestamp" && texts.empty()) {
    texts = {"current_timestamp()", "yyyy-MM-dd HH:mm:ss"};
  }
  if (name == "array_agg") return "collect_list";
  if (name == "curdate") return "current_date";
  if (name == "dateadd") return "date_add";
  if (name == "to_varchar") return "to_char";
  if (name == "current_database") return "current_schema";
  if (!IsShownInUpperCase(name, texts.size())) return name;
  std::string upper = name;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

}  // namespace pyrite::analyzer
