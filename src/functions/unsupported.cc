// What Spark has and Pyrite does not: calls fail with UNSUPPORTED_FEATURE.

#include <vector>

#include "functions/families.h"

namespace pyrite::functions {
namespace {

constexpr const char* kNames[] = {
    "aes_decrypt", "aes_encrypt", "aggregate", "approx_top_k", "approx_top_k_accumulate",
    "approx_top_k_combine", "approx_top_k_estimate", "array_append", "array_compact",
    "array_distinct", "array_except", "array_insert", "array_intersect", "array_prepend",
    "array_remove", "array_sort", "array_union", "arrays_overlap", "arrays_zip", "assert_true",
    "bit_count", "bit_get", "bitmap_and_agg", "bitmap_bit_position", "bitmap_bucket_number",
    "bitmap_construct_agg", "bitmap_count", "bitmap_or_agg", "cast", "collate", "collation",
    "collations", "convert_timezone", "count_min_sketch", "current_path", "current_time",
    "current_user", "dateadd", "dayname", "decode", "elt", "encode", "format_number",
    "format_string", "from_avro", "from_csv", "from_json", "from_protobuf", "from_utc_timestamp",
    "from_xml", "get_json_object", "getbit", "grouping", "grouping_id", "histogram_numeric",
    "hll_sketch_agg", "hll_sketch_estimate", "hll_union", "hll_union_agg",
    "input_file_block_length", "input_file_block_start", "input_file_name",
    "is_valid_utf8", "is_valid_variant", "is_variant_null", "java_method", "json_array_length",
    "json_object_keys", "json_tuple", "kll_merge_agg_bigint", "kll_merge_agg_double",
    "kll_merge_agg_float", "kll_sketch_agg_bigint", "kll_sketch_agg_double",
    "kll_sketch_agg_float", "kll_sketch_get_n_bigint", "kll_sketch_get_n_double",
    "kll_sketch_get_n_float", "kll_sketch_get_quantile_bigint", "kll_sketch_get_quantile_double",
    "kll_sketch_get_quantile_float", "kll_sketch_get_rank_bigint", "kll_sketch_get_rank_double",
    "kll_sketch_get_rank_float", "kll_sketch_merge_bigint", "kll_sketch_merge_double",
    "kll_sketch_merge_float", "kll_sketch_to_string_bigint", "kll_sketch_to_string_double",
    "kll_sketch_to_string_float", "luhn_check", "make_dt_interval", "make_interval", "make_time",
    "make_timestamp", "make_timestamp_ltz", "make_timestamp_ntz", "make_valid_utf8",
    "make_ym_interval", "map_concat", "map_filter", "map_from_entries", "map_zip_with", "mask",
    "measure", "monotonically_increasing_id", "monthname", "parse_json", "parse_url",
    "percentile_cont", "percentile_disc", "printf", "python_worker_logs", "quote", "raise_error",
    "randn", "randstr", "range", "reduce", "reflect", "regexp_instr", "regexp_substr",
    "schema_of_avro", "schema_of_csv", "schema_of_json", "schema_of_variant",
    "schema_of_variant_agg", "schema_of_xml", "sentences", "session_user", "session_window",
    "shuffle", "skewness", "slice", "spark_partition_id", "sql_keywords", "st_asbinary",
    "st_geogfromwkb", "st_geomfromwkb", "st_setsrid", "st_srid", "stack", "str_to_map",
    "theta_difference", "theta_intersection", "theta_intersection_agg", "theta_sketch_agg",
    "theta_sketch_estimate", "theta_union", "theta_union_agg", "time", "time_bucket", "time_diff",
    "time_from_micros", "time_from_millis", "time_from_seconds", "time_to_micros",
    "time_to_millis", "time_to_seconds", "time_trunc", "to_avro", "to_binary", "to_char",
    "to_csv", "to_json", "to_number", "to_protobuf", "to_time", "to_timestamp_ltz",
    "to_timestamp_ntz", "to_utc_timestamp", "to_varchar", "to_variant_object", "to_xml",
    "transform_keys", "transform_values", "try_aes_decrypt", "try_avg", "try_make_interval",
    "try_make_timestamp", "try_make_timestamp_ltz", "try_make_timestamp_ntz", "try_parse_json",
    "try_parse_url", "try_reflect", "try_sum", "try_to_binary", "try_to_date", "try_to_number",
    "try_to_time", "try_to_timestamp", "try_url_decode", "try_validate_utf8", "try_variant_get",
    "tuple_difference_double", "tuple_difference_integer", "tuple_difference_theta_double",
    "tuple_difference_theta_integer", "tuple_intersection_agg_double",
    "tuple_intersection_agg_integer", "tuple_intersection_double", "tuple_intersection_integer",
    "tuple_intersection_theta_double", "tuple_intersection_theta_integer",
    "tuple_sketch_agg_double", "tuple_sketch_agg_integer", "tuple_sketch_estimate_double",
    "tuple_sketch_estimate_integer", "tuple_sketch_summary_double",
    "tuple_sketch_summary_integer", "tuple_sketch_theta_double", "tuple_sketch_theta_integer",
    "tuple_union_agg_double", "tuple_union_agg_integer", "tuple_union_double",
    "tuple_union_integer", "tuple_union_theta_double", "tuple_union_theta_integer", "uniform",
    "url_decode", "url_encode", "user", "validate_utf8", "variant_explode",
    "variant_explode_outer", "variant_get", "vector_avg", "vector_cosine_similarity",
    "vector_inner_product", "vector_l2_distance", "vector_norm", "vector_normalize", "vector_sum",
    "window", "window_time", "xpath", "xpath_boolean", "xpath_double", "xpath_float", "xpath_int",
    "xpath_long", "xpath_number", "xpath_short", "xpath_string", "zip_with",
};

}  // namespace

std::span<const Function> UnsupportedFunctions() {
  static const std::vector<Function> rows = [] {
    std::vector<Function> made;
    for (const char* name : kNames) {
      made.push_back({.name = name, .signatures = "(any...) -> any", .doc = "Not there yet.",
                      .means = Unsupported{"not there yet"}});
    }
    return made;
  }();
  return rows;
}

}  // namespace pyrite::functions
