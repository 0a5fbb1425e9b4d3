// DESCRIBE: a query's columns, a table's, a function, a database.

#include "sql/grammar.h"
#include "sql/letter_case.h"

namespace pyrite::sql {

using spec::CommandPtr;

CommandPtr Grammar::DescribeStatement() {
  int32_t first = position();
  Advance();
  if (AtWord("FUNCTION") && !At(TokenKind::kEnd, 1)) {
    Advance();
    spec::DescribeFunction describe;
    describe.extended = Accept(Keyword::kExtended);
    describe.function = DescribedFunction();
    return spec::MakeCommand(std::move(describe), From(first));
  }
  bool name_space = (AtWord("NAMESPACE") || AtWord("DATABASE") || AtWord("SCHEMA")) && AtName(1);
  if (name_space) {
    Advance();
    spec::DescribeNamespace describe;
    describe.extended = At(Keyword::kExtended) && AtName(1) && Accept(Keyword::kExtended);
    describe.name_space = MultipartIdentifier();
    return spec::MakeCommand(std::move(describe), From(first));
  }
  if (AtWord("PROCEDURE") && AtName(1)) {
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{"DESCRIBE PROCEDURE"}, From(first));
  }
  bool query = AtWord("QUERY") && (AtQuery(position() + 1) || At(TokenKind::kLeftParen, 1));
  if (query) Advance();
  if (query || (!At(Keyword::kTable) && AtQuery(position()))) {
    spec::DescribeQuery describe{Query()};
    return spec::MakeCommand(std::move(describe), From(first));
  }
  return DescribeTableStatement(first);
}

CommandPtr Grammar::DescribeTableStatement(int32_t first) {
  spec::DescribeTable describe;
  if (At(Keyword::kTable) && AtName(1)) Advance();
  bool option = At(Keyword::kExtended) || AtWord("FORMATTED");
  if (option && AtName(1)) {
    Advance();
    describe.extended = true;
  }
  describe.table = MultipartIdentifier();
  if (At(Keyword::kPartition) && At(TokenKind::kLeftParen, 1)) {
    describe.of_partition = true;
    RestOfStatement();
    return spec::MakeCommand(std::move(describe), From(first));
  }
  if (AtName() && !At(Keyword::kAs)) describe.column = MultipartIdentifier();
  if (Accept(Keyword::kAs)) {
    ExpectWord("JSON");
    describe.as_json = true;
  }
  return spec::MakeCommand(std::move(describe), From(first));
}

// A name, a string with one, or an operator: DESCRIBE FUNCTION +.
spec::NameParts Grammar::DescribedFunction() {
  if (AtName()) return MultipartIdentifier();
  if (At(TokenKind::kString)) return {StringText()};
  if (At(TokenKind::kEnd) || At(TokenKind::kSemicolon)) SyntaxError();
  std::string operators(TextOf(Advance()));
  while (!At(TokenKind::kEnd) && !At(TokenKind::kSemicolon)) {
    operators += TextOf(Advance());
  }
  return {std::move(operators)};
}

}  // namespace pyrite::sql
