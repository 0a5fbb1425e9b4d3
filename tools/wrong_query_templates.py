"""Wrong queries that are made by rule, not by mutation: casts, operators, functions, and what fails only at run time."""

TYPES = ["TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(5,2)", "STRING", "BINARY", "BOOLEAN", "DATE", "TIMESTAMP",
         "TIMESTAMP_NTZ", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "ARRAY<INT>", "MAP<STRING, INT>", "STRUCT<x: INT>"]  # fmt: skip
COLUMNS = ["a", "b", "s", "d", "p", "day", "at", "flag", "xs", "m", "r"]
OPERATORS = ["+", "-", "*", "/", "%", "div", "=", "<", "<=>", "AND", "||", "&", "LIKE", "IN"]
OPERANDS = [*COLUMNS, "X'1F'", "INTERVAL '1' DAY", "INTERVAL '1' MONTH", "NULL"]
ARGUMENTS = ["array(1)", "map('a', 1)", "struct(1)", "true", "DATE'2020-01-01'", "'abc'", "1.5", "X'1F'", "INTERVAL '1' DAY"]

RUNNING = [
    *(f"SELECT CAST('{text}' AS {kind})" for text in ("abc", "", "1e400", "99999999999999999999", "2020-13-45", "nan ", "1:2")
      for kind in TYPES[:7] + TYPES[9:15]),
    *(f"SELECT CAST({value} AS {kind})" for value in ("300", "70000L", "3000000000", "1e20D", "double('NaN')", "99999.5", "DATE'9999-12-31'")
      for kind in TYPES[:7]),
    *(f"SELECT {a} {op} {b}" for op in ("+", "-", "*", "/", "%", "div") for a, b in
      (("127Y", "127Y"), ("-32768S", "2S"), ("2147483647", "2147483647"), ("9223372036854775807L", "-9L"), ("1", "0"), ("1.5", "0.0"),
       ("99999999999999999999999999999999999999BD", "99999999999999999999999999999999999999BD"), ("a", "0"), ("b", "-b"))),
    *(f"SELECT {call} FROM t" for call in (
        "sum(b * 2)", "sum(b)", "element_at(xs, 9)", "element_at(xs, 0)", "xs[7]", "xs[-1]", "m['none']", "-b", "abs(b - 9223372036854775807 - 2)",
        "a + 1", "a * a", "CAST(s AS INT)", "CAST(s AS DATE)", "CAST(b AS INT)", "CAST(d AS INT)", "CAST(p AS DECIMAL(2,2))",
        "date_add(day, 2147483647)", "make_date(a, 13, 1)", "to_date(s)", "to_date(s, 'yyyy')", "to_timestamp(s)", "date_format(at, 'QQQQQ')",
        "date_format(at, 'b')", "to_date(s, 'zz')", "assert_true(a > 10)", "assert_true(false, 'no')", "raise_error(s)", "map(s, 1, s, 2)",
        "map_from_arrays(array(1, 1), array(1, 2))", "map(NULL, 1)", "map_from_arrays(xs, xs)", "sequence(1, 10, -1)", "sequence(1, 5, 0)",
        "array_repeat(1, 2147483647)", "repeat(s, -1)", "substring_index(s, 1)", "regexp_replace(s, '(', 'x')", "regexp_extract(s, '(a)(b', 1)",
        "regexp_extract(s, '(a)', 5)", "rlike(s, '[')", "s RLIKE '*'", "s LIKE 'a\\\\b' ESCAPE 'bb'", "s LIKE 'x/' ESCAPE '/'", "conv(s, 1, 99)",
        "unhex('zz')", "decode(X'FF', 'no')", "encode(s, 'utf-99')", "to_number(s, '999')", "to_number('x', '99')", "to_char(a, 'zz')",
        "format_number(a, -1)", "log(-1)", "factorial(30)", "pmod(a, 0)", "mod(a, 0)", "bround(a, 1)", "round(2147483647, -1)", "shiftleft(a, s)",
        "bigint(s)", "int('x')", "date('x')", "timestamp('x')", "boolean('x')", "double('x')", "decimal('x')", "float('x')", "tinyint(300)",
        "next_day(day, 'noday')", "trunc(day, 'noday')", "extract(nothing FROM day)", "date_part('nothing', day)", "from_utc_timestamp(at, 'Nowhere/X')",
        "make_timestamp(2020, 13, 1, 0, 0, 0)", "make_timestamp(2020, 1, 1, 25, 0, 0)", "make_interval(1, 2, 3, 4, 5, 6, 1e20)", "timestamp_seconds(9223372036854775807)",
        "from_unixtime(a, 'zzz999')", "unix_timestamp(s)", "to_unix_timestamp(s, 'yyyy')", "array_insert(xs, 0, 1)", "slice(xs, 0, 1)", "slice(xs, 1, -1)",
        "array_join(xs)", "get(xs, 'a')", "split_part(s, 'x', 0)", "split(s, '(')", "parse_url('bad url', 'HOST')", "url_decode('%zz')", "bit_get(a, 99)",
        "getbit(a, 99)", "width_bucket(1, 2, 3)", "percentile_approx(a, 2.0)", "approx_percentile(a, 'x')", "percentile(a, 1.5)", "ntile(0) OVER (ORDER BY a)",
        "nth_value(a, 0) OVER (ORDER BY a)", "lag(a, id) OVER (ORDER BY a)", "nth_value(a, a) OVER (ORDER BY a)", "first(a, s)", "approx_count_distinct(a, 0.9)",
        "approx_count_distinct(a, s)", "hll_sketch_agg(a, 99)", "histogram_numeric(a, 1)", "aes_encrypt(s, 'k')", "from_json(s, 'a intt')", "from_json(s, 5)",
        "schema_of_json(s)", "from_csv(s, 'a')", "json_tuple(s)", "get_json_object(s)", "named_struct('a')", "named_struct(a, 1)", "map(1)",
        "struct(a).zz", "array()[0]", "transform(xs, (x, y, z) -> x)", "transform(xs, 1)", "filter(xs, x -> x)", "aggregate(xs, 0, (x, y) -> 'a')",
        "exists(xs, x -> 1)", "x -> x", "array_sort(xs, (x, y) -> 'a')", "zip_with(xs, xs, x -> x)", "map_filter(m, k -> true)", "transform(a, x -> x)",
        "explode(xs), explode(xs)", "explode(a)", "explode(explode(array(xs)))", "explode(xs) + 1", "sum(explode(xs))", "posexplode(xs) AS (p)", "inline(xs)",
        "stack(0, 1)", "stack('a', 1)", "stack(2)", "explode(xs) AS (p, q)", "a AS (p, q)", "count(*) OVER (PARTITION BY m)", "max(m)", "min(m)",
        "sum(s)", "sum(flag)", "avg(day)", "sum(a) FILTER (WHERE b)", "sum(a) FILTER (WHERE sum(b) > 1)", "count(DISTINCT *)", "count(DISTINCT m)",
        "row_number()", "rank(1) OVER (ORDER BY a)", "rank() OVER ()", "upper(s) OVER ()", "DISTINCT m", "upper(DISTINCT s)", "upper(s) FILTER (WHERE true)",
        "sum(a) OVER nowhere", "sum(a) OVER (ORDER BY a ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING)", "sum(a) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)",
        "sum(a) OVER (ORDER BY a, b RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)", "sum(a) OVER (ORDER BY s RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)",
        "sum(a) OVER (ORDER BY a ROWS BETWEEN b PRECEDING AND CURRENT ROW)", "sum(a) OVER (ORDER BY a ROWS BETWEEN 'x' PRECEDING AND CURRENT ROW)",
        "sum(a) OVER (ORDER BY day RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW)", "sum(DISTINCT a) OVER (ORDER BY a)", "sum(rank() OVER (ORDER BY a))",
        "rank() OVER (ORDER BY rank() OVER (ORDER BY a))", "grouping(a)", "grouping_id(a)", "sum(a) IGNORE NULLS", "a IGNORE NULLS", "current_date(1)",
        "uuid(1, 2, 3)", "rand('a')", "rand(a)", "sum(rand())", "input_file_name(1)", "1 BETWEEN 'a' AND array(1)", "a IN (1, array(2))", "a IN ()",
        "a IN (SELECT id, a FROM u)", "(a, b) IN (SELECT id FROM u)", "(SELECT id, a FROM u)", "(SELECT id FROM u)", "(SELECT id FROM u WHERE u.id > t.id)",
        "EXISTS (SELECT nothing FROM u)", "(SELECT sum(u.a + t.a) FROM u)", "(SELECT t.a FROM u LIMIT 1)", "(SELECT max(t.a) FROM u)",
        "CASE WHEN a THEN 1 END", "CASE WHEN flag THEN 1 ELSE xs END", "if(a, 1, 2)", "if(flag, 1, xs)", "coalesce()", "coalesce(a, xs)", "nullif(a, xs)",
        "nvl2(a, xs, 1)", "greatest(a)", "greatest(a, xs)", "least(m, m)", "array(1, map(1, 2))", "map(m, 1)", "concat(xs, 1)", "size(a)", "cardinality(s)",
        "array_contains(xs, 'a')", "array_contains(a, 1)", "array_position(xs, s)", "sort_array(m)", "sort_array(xs, 1)", "array_max(array(m))", "flatten(xs)",
        "map_keys(xs)", "map_concat(m, xs)", "substring(s, 'a')", "substr(m, 1)", "lpad(s, 'a', 1)", "date_trunc('x')", "datediff(a, b)", "add_months(day, s)",
        "months_between(a, b)", "hash()", "xxhash64(m)", "hash(m)", "t.nothing", "nothing.*", "q.*", "*, nothing", "* EXCEPT (nothing)", "r.zz", "xs.zz", "a.zz",
        "m.k.z", "`a.b`", "t.t.a", "spark_catalog.default.t.a", "struct(*) + 1", "count(t.*) + nothing", "sum(*)", "upper(*)", "CAST(a AS VARCHAR)", "CAST(a AS CHAR(0))",
        "CAST(a AS DECIMAL(39, 1))", "CAST(a AS DECIMAL(5, 9))", "CAST(a AS nothing)", "CAST(a AS ARRAY)", "CAST(a AS MAP<INT>)", "CAST(a AS STRUCT<x>)", "a::nothing",
        "try_cast(xs AS INT)", "typeof()", "nothing(a)", "default.nothing(a)", "a.b.c.d(1)", "upper(str => s, str => s)", "upper(nothing => s)", "mask(s, upperChar => 1)",
        "a COLLATE nothing", "s COLLATE UNICODE_X", "?", ":p", "@x", "a b c", "a,", "sum(a", "a)", "'a", "CASE END", "CASE a WHEN END", "a BETWEEN 1", "a IS 1", "NOT", "a ==", "a NOT",
        "INTERVAL 1", "INTERVAL 'a' YEAR", "INTERVAL '1 nothing'", "INTERVAL 1 nothing", "INTERVAL '1' YEAR TO DAY", "DATE 'x'", "TIMESTAMP '2020-99-99'", "1Z", "1.5L")),
    *(f"SELECT id FROM t {rest}" for rest in (
        "WHERE a", "WHERE sum(a) > 1", "WHERE nothing", "WHERE explode(xs) = 1", "WHERE row_number() OVER (ORDER BY a) = 1", "WHERE grouping(a) = 1", "WHERE s", "WHERE xs",
        "GROUP BY a", "GROUP BY id, m", "GROUP BY sum(a)", "GROUP BY 5", "GROUP BY 0", "GROUP BY explode(xs)", "GROUP BY rank() OVER (ORDER BY a)", "GROUP BY nothing",
        "GROUP BY ROLLUP (a)", "GROUP BY GROUPING SETS ((nothing))", "GROUP BY CUBE (id, id, sum(a))", "GROUP BY GROUPING SETS (a, id) HAVING grouping(b) = 1",
        "HAVING id > 1", "HAVING sum(a) > 1", "GROUP BY id HAVING a > 1", "GROUP BY id HAVING explode(xs)", "GROUP BY id HAVING a", "ORDER BY 0", "ORDER BY 2", "ORDER BY sum(a)",
        "ORDER BY m", "ORDER BY nothing", "ORDER BY explode(xs)", "GROUP BY id ORDER BY a", "DISTINCT", "LIMIT a", "LIMIT -1", "LIMIT 'x'", "LIMIT 1 OFFSET -1", "LIMIT (SELECT 1)",
        "LIMIT 1.5", "LIMIT NULL", "OFFSET id", "UNION SELECT 1, 2", "UNION SELECT xs FROM t", "EXCEPT SELECT m FROM t", "INTERSECT SELECT m FROM t", "UNION ALL BY NAME SELECT 1 AS x",
        "UNION SELECT nothing FROM t", "JOIN u", "JOIN u ON id = id", "JOIN u ON t.id = u.nothing", "JOIN u ON t.id", "JOIN u USING (nothing)", "JOIN u USING (s)", "JOIN u ON sum(t.id) = 1",
        "JOIN nowhere ON true", "NATURAL JOIN nowhere", "JOIN u ON explode(xs) = 1", "LEFT SEMI JOIN u ON t.id = u.id WHERE v = 'a'", "CROSS JOIN u ON nothing", "JOIN t ON true",
        "LATERAL VIEW nothing(xs) e AS x", "LATERAL VIEW explode(a) e AS x", "LATERAL VIEW explode(xs) e AS x, y", "LATERAL VIEW upper(s) e AS x", "LATERAL VIEW explode(xs)",
        "JOIN LATERAL (SELECT nothing) q", "WINDOW z AS (ORDER BY nothing)", "WINDOW z AS (y)", "QUALIFY rank() OVER (ORDER BY a)", "TABLESAMPLE (101 PERCENT)", "TABLESAMPLE (-1 ROWS)",
        "PIVOT (sum(a) FOR nothing IN (1))", "PIVOT (a FOR s IN ('x'))", "PIVOT (sum(a) FOR s IN (1, array(2)))", "UNPIVOT (v FOR n IN (a, s))", "UNPIVOT (v FOR n IN (nothing))",
        "SORT BY nothing", "DISTRIBUTE BY nothing", "CLUSTER BY sum(a)", "WHERE id IN (SELECT id, a FROM u)", "WHERE id = (SELECT id, a FROM u)", "WHERE id = (SELECT id FROM u)",
        "WHERE EXISTS (SELECT 1 FROM nowhere)", "WHERE id IN (1, (SELECT id FROM u))", "WHERE (SELECT count(*) FROM u WHERE u.id > t.id) > 1", "WHERE id IN (SELECT id FROM u WHERE sum(t.a) > 1)",
        "WHERE id = (SELECT id FROM u WHERE u.id = t.id LIMIT 1)", "AS q(c)", "AS q(c, d)", "AS q WHERE t.id = 1", "VERSION AS OF 1", "WHERE CAST(s AS INT) = 12", "WHERE 1 / a > 0", "WHERE 1 / (id - 1) > 0")),
    *(f"SELECT * FROM {source}" for source in (
        "nowhere", "default.nowhere", "spark_catalog.default.nowhere", "a.b.c.d", "global_temp.nowhere", "nothing.t", "range()", "range('a')", "range(1, 2, 0)", "range(1, 2, 3, 4, 5)", "nothing(1)",
        "explode(1)", "explode(array(1)) AS e(a, b)", "upper('a')", "VALUES (1), (1, 2)", "VALUES (1), ('a'), (array(1))", "VALUES (nothing)", "VALUES (sum(1))", "VALUES (1) AS v(a, b)", "VALUES ()",
        "(SELECT 1 AS a, 2 AS a) WHERE a = 1", "(SELECT 1", "()", "t t, t t WHERE t.id = 1", "t, u WHERE id = 1", "t JOIN u ON a = 1", "t AS", "t JOIN", "json.`/no/such/file.json`", "csv.`/no/such`",
        "parquet.`/no/such`", "nothing.`/no/such`", "parquet.``", "(SELECT id FROM t) PIVOT (sum(id))", "inline(array(1))", "stack(2, 1)", "json_tuple('a')", "posexplode(map(1, 2)) AS e(p)",
        "LATERAL (SELECT t.id)", "(WITH q AS (SELECT 1) SELECT * FROM p)", "identifier('nowhere')", "t FOR", "ONLY t", "t@v1", "t.`x`.y")),
    "WITH q AS (SELECT 1), q AS (SELECT 2) SELECT * FROM q", "WITH q AS (SELECT * FROM q) SELECT * FROM q", "WITH q(a, b) AS (SELECT 1) SELECT * FROM q",
    "WITH q AS (SELECT nothing) SELECT 1", "WITH q SELECT 1", "WITH q AS () SELECT 1", "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r",
    "WITH RECURSIVE r AS (SELECT n FROM r) SELECT * FROM r", "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 'a' FROM r) SELECT * FROM r LIMIT 2",
    "SET spark.sql.ansi.enabled = maybe", "SET spark.sql.shuffle.partitions = many", "SET spark.sql.session.timeZone = Nowhere", "SET spark.sql.warehouse.dir = /x",
    "SET TIME ZONE 'Nowhere/X'", "RESET spark.sql.warehouse.dir", "DROP VIEW nowhere", "DROP TABLE nowhere", "DROP VIEW a.b.c.d", "USE nowhere", "DESCRIBE nowhere", "DESCRIBE FUNCTION nothing",
    "SHOW COLUMNS FROM nowhere", "SHOW TABLES IN nowhere", "REFRESH TABLE nowhere", "CACHE TABLE nowhere", "UNCACHE TABLE nowhere", "CREATE TEMP VIEW t AS SELECT 1", "CREATE TEMP VIEW a.b AS SELECT 1",
    "CREATE TEMP VIEW v2 AS SELECT nothing", "CREATE TEMP VIEW v2 (a, b) AS SELECT 1", "CREATE TEMP VIEW v2 AS SELECT 1 AS a, 2 AS a", "INSERT INTO nowhere VALUES (1)", "DELETE FROM nowhere",
    "EXPLAIN SELECT nothing", "EXPLAIN nothing", "SELECT", "FROM t SELECT", "FROM", "t", "SELECT * FROM t;; SELECT 1", "SELECT 1; SELECT 2", "GRANT ALL", "SELECT 1 FROM t t2 t3",
    "FROM t |> WHERE nothing", "FROM t |> SELECT sum(a)", "FROM t |> AGGREGATE a", "FROM t |> DROP nothing", "FROM t |> SET nothing = 1", "FROM t |> nothing", "FROM t |> LIMIT -1", "FROM t |> AS",
]  # fmt: skip


def casts():
    return [f"SELECT CAST({column} AS {kind}) FROM t" for column in COLUMNS for kind in TYPES]


def operators():
    inside = {"IN": "{} IN ({})"}
    return ["SELECT " + inside.get(op, "{} " + op + " {}").format(a, b) + " FROM t" for op in OPERATORS for a in OPERANDS for b in OPERANDS]


def calls(functions):
    """Each function with none, with many, and with arguments of each type."""
    for name in functions:
        yield f"SELECT {name}()"
        yield f"SELECT {name}(1, 2, 3, 4, 5, 6, 7, 8, 9)"
        for first in ARGUMENTS:
            yield f"SELECT {name}({first})"
            yield f"SELECT {name}({first}, {ARGUMENTS[-1]})"
            yield f"SELECT {name}('abc', {first})"
