#include "lower/files/json_line.h"

#include "base/errors.h"

namespace pyrite::lower {

AstExpression MakeJsonLine(AstExpression, const DataType&, const plan::Options&) {
  throw errors::UnsupportedFeature("writing the format json");
}

}  // namespace pyrite::lower
