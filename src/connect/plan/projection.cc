// What changes a relation's columns.
#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::Project& message) {
  // Without an input: SELECT without FROM.
  spec::RelationPtr input =
      message.has_input() ? ToSpec(message.input()) : spec::MakeRelation(spec::OneRow{});
  return spec::Project{std::move(input), ToSpec(message.expressions())};
}

RelationNode ToNode(const proto::ToDF& message) {
  return spec::ToDf{ToSpec(message.input()), ToStrings(message.column_names())};
}

RelationNode ToNode(const proto::ToSchema& message) {
  DataType schema = FromProto(message.schema());
  RequirePlan(schema.Is(TypeKind::kStruct), "A schema is no struct.");
  return spec::ToSchema{ToSpec(message.input()), std::move(schema)};
}

RelationNode ToNode(const proto::WithColumns& message) {
  spec::WithColumns with;
  with.input = ToSpec(message.input());
  for (const auto& alias : message.aliases()) {
    if (alias.name_size() != 1) {
      std::string got;
      for (const std::string& part : alias.name()) got += (got.empty() ? "" : ".") + part;
      RaiseInvalidPlan("WITH_COLUMNS_REQUIRE_SINGLE_NAME_PART", {{"got", got}});
    }
    with.aliases.push_back(
        std::make_shared<const spec::Expression>(spec::Expression{ToNode(alias), {}}));
  }
  return with;
}

RelationNode ToNode(const proto::WithColumnsRenamed& message) {
  spec::WithColumnsRenamed renamed;
  renamed.input = ToSpec(message.input());
  for (const auto& rename : message.renames()) {
    renamed.renames.emplace_back(rename.col_name(), rename.new_col_name());
  }
  if (message.renames().empty()) {  // clients before 4.0
    renamed.renames = ToOptions(message.rename_columns_map());
  }
  return renamed;
}

RelationNode ToNode(const proto::Drop& message) {
  return spec::Drop{ToSpec(message.input()), ToSpec(message.columns()),
                    ToStrings(message.column_names())};
}

RelationNode ToNode(const proto::SubqueryAlias& message) {
  return spec::SubqueryAlias{
      ToSpec(message.input()), message.alias(), ToStrings(message.qualifier()), {}};
}

RelationNode ToNode(const proto::Hint& message) {
  return spec::Hint{ToSpec(message.input()), message.name(), ToSpec(message.parameters())};
}

RelationNode ToNode(const proto::CollectMetrics& message) {
  return spec::CollectMetrics{ToSpec(message.input()), message.name(), ToSpec(message.metrics())};
}

}  // namespace pyrite::connect
