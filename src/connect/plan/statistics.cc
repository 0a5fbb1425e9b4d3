// df.na, df.stat, df.describe: DataFrame functions that are whole queries.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::ShowString& message) {
  return spec::ShowString{ToSpec(message.input()), message.num_rows(), message.truncate(),
                          message.vertical()};
}

RelationNode ToNode(const proto::HtmlString& message) {
  return spec::HtmlString{ToSpec(message.input()), message.num_rows(), message.truncate()};
}

RelationNode ToNode(const proto::NAFill& message) {
  if (message.values().empty()) RaiseInvalidPlan("NA_FILL_VALUES_EMPTY");
  if (message.values_size() > 1 && message.values_size() != message.cols_size()) {
    RaiseInvalidPlan("NA_FILL_VALUES_LENGTH_MISMATCH");
  }
  spec::FillNa fill;
  fill.input = ToSpec(message.input());
  fill.columns = ToStrings(message.cols());
  for (const auto& value : message.values()) fill.values.push_back(ToLiteral(value));
  return fill;
}

RelationNode ToNode(const proto::NADrop& message) {
  spec::DropNa drop;
  drop.input = ToSpec(message.input());
  drop.columns = ToStrings(message.cols());
  if (message.has_min_non_nulls()) drop.min_non_nulls = message.min_non_nulls();
  return drop;
}

RelationNode ToNode(const proto::NAReplace& message) {
  spec::ReplaceNa replace;
  replace.input = ToSpec(message.input());
  replace.columns = ToStrings(message.cols());
  for (const auto& replacement : message.replacements()) {
    replace.replacements.emplace_back(ToLiteral(replacement.old_value()),
                                      ToLiteral(replacement.new_value()));
  }
  return replace;
}

RelationNode ToNode(const proto::StatSummary& message) {
  return spec::StatSummary{ToSpec(message.input()), ToStrings(message.statistics())};
}

RelationNode ToNode(const proto::StatDescribe& message) {
  return spec::StatDescribe{ToSpec(message.input()), ToStrings(message.cols())};
}

RelationNode ToNode(const proto::StatCrosstab& message) {
  return spec::StatCrosstab{ToSpec(message.input()), message.col1(), message.col2()};
}

RelationNode ToNode(const proto::StatCov& message) {
  return spec::StatCov{ToSpec(message.input()), message.col1(), message.col2()};
}

RelationNode ToNode(const proto::StatCorr& message) {
  return spec::StatCorr{ToSpec(message.input()), message.col1(), message.col2(),
                        message.has_method() ? message.method() : "pearson"};
}

RelationNode ToNode(const proto::StatApproxQuantile& message) {
  return spec::StatApproxQuantile{ToSpec(message.input()),
                                  ToStrings(message.cols()),
                                  {message.probabilities().begin(), message.probabilities().end()},
                                  message.relative_error()};
}

RelationNode ToNode(const proto::StatFreqItems& message) {
  return spec::StatFreqItems{ToSpec(message.input()), ToStrings(message.cols()),
                             message.has_support() ? message.support() : 0.01};
}

RelationNode ToNode(const proto::StatSampleBy& message) {
  spec::StatSampleBy sample;
  sample.input = ToSpec(message.input());
  sample.column = ToSpec(message.col());
  for (const auto& fraction : message.fractions()) {
    sample.fractions.emplace_back(ToLiteral(fraction.stratum()), fraction.fraction());
  }
  sample.seed = message.seed();
  return sample;
}

}  // namespace pyrite::connect
