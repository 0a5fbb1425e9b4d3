"""Makes wrong queries out of right ones: each mutation takes a random generator and a query's tokens, and gives tokens or None."""
import re

TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|\d+(?:\.\d+)?\w*|\w+|<=>|->|\|>|[<>!|]=|<>|::|\|\||\S")
KEYWORDS = {"SELECT", "FROM", "WHERE", "GROUP", "BY", "ORDER", "HAVING", "JOIN", "ON", "AND", "OR", "AS", "CASE", "WHEN", "THEN", "END",
            "IN", "BETWEEN", "UNION", "WITH", "OVER", "PARTITION", "LIKE", "IS", "NOT", "EXISTS", "LIMIT"}  # fmt: skip
WRONG_VALUES = ["array(1)", "true", "DATE'2020-01-01'", "'abc'", "map(1, 2)", "struct(1)", "INTERVAL '1' DAY", "X'1F'", "(1, 2)"]
BAD_LITERALS = ["300Y", "99999S", "99999999999999999999L", "DATE'2020-13-01'", "TIMESTAMP'noon'", "INTERVAL 'x' DAY", "X'0G'", "1e400D",
                "1" * 40 + "BD", "INTERVAL '1-1' DAY TO SECOND", "1.2.3", "'open", "TIMESTAMP_NTZ'x'", "1e1000", "`open"]  # fmt: skip
SUBQUERIES = ["(SELECT 1, 2)", "(SELECT k FROM w)", "(SELECT id FROM nowhere)", "(SELECT sum(k) FROM w GROUP BY v)", "(VALUES (1), (2))"]
STRAYS = [")", "(", ",", "FROM", "SELECT", "AND", "=", "GROUP", ";", "1", "ON", "AS", "*", ".", "BY", "||", "!", "END"]
ENDINGS = ["ORDER BY 99", "GROUP BY 99", "LIMIT -1", "LIMIT 'a'", "LIMIT id", "LIMIT 1.5", "OFFSET -1", "UNION SELECT 1, 2, 3, 4, 5, 6, 7",
           "EXCEPT SELECT array(1)", "UNION ALL SELECT map(1, 2)", "HAVING sum(id) > 1", "ORDER BY nothing", "WHERE", "CLUSTER BY nothing",
           "LIMIT NULL", "ORDER BY m", "INTERSECT SELECT struct(1)", "WINDOW z AS (ORDER BY 1)", "TABLESAMPLE (200 PERCENT)", "ORDER BY sum(id)",
           "GROUP BY sum(id)", "LIMIT (SELECT 1)", "SORT BY 1 ORDER BY 1"]  # fmt: skip


def tokens_of(sql):
    return TOKEN.findall(" ".join(re.sub(r"--[^\n]*", "", sql).split()))


def text_of(tokens):
    text = " ".join(tokens)
    text = re.sub(r"(\w) \(", lambda m: m.group(0) if m.group(1).isupper() else m.group(1) + "(", text)
    return re.sub(r"([(.\[]) ", r"\1", re.sub(r" ([,.)\]])", r"\1", text))


class Mutations:
    def __init__(self, columns, tables, functions):
        self.columns, self.tables, self.functions = columns, tables, functions

    def all(self):
        """{name: mutation}"""
        return {name[3:]: getattr(self, name) for name in sorted(dir(self)) if name.startswith("to_")}

    def _places(self, tokens, test):
        return [place for place, token in enumerate(tokens) if test(token)]

    def _columns(self, tokens, after="SELECT"):
        """Places of columns behind the first `after`, up to the next clause."""
        upper = [token.upper() for token in tokens]
        if after not in upper:
            return []
        start = upper.index(after)
        stops = [i for i in range(start + 1, len(tokens)) if upper[i] in {"FROM", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION"}]
        end = stops[0] if stops else len(tokens)
        return [i for i in range(start, end) if tokens[i] in self.columns and (i + 1 == len(tokens) or tokens[i + 1] != "(")]

    def _replace(self, rng, tokens, places, make):
        if not places:
            return None
        place = rng.choice(places)
        return tokens[:place] + [make(tokens[place])] + tokens[place + 1:]

    def to_drop(self, rng, tokens):
        place = rng.randrange(len(tokens))
        return tokens[:place] + tokens[place + 1:]

    def to_double(self, rng, tokens):
        place = rng.randrange(len(tokens))
        return tokens[:place] + [tokens[place]] + tokens[place:]

    def to_swap(self, rng, tokens):
        place = rng.randrange(len(tokens) - 1)
        return tokens[:place] + [tokens[place + 1], tokens[place]] + tokens[place + 2:]

    def to_stray(self, rng, tokens):
        place = rng.randrange(len(tokens) + 1)
        return tokens[:place] + [rng.choice(STRAYS)] + tokens[place:]

    def to_cut(self, rng, tokens):
        return tokens[:rng.randrange(1, len(tokens))]

    def to_misspelt_keyword(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t.upper() in KEYWORDS), lambda t: t[:-1] + "x")

    def to_unknown_column(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t in self.columns), lambda t: t + "x")

    def to_unknown_table(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t in self.tables), lambda t: t + "_gone")

    def to_unknown_qualifier(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t in self.columns), lambda t: "zz." + t)

    def to_unknown_function(self, rng, tokens):
        return self._replace(rng, tokens, self._calls(tokens), lambda t: t + "ish")

    def to_other_function(self, rng, tokens):
        return self._replace(rng, tokens, self._calls(tokens), lambda t: rng.choice(self.functions))

    def to_wrong_value(self, rng, tokens):
        return self._replace(rng, tokens, self._literals(tokens), lambda t: rng.choice(WRONG_VALUES))

    def to_wrong_column_type(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t in self.columns), lambda t: rng.choice(WRONG_VALUES))

    def to_bad_literal(self, rng, tokens):
        return self._replace(rng, tokens, self._literals(tokens), lambda t: rng.choice(BAD_LITERALS))

    def to_subquery(self, rng, tokens):
        return self._replace(rng, tokens, self._literals(tokens), lambda t: rng.choice(SUBQUERIES))

    def to_fewer_arguments(self, rng, tokens):
        return self._arguments(rng, tokens, lambda arguments: arguments[:-1])

    def to_more_arguments(self, rng, tokens):
        return self._arguments(rng, tokens, lambda arguments: arguments + [["1"]] * rng.randrange(1, 5))

    def to_other_arguments(self, rng, tokens):
        return self._arguments(rng, tokens, lambda arguments: [[rng.choice(WRONG_VALUES)]] + arguments[1:])

    def to_nested_aggregate(self, rng, tokens):
        return self._arguments(rng, tokens, lambda arguments: [["max", "(", *arguments[0], ")"]] + arguments[1:],
                               {"sum", "count", "avg", "min", "max", "collect_list", "stddev"})

    def to_aggregate_in_where(self, rng, tokens):
        return self._replace(rng, tokens, self._columns(tokens, "WHERE"), lambda t: f"sum({t})")

    def to_aggregate_beside_column(self, rng, tokens):
        return self._replace(rng, tokens, self._columns(tokens), lambda t: f"count({t})")

    def to_window_in_where(self, rng, tokens):
        return self._replace(rng, tokens, self._columns(tokens, "WHERE"), lambda t: f"rank() OVER (ORDER BY {t})")

    def to_aggregate_in_group(self, rng, tokens):
        return self._replace(rng, tokens, self._columns(tokens, "GROUP"), lambda t: f"max({t})")

    def to_generator(self, rng, tokens):
        return self._replace(rng, tokens, self._columns(tokens, rng.choice(["SELECT", "WHERE", "GROUP", "ORDER"])),
                             lambda t: f"explode(array({t}))")

    def to_field(self, rng, tokens):
        return self._replace(rng, tokens, self._places(tokens, lambda t: t in self.columns), lambda t: t + rng.choice([".zz", "[0]", "['k']"]))

    def to_ambiguous(self, rng, tokens):
        place = next((i for i, t in enumerate(tokens) if t in self.tables and tokens[i - 1].upper() == "FROM"), None)
        return None if place is None else tokens[:place + 1] + [",", tokens[place], "AS", "again"] + tokens[place + 1:]

    def to_ending(self, rng, tokens):
        return tokens + [rng.choice(ENDINGS)]

    def _literals(self, tokens):
        return self._places(tokens, lambda t: t[0] in "'0123456789")

    def _calls(self, tokens):
        return [i for i in range(len(tokens) - 1) if tokens[i + 1] == "(" and tokens[i].isidentifier() and tokens[i].upper() not in KEYWORDS]

    def _arguments(self, rng, tokens, change, names=None):
        calls = [i for i in self._calls(tokens) if names is None or tokens[i].lower() in names]
        if not calls:
            return None
        start = rng.choice(calls) + 2
        depth, arguments, end = 0, [[]], start
        while end < len(tokens) and (depth or tokens[end] != ")"):
            depth += {"(": 1, ")": -1}.get(tokens[end], 0)
            if tokens[end] == "," and not depth:
                arguments.append([])
            else:
                arguments[-1].append(tokens[end])
            end += 1
        if arguments == [[]]:
            arguments = [["1"]]
        changed = change(arguments)
        inside = [token for argument in changed for token in (*argument, ",")][:-1]
        return tokens[:start] + inside + tokens[end:]
