// What the settings spark.sql.adaptive.* say.
#pragma once

#include "base/configuration.h"
#include "engine/engine.h"

namespace pyrite::session {

engine::AdaptiveOptions AdaptiveOptionsOf(const Configuration& configuration);

}  // namespace pyrite::session
