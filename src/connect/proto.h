// The protocol's messages, generated at build time.
#pragma once

#include "spark/connect/base.pb.h"

namespace pyrite::connect {
namespace proto = ::spark::connect;
}
