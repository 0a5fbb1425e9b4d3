"""Random queries over small tables, for comparing engines: `make(seed)` is always the same text.

Their results do not depend on the order in which rows come: sums are of integers and decimals, and a LIMIT has an order
that leaves nothing open.
"""
import random

TABLES = {
    # Many rows of few keys, NULLs among them; a table whose keys are unique; one whose files are in the order of its keys;
    # one without rows.
    "facts": "SELECT CASE WHEN id % 11 = 0 THEN NULL ELSE CAST(id % 97 AS INT) END AS k, "
    "concat('g', id % 7) AS g, CAST(id % 1000 AS DECIMAL(9, 2)) / 4 AS v, "
    "CASE WHEN id % 13 = 0 THEN NULL ELSE id % 50 END AS w, id AS i FROM range(20000)",
    "dims": "SELECT CAST(id AS INT) AS k, concat('n', id % 5) AS g, CAST(id * 3 AS DECIMAL(9, 2)) AS v, "
    "CASE WHEN id % 4 = 0 THEN NULL ELSE id END AS w, id AS i FROM range(60)",
    "ordered": "SELECT CAST(id DIV 250 AS INT) AS k, concat('g', id % 5) AS g, CAST(id % 300 AS DECIMAL(9, 2)) AS v, "
    "CASE WHEN id % 9 = 0 THEN NULL ELSE id % 70 END AS w, id AS i FROM range(24000)",
    "nothing": "SELECT CAST(id AS INT) AS k, 'x' AS g, CAST(0 AS DECIMAL(9, 2)) AS v, id AS w, id AS i FROM range(0)",
}
ORDER = "i DESC, k, g, v, w"  # rows that are equal in it are equal
JOINS = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN", "CROSS JOIN"]
AGGREGATES = [
    "count(*) AS c", "count(w) AS c", "sum(w) AS s", "sum(v) AS s", "min(g) AS m", "max(i) AS m", "avg(v) AS a",
    "count(DISTINCT k) AS d", "sum(DISTINCT w) AS d", "max(struct(i, g)) AS b", "bool_or(w > 30) AS o", "avg(w) AS a",
]  # fmt: skip
WINDOWS = [
    "row_number() OVER (PARTITION BY g ORDER BY {order})", "sum(w) OVER (PARTITION BY k, g)", "rank() OVER (ORDER BY w, i)",
    "lag(v) OVER (PARTITION BY k ORDER BY {order})",
    "count(w) OVER (PARTITION BY k ORDER BY {order} ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)",
]  # fmt: skip


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def table(self):
        return self.random.choices(["facts", "dims", "ordered", "nothing"], [6, 4, 3, 1])[0]

    def predicate(self, alias):
        c = self.random.choice
        return c([
            f"{alias}.w > {c([5, 25, 45])}", f"{alias}.k IS NOT NULL", f"{alias}.g IN ('g1', 'g3', 'n2')",
            f"{alias}.k IN (SELECT k FROM {self.table()} WHERE w < 20)",
            f"{alias}.k NOT IN (SELECT k FROM {self.table()} WHERE i < 40)",
            f"EXISTS (SELECT 1 FROM {self.table()} e WHERE e.k = {alias}.k AND e.i > 3)",
            f"NOT EXISTS (SELECT 1 FROM {self.table()} e WHERE e.k = {alias}.k)",
            f"{alias}.v > (SELECT avg(v) FROM {self.table()})",
            f"{alias}.i >= (SELECT min(e.i) FROM {self.table()} e WHERE e.k = {alias}.k)",
            f"{alias}.i % {c([2, 3, 7])} = 1",
        ])  # fmt: skip

    def source(self, depth):
        if depth == 0 or self.random.random() < 0.3:
            return self.table()
        return f"({self.rows(depth - 1)})"

    def join(self, depth):
        kind = self.random.choice(JOINS)
        left, right = self.source(depth), self.source(depth)
        if kind == "CROSS JOIN":
            right = f"(SELECT * FROM dims WHERE i < {self.random.choice([0, 3])})"
            return f"SELECT a.k, a.g, b.v, a.w, b.i FROM {left} a {kind} {right} b"
        condition = self.random.choice(["a.k = b.k", "a.k = b.k AND a.g < b.g", "a.k <=> b.k AND a.i < 300", "a.k + 1 = b.k"])
        if "SEMI" in kind or "ANTI" in kind:
            return f"SELECT a.k, a.g, a.v, a.w, a.i FROM {left} a {kind} {right} b ON {condition}"
        # Facts by facts are many rows: one side is kept small.
        return f"SELECT a.k, a.g, b.v, a.w, b.i FROM {left} a {kind} (SELECT * FROM {right} r WHERE r.i < 200) b ON {condition}"

    def rows(self, depth):
        """A query with the columns k, g, v, w, i."""
        kind = self.random.choice(["filter", "join", "join", "set", "window", "distinct", "group", "top"])
        if kind == "join" and depth > 0:
            return self.join(depth)
        source = self.source(depth)
        if kind == "set":
            operation = self.random.choice(["UNION ALL", "UNION", "EXCEPT", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL"])
            return f"SELECT k, g, v, w, i FROM {source} {operation} SELECT k, g, v, w, i FROM {self.source(depth)}"
        if kind == "window":
            return f"SELECT k, g, v, CAST({self.random.choice(WINDOWS).format(order=ORDER)} AS BIGINT) AS w, i FROM {source}"
        if kind == "distinct":
            return f"SELECT DISTINCT k, g, v, w, 1L AS i FROM {source}"
        if kind == "group":
            return f"SELECT k, g, sum(v) AS v, count(w) AS w, max(i) AS i FROM {source} GROUP BY k, g"
        if kind == "top":
            return f"SELECT k, g, v, w, i FROM {source} ORDER BY {ORDER} LIMIT {self.random.choice([3, 500])}"
        return f"SELECT k, g, v, w, i FROM {source} f WHERE {self.predicate('f')}"

    def query(self):
        source = f"({self.rows(2)})"
        aggregates = ", ".join(f"{a}{n}" for n, a in enumerate(self.random.sample(AGGREGATES, 3)))
        shape = self.random.choice(["all", "group", "rollup", "cube", "sets", "rows"])
        if shape == "all":
            return f"SELECT {aggregates} FROM {source}"
        if shape == "rows":
            return f"SELECT * FROM {source}"
        grouping = {"group": "g, k", "rollup": "ROLLUP (g, k)", "cube": "CUBE (g, k)", "sets": "GROUPING SETS ((g), (k), ())"}[shape]
        mark = "" if shape == "group" else ", grouping_id() AS id"
        return f"SELECT g, k{mark}, {aggregates} FROM {source} GROUP BY {grouping}"


def make(seed):
    return Maker(seed).query()
