#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

CommandNode Unsupported(std::string feature) {
  return spec::UnsupportedCommand{std::move(feature)};
}

CommandNode Convert(const proto::Command& message) {
  using Kind = proto::Command;
  switch (message.command_type_case()) {
    case Kind::kWriteOperation: return ToNode(message.write_operation());
    case Kind::kWriteOperationV2: return ToNode(message.write_operation_v2());
    case Kind::kCreateDataframeView: return ToNode(message.create_dataframe_view());
    case Kind::kCheckpointCommand: return ToNode(message.checkpoint_command());
    case Kind::kRemoveCachedRemoteRelationCommand:
      return spec::RemoveCachedRelation{
          message.remove_cached_remote_relation_command().relation().relation_id()};
    case Kind::kGetResourcesCommand: return spec::GetResources{};
    case Kind::kSqlCommand: RaiseMalformed("A SQL command is run as a statement.");
    case Kind::kRegisterFunction:
      if (message.register_function().function_case() == 0) {
        RaiseInvalidOneof(message.register_function());
      }
      return ToRegistration(message.register_function());
    case Kind::kRegisterTableFunction:
      if (!message.register_table_function().has_python_udtf()) {
        RaiseInvalidOneof(message.register_table_function());
      }
      return ToRegistration(message.register_table_function());
    case Kind::kRegisterDataSource:
      if (!message.register_data_source().has_python_data_source()) {
        RaiseInvalidOneof(message.register_data_source());
      }
      return Unsupported("spark.dataSource.register");
    case Kind::kWriteStreamOperationStart:
    case Kind::kStreamingQueryCommand:
    case Kind::kStreamingQueryManagerCommand:
    case Kind::kStreamingQueryListenerBusCommand:
      RaiseMalformed("A command about streams is no command of the session.");
    case Kind::kCreateResourceProfileCommand: return Unsupported("resource profiles");
    case Kind::kMergeIntoTableCommand:
      return spec::UnsupportedCommand{
          "MERGE INTO TABLE", ToNameParts(message.merge_into_table_command().target_table_name())};
    case Kind::kMlCommand: return Unsupported("Spark ML");
    case Kind::kExecuteExternalCommand: return Unsupported("executeCommand");
    case Kind::kPipelineCommand: return Unsupported("declarative pipelines");
    case Kind::kExtension:
      RaiseInvalidPlan("NO_HANDLER_FOR_EXTENSION",
                       {{"extensionTypeUrl", message.extension().type_url()}});
    case Kind::COMMAND_TYPE_NOT_SET: break;
  }
  RaiseInvalidOneof(message);
}

}  // namespace

spec::CommandPtr ToSpec(const proto::Command& message) {
  return std::make_shared<const spec::Command>(spec::Command{Convert(message), {}});
}

CommandNode ToNode(const proto::CreateDataFrameViewCommand& message) {
  spec::CreateView view;
  view.name_parts = ToNameParts(message.name());
  view.input = ToSpec(message.input());
  view.is_global = message.is_global();
  view.replace = message.replace();
  return view;
}

CommandNode ToNode(const proto::CheckpointCommand& message) {
  return spec::Checkpoint{ToSpec(message.relation()), message.local(), message.eager()};
}

}  // namespace pyrite::connect
