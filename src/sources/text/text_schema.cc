#include "sources/text/text_schema.h"

#include "base/errors.h"
#include "sources/text/schema_cache.h"

namespace pyrite::sources {

Schema SettleTextSchema(const ReadRequest& request, const FileTable& table,
                        const std::string& shown, const std::string& more,
                        const std::function<Schema()>& infer) {
  if (request.schema) return request.schema->fields();
  if (table.all_files.empty()) throw errors::UnableToInferSchema(shown);
  return RememberSchema(request.format, table.data_files, request.options, more, infer);
}

}  // namespace pyrite::sources
