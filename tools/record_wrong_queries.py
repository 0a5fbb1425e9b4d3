"""Records what real Spark raises for wrong queries into tests/errors/wrong_queries/cases.jsonl, a line a query.

With --make the queries are made anew (seeded: mutations of right queries, and templates), and 1,000 that Spark refuses are kept;
otherwise those in the file are run again.

usage: .venv-spark/bin/python tools/record_wrong_queries.py [--make]
"""
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/errors/wrong_queries"), str(ROOT / "tests/functions"), str(ROOT / "bench")]

import tables
import tpch
import wrong_query_templates as templates
from function_cases import all_files, read_cases
from spark_reference import run_program, spark_connect
from wrong_query_mutations import Mutations, text_of, tokens_of

CASES = ROOT / "tests/errors/wrong_queries/cases.jsonl"
KEPT = 1000
SKIPPED = {"INTERNAL_ERROR", "COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER"}  # Spark's own failures; what would fill the memory
EACH = 40  # of one condition, before the rest is filled up
MUTANTS, SAMPLED = 1800, 300  # of mutations, and of each set of templates


def seeds():
    """(weight, right queries) of each kind."""
    plans = [case.split("\n--\n")[0] for path in sorted((ROOT / "tests/plan").glob("*/*.test")) for case in path.read_text().split("\n==\n")]
    functions = [sql for path in all_files() for ansi, sql, expected in read_cases(path) if ansi and not expected[0].startswith("error")]
    return [(3, [tpch.sql(name) for name in tpch.NAMES]), (5, [sql for sql in plans if sql.strip() and not sql.startswith("--")]),
            (2, functions)]


def function_names():
    rows = [line.split("|")[1] for line in (ROOT / "docs/functions.md").read_text().splitlines() if line.startswith("| `")]
    return sorted({name for row in rows for name in re.findall(r"`([a-z]\w*)`", row)} - {"and", "or", "not", "in", "between", "like", "div"})


def make_queries():
    rng = random.Random(42)
    functions = function_names()
    made = Mutations(tables.columns(), set(tables.ROWS) | set(tables.TPCH), functions).all()
    weights, kinds = zip(*seeds())
    found = []
    while len(found) < MUTANTS:
        tokens = tokens_of(rng.choice(rng.choices(kinds, weights)[0]))
        mutant = made[rng.choice(list(made))](rng, tokens)
        if mutant:
            found.append(text_of(mutant))
    found += templates.RUNNING
    for candidates in (templates.casts(), templates.operators(), list(templates.calls(functions))):
        found += rng.sample(candidates, min(SAMPLED, len(candidates)))
    return list(dict.fromkeys(found))


def ask(queries):
    """[condition, SQLSTATE, parameters] of each, or None."""
    with spark_connect() as url, tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "queries", Path(folder) / "results"
        asked.write_text("".join(json.dumps(sql) + "\n" for sql in queries))
        run_program(url, ROOT / "tests/errors/wrong_queries/program.py", asked, answered, python=ROOT / ".venv/bin/python")
        return [json.loads(line) for line in answered.read_text().splitlines()]


def choose(queries, results):
    """KEPT of those that were refused, by turns of the conditions."""
    by_condition = defaultdict(list)
    for sql, result in zip(queries, results):
        if result and result[1] and result[0] not in SKIPPED:
            by_condition[result[0]].append((sql, *result))
    kept, rest = [], []
    rng = random.Random(1)
    for found in by_condition.values():
        rng.shuffle(found)
        kept += found[:EACH]
        rest += found[EACH:]
    rng.shuffle(rest)
    return sorted((kept + rest)[:KEPT], key=lambda case: (case[1], case[0]))


def main(arguments):
    if "--make" in arguments:
        queries = make_queries()
        cases = choose(queries, ask(queries))
    else:
        queries = [json.loads(line)[0] for line in CASES.read_text().splitlines()]
        cases = [(sql, *(result or [None, None, {}])) for sql, result in zip(queries, ask(queries))]
    CASES.write_text("".join(json.dumps(case, ensure_ascii=False, sort_keys=True) + "\n" for case in cases))
    print(f"{len(queries)} asked, {len(cases)} kept")
    for condition, count in Counter(case[1] for case in cases).most_common():
        print(f"{count:5} {condition}")


if __name__ == "__main__":
    main(sys.argv[1:])
