// Data types as the protocol carries them.
#pragma once

#include "base/types.h"
#include "connect/proto.h"

namespace pyrite::connect {

// Raises UNSUPPORTED_FEATURE for types outside of Pyrite, and parse conditions for unparsed ones.
DataType FromProto(const proto::DataType& message);
void ToProto(const DataType& type, proto::DataType* message);
// A struct of the schema's fields.
void ToProto(const Schema& schema, proto::DataType* message);

}  // namespace pyrite::connect
