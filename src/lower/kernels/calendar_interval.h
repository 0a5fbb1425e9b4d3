// Calendar intervals (months, days and microseconds): their parts, and arithmetic on them.
#pragma once

#include "duckdb/main/extension/extension_loader.hpp"

namespace pyrite::lower {

void RegisterCalendarIntervals(duckdb::ExtensionLoader& loader);

}  // namespace pyrite::lower
