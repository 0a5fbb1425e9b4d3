#include "base/errors.h"
#include "duckdb/parser/parsed_data/sample_options.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {

Select Lowering::LowerSample(const plan::Sample& node) {
  if (node.with_replacement) throw errors::UnsupportedFeature("sampling with replacement");
  if (node.lower_bound != 0) throw errors::UnsupportedFeature("randomSplit");
  AstTable table = Lower(node.input).IntoTable();
  table->sample = duckdb::make_uniq<duckdb::SampleOptions>(node.seed & 0x7fffffff);
  table->sample->sample_size = duckdb::Value::DOUBLE(node.upper_bound * 100);
  table->sample->is_percentage = true;
  table->sample->method = duckdb::SampleMethod::BERNOULLI_SAMPLE;
  table->sample->repeatable = true;
  return Select(std::move(table));
}

}  // namespace pyrite::lower
