// The words that the grammar knows. A word not listed here is an identifier and nothing else; a
// listed one is an identifier too wherever its place allows it, for Spark reserves no word by
// default. Lexer and grammar meet in this list.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pyrite::sql {

// X(enumerator, word, reserved under spark.sql.ansi.enforceReservedKeywords), sorted by word.
// clang-format off
#define PYRITE_SQL_KEYWORDS(X)                                                                    \
  X(Add, "ADD", 0) X(After, "AFTER", 0) X(Aggregate, "AGGREGATE", 0) X(All, "ALL", 1)             \
  X(Alter, "ALTER", 0) X(Analyze, "ANALYZE", 0) X(And, "AND", 1) X(Anti, "ANTI", 0)               \
  X(Any, "ANY", 1) X(AnyValue, "ANY_VALUE", 0) X(Approx, "APPROX", 0) X(Array, "ARRAY", 0)        \
  X(As, "AS", 1) X(Asc, "ASC", 0) X(Authorization, "AUTHORIZATION", 1) X(Begin, "BEGIN", 0)       \
  X(Bernoulli, "BERNOULLI", 0) X(Between, "BETWEEN", 0) X(Both, "BOTH", 1)                        \
  X(Bucket, "BUCKET", 0) X(By, "BY", 0) X(Cache, "CACHE", 0) X(Call, "CALL", 1)                   \
  X(Case, "CASE", 1) X(Cast, "CAST", 1) X(Catalog, "CATALOG", 0) X(Changes, "CHANGES", 0)         \
  X(Check, "CHECK", 1) X(Clear, "CLEAR", 0) X(Cluster, "CLUSTER", 0) X(Codegen, "CODEGEN", 0)     \
  X(Collate, "COLLATE", 1) X(Collation, "COLLATION", 1) X(Collations, "COLLATIONS", 1)            \
  X(Column, "COLUMN", 1) X(Comment, "COMMENT", 0) X(Commit, "COMMIT", 0)                          \
  X(Constraint, "CONSTRAINT", 1) X(Cost, "COST", 0) X(Create, "CREATE", 1) X(Cross, "CROSS", 1)   \
  X(Cube, "CUBE", 0) X(Current, "CURRENT", 0) X(CurrentDate, "CURRENT_DATE", 1)                   \
  X(CurrentPath, "CURRENT_PATH", 1) X(CurrentSchema, "CURRENT_SCHEMA", 1)                         \
  X(CurrentTime, "CURRENT_TIME", 1) X(CurrentTimestamp, "CURRENT_TIMESTAMP", 1)                   \
  X(CurrentUser, "CURRENT_USER", 1) X(Database, "DATABASE", 0) X(Date, "DATE", 0)                 \
  X(Dateadd, "DATEADD", 0) X(Datediff, "DATEDIFF", 0) X(DateAdd, "DATE_ADD", 0)                   \
  X(DateDiff, "DATE_DIFF", 0) X(Day, "DAY", 0) X(Declare, "DECLARE", 0) X(Default, "DEFAULT", 0)  \
  X(Delete, "DELETE", 0) X(Desc, "DESC", 0) X(Describe, "DESCRIBE", 0)                            \
  X(Distinct, "DISTINCT", 1) X(Distribute, "DISTRIBUTE", 0) X(Div, "DIV", 0) X(Drop, "DROP", 0)   \
  X(Else, "ELSE", 1) X(End, "END", 1) X(Escape, "ESCAPE", 1) X(Exact, "EXACT", 0)                 \
  X(Except, "EXCEPT", 1) X(Exclude, "EXCLUDE", 0) X(Execute, "EXECUTE", 1)                        \
  X(Exists, "EXISTS", 0) X(Explain, "EXPLAIN", 0) X(Export, "EXPORT", 0) X(Extend, "EXTEND", 0)   \
  X(Extended, "EXTENDED", 0) X(Extract, "EXTRACT", 0) X(False, "FALSE", 1) X(Fetch, "FETCH", 1)   \
  X(Filter, "FILTER", 1) X(First, "FIRST", 0) X(Following, "FOLLOWING", 0) X(For, "FOR", 1)       \
  X(Foreign, "FOREIGN", 1) X(Formatted, "FORMATTED", 0) X(From, "FROM", 1) X(Full, "FULL", 1)     \
  X(Function, "FUNCTION", 0) X(Global, "GLOBAL", 0) X(Grant, "GRANT", 1) X(Group, "GROUP", 1)     \
  X(Grouping, "GROUPING", 0) X(Having, "HAVING", 1) X(Hour, "HOUR", 0)                            \
  X(Identifier, "IDENTIFIER", 0) X(If, "IF", 0) X(Ignore, "IGNORE", 0) X(Ilike, "ILIKE", 0)       \
  X(Import, "IMPORT", 0) X(In, "IN", 1) X(Include, "INCLUDE", 0) X(Inner, "INNER", 1)             \
  X(Insert, "INSERT", 0) X(Intersect, "INTERSECT", 1) X(Interval, "INTERVAL", 0)                  \
  X(Into, "INTO", 1) X(Is, "IS", 1) X(Join, "JOIN", 1) X(Last, "LAST", 0)                         \
  X(Lateral, "LATERAL", 1) X(Leading, "LEADING", 1) X(Left, "LEFT", 1) X(Level, "LEVEL", 0)       \
  X(Like, "LIKE", 0) X(Limit, "LIMIT", 0) X(List, "LIST", 0) X(Load, "LOAD", 0)                   \
  X(Local, "LOCAL", 0) X(Lock, "LOCK", 0) X(Logical, "LOGICAL", 0) X(Map, "MAP", 0)               \
  X(Materialized, "MATERIALIZED", 0) X(Max, "MAX", 0) X(Merge, "MERGE", 0) X(Minus, "MINUS", 0)   \
  X(Minute, "MINUTE", 0) X(Month, "MONTH", 0) X(Msck, "MSCK", 0) X(Natural, "NATURAL", 1)         \
  X(Nearest, "NEAREST", 0) X(Not, "NOT", 1) X(Null, "NULL", 1) X(Nulls, "NULLS", 0)               \
  X(Of, "OF", 0) X(Offset, "OFFSET", 1) X(On, "ON", 1) X(Only, "ONLY", 1)                         \
  X(Options, "OPTIONS", 0) X(Or, "OR", 1) X(Order, "ORDER", 1) X(Out, "OUT", 0)                   \
  X(Outer, "OUTER", 1) X(Over, "OVER", 0) X(Overlaps, "OVERLAPS", 1) X(Overlay, "OVERLAY", 0)     \
  X(Partition, "PARTITION", 0) X(Path, "PATH", 0) X(Percent, "PERCENT", 0) X(Pivot, "PIVOT", 0)   \
  X(Placing, "PLACING", 0) X(Position, "POSITION", 0) X(Preceding, "PRECEDING", 0)                \
  X(Primary, "PRIMARY", 1) X(Qualify, "QUALIFY", 0) X(Range, "RANGE", 0)                          \
  X(Recursion, "RECURSION", 0) X(Recursive, "RECURSIVE", 1) X(Reduce, "REDUCE", 0)                \
  X(References, "REFERENCES", 1) X(Refresh, "REFRESH", 0) X(Repair, "REPAIR", 0)                  \
  X(Repeatable, "REPEATABLE", 0) X(Replace, "REPLACE", 0) X(Reset, "RESET", 0)                    \
  X(Respect, "RESPECT", 0) X(Revoke, "REVOKE", 0) X(Right, "RIGHT", 1) X(Rlike, "RLIKE", 0)       \
  X(Role, "ROLE", 0) X(Rollback, "ROLLBACK", 0) X(Rollup, "ROLLUP", 0) X(Row, "ROW", 0)           \
  X(Rows, "ROWS", 0) X(Second, "SECOND", 0) X(Select, "SELECT", 1) X(Semi, "SEMI", 0)             \
  X(SessionUser, "SESSION_USER", 1) X(Set, "SET", 0) X(Sets, "SETS", 0) X(Show, "SHOW", 0)        \
  X(Some, "SOME", 1) X(Sort, "SORT", 0) X(Sql, "SQL", 1) X(Start, "START", 0)                     \
  X(Stream, "STREAM", 0) X(Struct, "STRUCT", 0) X(Substr, "SUBSTR", 0)                            \
  X(Substring, "SUBSTRING", 0) X(System, "SYSTEM", 0) X(SystemTime, "SYSTEM_TIME", 0)             \
  X(SystemVersion, "SYSTEM_VERSION", 0) X(Table, "TABLE", 1) X(Tablesample, "TABLESAMPLE", 0)     \
  X(Temporary, "TEMPORARY", 0) X(Then, "THEN", 1) X(Time, "TIME", 1) X(Timediff, "TIMEDIFF", 0)   \
  X(Timestamp, "TIMESTAMP", 0) X(Timestampadd, "TIMESTAMPADD", 0)                                 \
  X(Timestampdiff, "TIMESTAMPDIFF", 0) X(TimestampLtz, "TIMESTAMP_LTZ", 0)                        \
  X(TimestampNtz, "TIMESTAMP_NTZ", 0) X(To, "TO", 1) X(Trailing, "TRAILING", 1)                   \
  X(Transform, "TRANSFORM", 0) X(Trim, "TRIM", 0) X(True, "TRUE", 0) X(Truncate, "TRUNCATE", 0)   \
  X(TryCast, "TRY_CAST", 0) X(Unbounded, "UNBOUNDED", 0) X(Uncache, "UNCACHE", 0)                 \
  X(Union, "UNION", 1) X(Unique, "UNIQUE", 1) X(Unknown, "UNKNOWN", 1) X(Unlock, "UNLOCK", 0)     \
  X(Unpivot, "UNPIVOT", 0) X(Update, "UPDATE", 0) X(Use, "USE", 0) X(User, "USER", 1)             \
  X(Using, "USING", 1) X(Values, "VALUES", 0) X(Variable, "VARIABLE", 0)                          \
  X(Version, "VERSION", 0) X(View, "VIEW", 0) X(Watermark, "WATERMARK", 0) X(When, "WHEN", 1)     \
  X(Where, "WHERE", 1) X(Window, "WINDOW", 0) X(With, "WITH", 1) X(Within, "WITHIN", 1)           \
  X(Without, "WITHOUT", 0) X(Year, "YEAR", 0) X(Zone, "ZONE", 0)
// clang-format on

#define PYRITE_SQL_KEYWORD_ENUMERATOR(name, word, reserved) k##name,
enum class Keyword : uint16_t { kNone, PYRITE_SQL_KEYWORDS(PYRITE_SQL_KEYWORD_ENUMERATOR) };
#undef PYRITE_SQL_KEYWORD_ENUMERATOR

// The keyword that `word` is, in any case; kNone for a plain identifier.
Keyword FindKeyword(std::string_view word);
std::string_view KeywordText(Keyword keyword);
bool IsReserved(Keyword keyword);
std::span<const Keyword> AllKeywords();  // sorted by their words
// Words that may name a column but not, unquoted, the alias of a table (ON, JOIN, LEFT, ...).
bool IsStrictNonReserved(Keyword keyword);

}  // namespace pyrite::sql
