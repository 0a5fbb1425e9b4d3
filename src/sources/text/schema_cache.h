// Schemas found by reading files, remembered while the files stay as they are: a client asks for a
// schema again with every call. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "plan/relation.h"

namespace pyrite::sources {

// `infer`'s result, or that of an earlier call with the same files and options.
Schema RememberSchema(const std::string& format, const std::vector<plan::ScanFile>& files,
                      const plan::Options& settled, const std::string& more,
                      const std::function<Schema()>& infer);

}  // namespace pyrite::sources
