// The Config RPC: spark.conf.
#include "base/errors.h"
#include "connect/service.h"

namespace pyrite::connect {
namespace {

void AddPair(const std::string& key, const std::optional<std::string>& value,
             proto::ConfigResponse* response) {
  auto* pair = response->add_pairs();
  pair->set_key(key);
  if (value) pair->set_value(*value);
}

// `silent` is the builder's: its options are the session's start, and none of them fails it.
void SetAll(session::Session& session, const proto::ConfigRequest::Set& set,
            proto::ConfigResponse* response) {
  for (const auto& pair : set.pairs()) {
    if (!pair.has_value()) {
      throw errors::IllegalArgument("The configuration " + pair.key() + " has no value.");
    }
    if (!set.silent()) {
      session.SetConfiguration(pair.key(), pair.value());
      continue;
    }
    try {
      session.SetInitialConfiguration(pair.key(), pair.value());
    } catch (const SparkError& error) {
      response->add_warnings(error.message());
    }
  }
}

}  // namespace

proto::ConfigResponse Service::Config(SessionHolder& holder, const proto::ConfigRequest& request) {
  using Kind = proto::ConfigRequest::Operation;
  const Kind& operation = request.operation();
  session::Session& session = holder.session();
  proto::ConfigResponse response;
  switch (operation.op_type_case()) {
    case Kind::kSet: SetAll(session, operation.set(), &response); return response;
    case Kind::kGet:
      for (const std::string& key : operation.get().keys()) {
        if (!session.IsKnownConfiguration(key)) {
          throw SparkError("SQL_CONF_NOT_FOUND", {{"sqlConf", errors::Quoted(key)}});
        }
        AddPair(key, session.FindConfiguration(key), &response);
      }
      return response;
    case Kind::kGetWithDefault: {
      // The caller's default comes before Spark's.
      std::map<std::string, std::string> set = session.AllConfiguration();
      for (const auto& pair : operation.get_with_default().pairs()) {
        auto found = set.find(pair.key());
        if (found != set.end()) {
          AddPair(pair.key(), found->second, &response);
        } else if (pair.has_value()) {
          AddPair(pair.key(), pair.value(), &response);
        } else {
          AddPair(pair.key(), std::nullopt, &response);
        }
      }
      return response;
    }
    case Kind::kGetOption:
      for (const std::string& key : operation.get_option().keys()) {
        AddPair(key, session.FindConfiguration(key), &response);
      }
      return response;
    case Kind::kGetAll: {
      const std::string& prefix = operation.get_all().prefix();
      for (const auto& [key, value] : session.AllConfiguration()) {
        if (key.starts_with(prefix)) AddPair(key.substr(prefix.size()), value, &response);
      }
      return response;
    }
    case Kind::kUnset:
      for (const std::string& key : operation.unset().keys()) session.UnsetConfiguration(key);
      return response;
    case Kind::kIsModifiable:
      for (const std::string& key : operation.is_modifiable().keys()) {
        AddPair(key, session.IsModifiable(key) ? "true" : "false", &response);
      }
      return response;
    case Kind::OP_TYPE_NOT_SET: break;
  }
  throw errors::UnsupportedFeature("a configuration request that the protocol does not name");
}

}  // namespace pyrite::connect
