#include "connect/plan/stream.h"

#include "spec/stream.h"

namespace pyrite::connect {

RelationNode ToStream(const proto::Read& message) {
  spec::DataSource stream;
  if (message.has_named_table()) {
    stream.format = spec::kStreamTable;
    stream.paths = {message.named_table().unparsed_identifier()};
    stream.options = ToOptions(message.named_table().options());
    return stream;
  }
  if (!message.has_data_source()) RaiseInvalidOneof(message);
  const proto::Read::DataSource& source = message.data_source();
  if (source.has_source_name()) return spec::UnsupportedRelation{"readStream.name"};
  stream.format = spec::kStreamPrefix + source.format();
  stream.schema = source.schema();
  stream.options = ToOptions(source.options());
  stream.paths = ToStrings(source.paths());
  return stream;
}

RelationNode ToWatermark(const proto::WithWatermark& message) {
  const auto text = [](const std::string& value) { return spec::Constant(Literal::String(value)); };
  return spec::Hint{ToSpec(message.input()),
                    spec::kWatermark,
                    {text(message.event_time()), text(message.delay_threshold())}};
}

}  // namespace pyrite::connect
