// Where rows come from: tables, files, the client's own data, ranges, parsed strings.
#include "base/errors.h"
#include "connect/plan/convert_internal.h"
#include "connect/plan/stream.h"
#include "connect/type_proto.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::Read& message) {
  if (message.is_streaming()) return ToStream(message);
  if (message.has_named_table()) {
    return spec::NamedTable{ToNameParts(message.named_table().unparsed_identifier()),
                            ToOptions(message.named_table().options())};
  }
  if (!message.has_data_source()) RaiseInvalidOneof(message);
  const proto::Read::DataSource& source = message.data_source();
  if (!source.predicates().empty() && source.format() != "jdbc") {
    RaiseInvalidPlan("PREDICATES_NOT_SUPPORTED_FOR_DATA_SOURCE", {{"format", source.format()}});
  }
  return spec::DataSource{source.format(), source.schema(), ToOptions(source.options()),
                          ToStrings(source.paths()), ToStrings(source.predicates())};
}

RelationNode ToNode(const proto::LocalRelation& message) {
  spec::LocalRelation local;
  if (message.has_data()) local.arrow_ipc = std::make_shared<const std::string>(message.data());
  local.schema = message.schema();
  return local;
}

RelationNode ToNode(const proto::ChunkedCachedLocalRelation& message) {
  return spec::ChunkedCachedLocalRelation{ToStrings(message.datahashes()), message.schemahash()};
}

RelationNode ToNode(const proto::Range& message) {
  spec::Range range;
  range.start = message.start();
  range.end = message.end();
  range.step = message.step();
  if (message.has_num_partitions()) range.num_partitions = message.num_partitions();
  return range;
}

RelationNode ToNode(const proto::Parse& message) {
  spec::Parse parse;
  parse.input = ToSpec(message.input());
  switch (message.format()) {
    case proto::Parse::PARSE_FORMAT_CSV: parse.format = "csv"; break;
    case proto::Parse::PARSE_FORMAT_JSON: parse.format = "json"; break;
    case proto::Parse::PARSE_FORMAT_XML: parse.format = "xml"; break;
    default: RaiseInvalidEnum(message, "format");
  }
  if (message.has_schema()) {
    parse.schema = FromProto(message.schema());
    if (!parse.schema->Is(TypeKind::kStruct)) {
      throw SparkError("INVALID_SCHEMA_TYPE_NON_STRUCT",
                       {{"dataType", errors::Quoted(parse.schema->ToSql())}});
    }
  }
  parse.options = ToOptions(message.options());
  return parse;
}

RelationNode ToNode(const proto::UnresolvedTableValuedFunction& message) {
  return spec::TableValuedFunction{ToNameParts(message.function_name()),
                                   ToSpec(message.arguments())};
}

}  // namespace pyrite::connect
