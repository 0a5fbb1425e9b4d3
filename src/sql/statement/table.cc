// Databases and tables: CREATE, DROP, INSERT, TRUNCATE and their kin.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;

// CREATE [OR REPLACE] [EXTERNAL] TABLE [IF NOT EXISTS] t (a INT, ...) USING parquet ... [AS query]
CommandPtr Grammar::CreateTableStatement(int32_t first, bool replace) {
  AcceptWord("EXTERNAL");
  Expect(Keyword::kTable);
  spec::CreateTable create;
  create.replace = replace;
  create.if_not_exists = AcceptIfNotExists();
  create.name_parts = MultipartIdentifier();
  if (At(TokenKind::kLeftParen) && !AtParenthesizedQuery(position())) {
    create.schema = TableColumns();
  }
  if (At(Keyword::kLike)) return Unsupported("CREATE TABLE ... LIKE", first);
  while (TableClause(create, first)) continue;
  bool as = Accept(Keyword::kAs);
  if (as || AtQuery(position())) create.query = Query();
  return spec::MakeCommand(std::move(create), From(first));
}

CommandPtr Grammar::Unsupported(std::string feature, int32_t first) {
  RestOfStatement();
  return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
}

DataType Grammar::TableColumns() {
  std::vector<StructField> fields;
  Expect(TokenKind::kLeftParen);
  do {
    fields.push_back(Field(/*colon=*/false));
    if (At(Keyword::kDefault) || AtWord("GENERATED")) {
      Fail(errors::UnsupportedFeature("default and generated columns of tables"), From(position()));
    }
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  return DataType::Struct(std::move(fields));
}

// One of the clauses behind the columns, which come in any order.
bool Grammar::TableClause(spec::CreateTable& create, int32_t first) {
  if (Accept(Keyword::kUsing)) {
    create.provider.clear();
    for (const std::string& part : MultipartIdentifier()) {
      create.provider += (create.provider.empty() ? "" : ".") + part;
    }
  } else if (Accept(Keyword::kOptions)) {
    create.options = PropertyList();
  } else if (AcceptWord("TBLPROPERTIES")) {
    create.properties = PropertyList();
  } else if (Accept(Keyword::kComment)) {
    create.comment = StringText();
  } else if (AcceptWord("LOCATION")) {
    create.location = StringText();
  } else if (AtWord("PARTITIONED")) {
    Advance();
    Expect(Keyword::kBy);
    PartitionColumns(create);
  } else if (AtWord("CLUSTERED") || AtWord("CLUSTER") || AtWord("STORED") || AtWord("ROW")) {
    Fail(errors::UnsupportedFeature("CREATE TABLE ... " + Upper(TextOf(Peek()))), From(first));
  } else {
    return false;
  }
  return true;
}

// (a, b) names columns, (a INT) adds them.
void Grammar::PartitionColumns(spec::CreateTable& create) {
  Expect(TokenKind::kLeftParen);
  do {
    bool named = At(TokenKind::kComma, 1) || At(TokenKind::kRightParen, 1);
    if (named) {
      create.partition_columns.push_back(Identifier());
      continue;
    }
    if (At(TokenKind::kLeftParen, 1)) {
      Fail(errors::UnsupportedFeature("partition transforms"), From(position()));
    }
    StructField field = Field(/*colon=*/false);
    create.partition_columns.push_back(field.name);
    std::vector<StructField> fields;
    if (create.schema) fields = create.schema->fields();
    fields.push_back(std::move(field));
    create.schema = DataType::Struct(std::move(fields));
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
}

CommandPtr Grammar::CreateNamespaceStatement(int32_t first) {
  AcceptNamespaceWord();
  spec::CreateNamespace create;
  create.if_not_exists = AcceptIfNotExists();
  create.name_parts = MultipartIdentifier();
  while (true) {
    if (Accept(Keyword::kComment)) {
      create.comment = StringText();
    } else if (AcceptWord("LOCATION")) {
      create.location = StringText();
    } else if (Accept(Keyword::kWith)) {
      if (!AcceptWord("DBPROPERTIES")) ExpectWord("PROPERTIES");
      create.properties = PropertyList();
    } else {
      return spec::MakeCommand(std::move(create), From(first));
    }
  }
}

CommandPtr Grammar::DropNamespaceStatement(int32_t first) {
  AcceptNamespaceWord();
  spec::DropNamespace drop;
  drop.if_exists = Accept(Keyword::kIf, Keyword::kExists);
  drop.name_parts = MultipartIdentifier();
  drop.cascade = AcceptWord("CASCADE");
  if (!drop.cascade) AcceptWord("RESTRICT");
  return spec::MakeCommand(std::move(drop), From(first));
}

// INSERT INTO | OVERWRITE [TABLE] t [PARTITION (p = 1)] [(a, b) | BY NAME] query
// The common tables before INSERT are its query's.
CommandPtr Grammar::InsertStatement(std::optional<spec::With> with) {
  int32_t first = position();
  Expect(Keyword::kInsert);
  spec::InsertInto insert;
  insert.overwrite = AcceptWord("OVERWRITE");
  if (!insert.overwrite) Expect(Keyword::kInto);
  if (AtWord("DIRECTORY") || AtWord("LOCAL")) {
    return Unsupported("INSERT OVERWRITE DIRECTORY", first);
  }
  Accept(Keyword::kTable);
  insert.table = MultipartIdentifier();
  if (Accept(Keyword::kPartition)) {
    Expect(TokenKind::kLeftParen);
    do {
      std::string name = Identifier();
      spec::ExpressionPtr value;
      if (Accept(TokenKind::kEqual)) value = Expression();
      insert.partition.emplace_back(std::move(name), std::move(value));
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
  }
  if (At(Keyword::kReplace)) return Unsupported("INSERT ... REPLACE", first);
  if (Accept(Keyword::kBy)) {
    ExpectWord("NAME");
    insert.by_name = true;
  } else if (At(TokenKind::kLeftParen) && !AtParenthesizedQuery(position())) {
    insert.columns = IdentifierList();
  }
  insert.query = Query();
  if (with) {
    with->input = std::move(insert.query);
    insert.query = spec::MakeRelation(std::move(*with), From(first));
  }
  return spec::MakeCommand(std::move(insert), From(first));
}

// TRUNCATE TABLE t, ANALYZE TABLE t ..., MSCK REPAIR TABLE t
CommandPtr Grammar::TableMaintenance() {
  int32_t first = position();
  Keyword keyword = Advance().keyword;
  if (keyword == Keyword::kAnalyze && AcceptWord("TABLES")) {
    return Unsupported("ANALYZE TABLES", first);
  }
  if (keyword == Keyword::kMsck) ExpectWord("REPAIR");
  Expect(Keyword::kTable);
  spec::NameParts table = MultipartIdentifier();
  if (keyword == Keyword::kMsck) {
    return spec::MakeCommand(spec::RepairTable{std::move(table)}, From(first));
  }
  if (At(Keyword::kPartition)) return Unsupported("statements about one partition", first);
  if (keyword == Keyword::kTruncate) {
    return spec::MakeCommand(spec::TruncateTable{std::move(table)}, From(first));
  }
  ExpectWord("COMPUTE");
  ExpectWord("STATISTICS");
  RestOfStatement();
  return spec::MakeCommand(spec::AnalyzeTable{std::move(table)}, From(first));
}

}  // namespace pyrite::sql
