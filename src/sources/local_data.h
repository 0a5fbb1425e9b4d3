// Rows that a client sent, as an Arrow IPC stream.
//
//   auto table = sources::DecodeLocalData(bytes, schema, configuration.time_zone());
//
// The result's columns have the Arrow types of base/type_arrow.h: large and viewed strings,
// dictionaries, long lists and foreign time units become what Spark has; what has that form already
// is not copied. It keeps `bytes` alive. Compressed streams may be sent.
//
// Bytes are checked in full, for a client may send anything: raises
// CONNECT_INVALID_PLAN.PYRITE for what is malformed or does not fit the schema, and
// UNSUPPORTED_ARROWTYPE.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/types.h"

namespace arrow {
class Table;
}

namespace pyrite::sources {

// `schema` is a struct; absent: as the stream says.
std::shared_ptr<arrow::Table> DecodeLocalData(const std::shared_ptr<const std::string>& bytes,
                                              const std::optional<DataType>& schema,
                                              const std::string& time_zone);

}  // namespace pyrite::sources
