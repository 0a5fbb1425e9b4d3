#include "exchange/checksum.h"

#define XXH_INLINE_ALL
#include <arrow/vendored/xxhash.h>

namespace pyrite::exchange {

uint64_t Checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace pyrite::exchange
