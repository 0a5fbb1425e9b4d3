// CSV and JSON texts that stand in the rows of a query: what they are like.
#pragma once

#include <string>
#include <vector>

#include "base/configuration.h"
#include "plan/relation.h"

namespace pyrite::sources {

using RowTexts = std::vector<std::string>;

// The schema of the texts by options that Settle (text/text_options.h) gave: of CSV, comments and
// blank texts are left out, and the first one names the columns if there is a header.
Schema InferRowTexts(const std::string& format, const RowTexts& texts, const plan::Options& settled,
                     const Configuration& configuration);

// Whether the schema needs more than the first text.
bool NeedsAllTexts(const std::string& format, const plan::Options& settled);

// Raises for types that the format cannot hold.
void CheckRowTypes(const std::string& format, const Schema& schema);

}  // namespace pyrite::sources
