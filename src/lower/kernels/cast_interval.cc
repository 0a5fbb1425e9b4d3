#include "lower/kernels/cast.h"
namespace pyrite::lower {
CastFunction FindInterval(const BoundCast&) { return nullptr; }
}  // namespace pyrite::lower
