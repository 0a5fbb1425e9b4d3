// explode and its kind, in a select list or a LATERAL VIEW: a plan::Generate over the input.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

struct Generated {
  plan::RelationPtr plan;
  plan::Columns columns;  // what the generator puts out
};

// `names` renames the generator's columns; empty for Spark's own names (col; pos, col; key, value).
Generated Generate(const Resolved& input, const plan::ExpressionPtr& generator, bool outer,
                   const spec::NameParts& names, Qualifier qualifier, Analysis& analysis);

}  // namespace pyrite::analyzer
