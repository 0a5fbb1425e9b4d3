#include "worker/result_run.h"

#include "engine/database.h"
#include "engine/query_run.h"
#include "worker/fragment_query.h"

namespace pyrite::worker {

std::unique_ptr<engine::QueryRun> MakeResultRun(engine::Database& database, plan::RelationPtr plan,
                                                const stages::Fragment& fragment,
                                                const stages::OpenSlot& open,
                                                engine::QueryOptions options) {
  options.optimize = false;
  auto connection = database.connections().Take(options);
  connection->BeginTransaction();
  auto statement = MakeFragmentStatement(*connection, fragment.Take(), open);
  connection->Commit();
  return std::make_unique<engine::EmbeddedRun>(std::move(connection), std::move(plan),
                                               std::move(statement), options);
}

}  // namespace pyrite::worker
