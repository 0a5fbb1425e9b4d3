// df.write and df.writeTo.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

spec::SaveMode ToSaveMode(const proto::WriteOperation& message) {
  switch (message.mode()) {
    case proto::WriteOperation::SAVE_MODE_UNSPECIFIED: return spec::SaveMode::kUnspecified;
    case proto::WriteOperation::SAVE_MODE_APPEND: return spec::SaveMode::kAppend;
    case proto::WriteOperation::SAVE_MODE_OVERWRITE: return spec::SaveMode::kOverwrite;
    case proto::WriteOperation::SAVE_MODE_ERROR_IF_EXISTS: return spec::SaveMode::kErrorIfExists;
    case proto::WriteOperation::SAVE_MODE_IGNORE: return spec::SaveMode::kIgnore;
    default: RaiseInvalidEnum(message, "mode");
  }
}

const char* ModeName(const proto::WriteOperationV2& message) {
  switch (message.mode()) {
    case proto::WriteOperationV2::MODE_CREATE: return "create";
    case proto::WriteOperationV2::MODE_OVERWRITE: return "overwrite";
    case proto::WriteOperationV2::MODE_OVERWRITE_PARTITIONS: return "overwritePartitions";
    case proto::WriteOperationV2::MODE_APPEND: return "append";
    case proto::WriteOperationV2::MODE_REPLACE: return "replace";
    case proto::WriteOperationV2::MODE_CREATE_OR_REPLACE: return "createOrReplace";
    default: RaiseInvalidEnum(message, "mode");
  }
}

}  // namespace

CommandNode ToNode(const proto::WriteOperation& message) {
  if (message.with_schema_evolution()) {
    return spec::UnsupportedCommand{"writing with schema evolution"};
  }
  spec::WriteOperation write;
  write.input = ToSpec(message.input());
  write.format = message.source();
  write.path = message.path();
  if (message.has_table()) {
    if (message.table().save_method() ==
        proto::WriteOperation::SaveTable::TABLE_SAVE_METHOD_UNSPECIFIED) {
      RaiseInvalidEnum(message.table(), "save_method");
    }
    write.table = ToNameParts(message.table().table_name());
    write.insert_into = message.table().save_method() ==
                        proto::WriteOperation::SaveTable::TABLE_SAVE_METHOD_INSERT_INTO;
  }
  write.mode = ToSaveMode(message);
  write.sort_columns = ToStrings(message.sort_column_names());
  write.partition_columns = ToStrings(message.partitioning_columns());
  write.bucket_columns = ToStrings(message.bucket_by().bucket_column_names());
  write.num_buckets = message.bucket_by().num_buckets();
  write.clustering_columns = ToStrings(message.clustering_columns());
  write.options = ToOptions(message.options());
  return write;
}

CommandNode ToNode(const proto::WriteOperationV2& message) {
  if (message.with_schema_evolution()) {
    return spec::UnsupportedCommand{"writing with schema evolution"};
  }
  spec::WriteOperationV2 write;
  write.input = ToSpec(message.input());
  write.table = message.table_name();
  write.provider = message.provider();
  write.mode = ModeName(message);
  write.partitioning = ToSpec(message.partitioning_columns());
  write.options = ToOptions(message.options());
  write.properties = ToOptions(message.table_properties());
  write.overwrite_condition =
      ToSpecOrNull(message.has_overwrite_condition(), message.overwrite_condition());
  return write;
}

}  // namespace pyrite::connect
