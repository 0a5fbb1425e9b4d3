// spark_cast(value, from, to, mode, zone): Spark's CAST where the engine's own does not do. The
// types are SQL text, the mode "ansi", "try" or "legacy"; see functions/casts.h.
#pragma once

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

void RegisterCastKernels(duckdb::ExtensionLoader& loader);

}  // namespace pyrite::lower
