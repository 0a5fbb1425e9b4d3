// What Spark has and Pyrite does not: calls fail with UNSUPPORTED_FEATURE. Some of them are taken
// by the analyzer before they are looked for here.

#include <vector>

#include "functions/families.h"

namespace pyrite::functions {
namespace {

struct Refusal {
  const char* reason;
  std::vector<const char*> names;
};

const std::vector<Refusal>& Refusals() {
  static const std::vector<Refusal> refusals = {
      {"there is no JVM", {"java_method", "reflect", "try_reflect"}},
      {"there are no geometry types",
       {"st_asbinary", "st_geogfromwkb", "st_geomfromwkb", "st_setsrid", "st_srid"}},
      {"Avro is not read or written", {"from_avro", "schema_of_avro", "to_avro"}},
      {"protocol buffers are not read or written", {"from_protobuf", "to_protobuf"}},
      {"XML is searched (xpath), but not read or written by schemas",
       {"from_xml", "schema_of_xml", "to_xml"}},
      {"every text is in the collation UTF8_BINARY", {"collate"}},
      {"sketches of frequent items are not there yet",
       {"approx_top_k", "approx_top_k_accumulate", "approx_top_k_combine",
        "approx_top_k_estimate"}},
      {"functions of vectors are not there yet",
       {"vector_avg", "vector_cosine_similarity", "vector_inner_product", "vector_l2_distance",
        "vector_norm", "vector_normalize", "vector_sum"}},
      {"there are no metric views", {"measure"}},
      {"Python workers keep no logs", {"python_worker_logs"}},
      {"there is no table of keywords", {"sql_keywords"}},
      {"there is one search path", {"current_path"}},
      {"only where the grammar has it",
       {"cast", "collations", "grouping", "grouping_id", "range", "time"}},
  };
  return refusals;
}

}  // namespace

std::span<const Function> UnsupportedFunctions() {
  static const std::vector<Function> rows = [] {
    std::vector<Function> made;
    for (const Refusal& refusal : Refusals()) {
      for (const char* name : refusal.names) {
        made.push_back({.name = name,
                        .signatures = "(any...) -> any",
                        .doc = "Not there.",
                        .means = Unsupported{refusal.reason}});
      }
    }
    return made;
  }();
  return rows;
}

}  // namespace pyrite::functions
