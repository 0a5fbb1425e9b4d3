// CACHE, UNCACHE, CLEAR CACHE; USE.

#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;

CommandPtr Grammar::CacheStatement() {
  int32_t first = position();
  Expect(Keyword::kCache);
  spec::CacheTable cache;
  cache.lazy = AcceptWord("LAZY");
  Expect(Keyword::kTable);
  cache.name_parts = MultipartIdentifier();
  if (Accept(Keyword::kOptions)) cache.options = PropertyList();
  bool as = Accept(Keyword::kAs);
  if (as || AtQuery(position())) cache.query = Query();
  if (cache.query && cache.name_parts.size() > 1) {
    Fail(errors::QualifiedCacheName(), From(first));
  }
  return spec::MakeCommand(std::move(cache), From(first));
}

CommandPtr Grammar::UncacheStatement() {
  int32_t first = position();
  Expect(Keyword::kUncache);
  Expect(Keyword::kTable);
  spec::UncacheTable uncache;
  uncache.if_exists = Accept(Keyword::kIf, Keyword::kExists);
  uncache.name_parts = MultipartIdentifier();
  return spec::MakeCommand(std::move(uncache), From(first));
}

CommandPtr Grammar::ClearStatement() {
  int32_t first = position();
  Expect(Keyword::kClear);
  Expect(Keyword::kCache);
  return spec::MakeCommand(spec::ClearCache{}, From(first));
}

CommandPtr Grammar::UseStatement() {
  int32_t first = position();
  Expect(Keyword::kUse);
  spec::UseNamespace use;
  bool word = AtWord("NAMESPACE") || AtWord("DATABASE") || AtWord("SCHEMA");
  use.only_namespace = word && AtName(1) && AcceptNamespaceWord();
  use.name_parts = MultipartIdentifier();
  return spec::MakeCommand(std::move(use), From(first));
}

}  // namespace pyrite::sql
