// Calls of spark.catalog. They are many and alike: the method is the field that is set, the
// arguments are that message's fields.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <cctype>

#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"

namespace pyrite::connect {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// "list_tables" to "listTables".
std::string MethodName(const std::string& field) {
  std::string out;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '_' && i + 1 < field.size()) {
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(field[++i])));
    } else {
      out += field[i];
    }
  }
  return out;
}

// "disk memory x1"
std::string LevelText(const proto::StorageLevel& level) {
  return std::string(level.use_disk() ? "disk " : "") + (level.use_memory() ? "memory " : "") +
         (level.use_off_heap() ? "off_heap " : "") + (level.deserialized() ? "deserialized " : "") +
         "x" + std::to_string(level.replication());
}

void TakeArgument(const Message& call, const FieldDescriptor* field, spec::CatalogCall* out) {
  const Reflection* reflection = call.GetReflection();
  if (field->is_map()) {
    for (int i = 0; i < reflection->FieldSize(call, field); ++i) {
      const Message& entry = reflection->GetRepeatedMessage(call, field, i);
      const Reflection* of_entry = entry.GetReflection();
      out->options.emplace_back(
          of_entry->GetString(entry, entry.GetDescriptor()->FindFieldByNumber(1)),
          of_entry->GetString(entry, entry.GetDescriptor()->FindFieldByNumber(2)));
    }
    std::sort(out->options.begin(), out->options.end());
    return;
  }
  if (field->has_presence() && !reflection->HasField(call, field)) return;
  std::string& value = out->arguments[field->name()];
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: value = reflection->GetString(call, field); return;
    case FieldDescriptor::CPPTYPE_BOOL:
      value = reflection->GetBool(call, field) ? "true" : "false";
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE: break;
    default: RaiseMalformed("A catalog call has an argument of an unknown kind.");
  }
  const Message& message = reflection->GetMessage(call, field);
  if (message.GetDescriptor() == proto::DataType::descriptor()) {
    value = FromProto(static_cast<const proto::DataType&>(message)).ToSql();
  } else if (message.GetDescriptor() == proto::StorageLevel::descriptor()) {
    value = LevelText(static_cast<const proto::StorageLevel&>(message));
  } else {
    RaiseMalformed("A catalog call has an argument of an unknown kind.");
  }
}

}  // namespace

RelationNode ToNode(const proto::Catalog& message) {
  const FieldDescriptor* method = message.GetReflection()->GetOneofFieldDescriptor(
      message, message.GetDescriptor()->oneof_decl(0));
  if (method == nullptr) RaiseInvalidOneof(message);
  spec::CatalogCall out;
  out.method = MethodName(method->name());
  const Message& call = message.GetReflection()->GetMessage(message, method);
  for (int i = 0; i < call.GetDescriptor()->field_count(); ++i) {
    TakeArgument(call, call.GetDescriptor()->field(i), &out);
  }
  return out;
}

}  // namespace pyrite::connect
