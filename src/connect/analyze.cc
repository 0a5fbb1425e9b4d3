// AnalyzePlan: what can be said of a plan without running it.
#include <set>

#include "base/errors.h"
#include "base/type_json.h"
#include "connect/plan/convert.h"
#include "connect/service.h"
#include "connect/tree_string.h"
#include "connect/type_proto.h"
#include "sql/parser.h"
#include "streaming/check.h"

namespace pyrite::connect {
namespace {

constexpr char kSparkVersion[] = "4.2.0";

const proto::Relation& RootOf(const proto::Plan& plan) {
  if (!plan.has_root()) {
    throw SparkError("CONNECT_INVALID_PLAN.INVALID_ONE_OF_FIELD_NOT_SET",
                     {{"fullName", plan.GetDescriptor()->full_name()}, {"name", "OPTYPE_NOT_SET"}});
  }
  return plan.root();
}

spec::ExplainMode ToMode(proto::AnalyzePlanRequest::Explain::ExplainMode mode) {
  using Message = proto::AnalyzePlanRequest::Explain;
  switch (mode) {
    case Message::EXPLAIN_MODE_EXTENDED: return spec::ExplainMode::kExtended;
    case Message::EXPLAIN_MODE_CODEGEN: return spec::ExplainMode::kCodegen;
    case Message::EXPLAIN_MODE_COST: return spec::ExplainMode::kCost;
    case Message::EXPLAIN_MODE_FORMATTED: return spec::ExplainMode::kFormatted;
    case Message::EXPLAIN_MODE_SIMPLE: return spec::ExplainMode::kSimple;
    default: break;
  }
  throw errors::IllegalArgument("There is no mode " + std::to_string(mode) + " of explain.");
}

// The schema of show() and its kind is known without running them.
Schema SchemaOf(session::Session& session, const proto::Relation& relation) {
  if (relation.has_show_string()) return {{"show_string", DataType::String(), false, ""}};
  if (relation.has_html_string()) return {{"html_string", DataType::String(), false, ""}};
  return plan::SchemaOf(*session.Analyze(*ToSpec(relation)));
}

void CollectFiles(const plan::RelationPtr& relation, std::set<std::string>* files) {
  std::vector<plan::RelationPtr> open = {relation};
  while (!open.empty()) {
    plan::RelationPtr next = std::move(open.back());
    open.pop_back();
    if (const auto* scan = next->TryAs<plan::FileScan>()) {
      for (const plan::ScanFile& file : scan->files) files->insert("file://" + file.path);
    }
    for (plan::RelationPtr& input : plan::InputsOf(*next)) open.push_back(std::move(input));
  }
}

session::StorageLevel LevelOf(const proto::AnalyzePlanRequest::Persist& message) {
  if (!message.has_storage_level()) return session::kDefaultStorageLevel;
  const proto::StorageLevel& level = message.storage_level();
  return {.disk = level.use_disk(),
          .memory = level.use_memory(),
          .off_heap = level.use_off_heap(),
          .deserialized = level.deserialized(),
          .replication = level.replication()};
}

void ToProto(const session::StorageLevel& level, proto::StorageLevel* message) {
  message->set_use_disk(level.disk);
  message->set_use_memory(level.memory);
  message->set_use_off_heap(level.off_heap);
  message->set_deserialized(level.deserialized);
  message->set_replication(level.replication);
}

}  // namespace

proto::AnalyzePlanResponse Service::Analyze(SessionHolder& holder,
                                            const proto::AnalyzePlanRequest& request) {
  using Kind = proto::AnalyzePlanRequest;
  session::Session& session = holder.session();
  proto::AnalyzePlanResponse response;
  switch (request.analyze_case()) {
    case Kind::kSchema:
      ToProto(SchemaOf(session, RootOf(request.schema().plan())),
              response.mutable_schema()->mutable_schema());
      return response;
    case Kind::kExplain: {
      spec::RelationPtr relation = ToSpec(RootOf(request.explain().plan()));
      response.mutable_explain()->set_explain_string(
          session.Explain(*relation, ToMode(request.explain().explain_mode())));
      return response;
    }
    case Kind::kTreeString:
      response.mutable_tree_string()->set_tree_string(TreeString(
          SchemaOf(session, RootOf(request.tree_string().plan())), request.tree_string().level()));
      return response;
    case Kind::kIsLocal: {
      const proto::Relation& root = RootOf(request.is_local().plan());
      session.Analyze(*ToSpec(root));
      // What answers at once is local, too.
      response.mutable_is_local()->set_is_local(root.has_local_relation() || root.has_catalog() ||
                                                root.has_show_string() || root.has_html_string());
      return response;
    }
    case Kind::kIsStreaming:
      response.mutable_is_streaming()->set_is_streaming(
          streaming::IsStreaming(session.Analyze(*ToSpec(RootOf(request.is_streaming().plan())))));
      return response;
    case Kind::kInputFiles: {
      std::set<std::string> files;
      CollectFiles(session.Analyze(*ToSpec(RootOf(request.input_files().plan()))), &files);
      for (const std::string& file : files) response.mutable_input_files()->add_files(file);
      response.mutable_input_files();
      return response;
    }
    case Kind::kSparkVersion:
      response.mutable_spark_version()->set_version(kSparkVersion);
      return response;
    case Kind::kDdlParse:
      ToProto(sql::ParseSchema(request.ddl_parse().ddl_string()),
              response.mutable_ddl_parse()->mutable_parsed());
      return response;
    case Kind::kSameSemantics:
      response.mutable_same_semantics()->set_result(
          session.SameSemantics(*ToSpec(RootOf(request.same_semantics().target_plan())),
                                *ToSpec(RootOf(request.same_semantics().other_plan()))));
      return response;
    case Kind::kSemanticHash:
      response.mutable_semantic_hash()->set_result(
          session.SemanticHash(*ToSpec(RootOf(request.semantic_hash().plan()))));
      return response;
    case Kind::kPersist:
      session.Persist(*ToSpec(request.persist().relation()), LevelOf(request.persist()));
      response.mutable_persist();
      return response;
    case Kind::kUnpersist:
      session.Unpersist(*ToSpec(request.unpersist().relation()));
      response.mutable_unpersist();
      return response;
    case Kind::kGetStorageLevel:
      ToProto(session.FindStorageLevel(*ToSpec(request.get_storage_level().relation()))
                  .value_or(session::StorageLevel()),
              response.mutable_get_storage_level()->mutable_storage_level());
      return response;
    case Kind::kJsonToDdl: {
      DataType type = TypeFromJson(request.json_to_ddl().json_string());
      if (!type.Is(TypeKind::kStruct)) {
        throw SparkError("INVALID_JSON_DATA_TYPE", {{"invalidType", type.ToSql()}});
      }
      response.mutable_json_to_ddl()->set_ddl_string(ToTableDdl(type));
      return response;
    }
    case Kind::ANALYZE_NOT_SET: break;
  }
  throw SparkError("CONNECT_INVALID_PLAN.UNKNOWN_ANALYZE_METHOD", {{"other", "ANALYZE_NOT_SET"}});
}

}  // namespace pyrite::connect
