// The schema of files of text, which CSV and JSON settle alike.
#pragma once

#include <functional>
#include <string>

#include "sources/file_table.h"

namespace pyrite::sources {

// The user's schema, or what `infer` finds in the files. `request` has settled options; `more` is
// what else the inference depends on; `shown` is the format in errors.
Schema SettleTextSchema(const ReadRequest& request, const FileTable& table,
                        const std::string& shown, const std::string& more,
                        const std::function<Schema()>& infer);

}  // namespace pyrite::sources
