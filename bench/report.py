"""The tables of bench/run.py, in Markdown."""
import os
import re
from pathlib import Path
from statistics import median

NAMES = {"pyrite": "Pyrite", "pyrite-workers": "Pyrite workers", "duckdb": "DuckDB", "sail": "Sail", "sail-workers": "Sail workers",
         "polars": "Polars", "spark": "Spark", "spark-workers": "Spark workers", "ballista-workers": "Ballista"}
SUITES = {"tpch": "TPC-H", "tpcds": "TPC-DS"}


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model or 'unknown CPU'}), {memory:.0f} GiB of memory"


def seconds(results, engine, query, kind="seconds"):
    times = results[engine][kind].get(query)
    return median(times) if times else None


def total(results, engine, queries, kind="seconds"):
    return sum(seconds(results, engine, query, kind) for query in queries)


def number(value):
    return "–" if value is None else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def ratio(value, base):
    return "–" if value is None or base is None else f"{value / base:.2f}"


def table(results, queries):
    """A line a query: median seconds of each engine, then each as a multiple of Pyrite (or of the first engine)."""
    engines = list(results)
    base, others = engines[0], engines[1:]
    head = ["query", *(f"{NAMES[e]} s" for e in engines), *(f"{NAMES[e]} / {NAMES[base]}" for e in others)]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    for query in queries:
        row = [query, *(number(seconds(results, e, query)) for e in engines)]
        row += [ratio(seconds(results, e, query), seconds(results, base, query)) for e in others]
        lines.append("| " + " | ".join(row) + " |")
    row = ["**all**", *(totals_cell(results, e, queries) for e in engines)]
    for engine in others:
        common = [q for q in queries if seconds(results, engine, q) is not None and seconds(results, base, q) is not None]
        row.append(ratio(total(results, engine, common), total(results, base, common)) if common else "–")
    lines.append("| " + " | ".join(row) + " |")
    row = ["peak memory, MB", *(f"{results[e]['tree'] / 1e6:.0f}" for e in engines), *("" for _ in others)]
    lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def totals_cell(results, engine, queries):
    done = [query for query in queries if seconds(results, engine, query) is not None]
    return number(total(results, engine, done)) + ("" if len(done) == len(queries) else f" ({len(done)} of {len(queries)})")


def cpu_table(results, queries):
    """A line a query: median CPU seconds of each engine's own processes, then each as a multiple of the first engine."""
    engines = list(results)
    base, others = engines[0], engines[1:]
    head = ["query", *(f"{NAMES[e]} CPU s" for e in engines), *(f"{NAMES[e]} / {NAMES[base]}" for e in others)]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    done = [q for q in queries if all(seconds(results, e, q) is not None for e in engines)]
    rows = [(query, {e: seconds(results, e, query, "cpu") for e in engines}) for query in queries]
    rows.append(("**all that every engine ran**", {e: total(results, e, done, "cpu") for e in engines}))
    for name, times in rows:
        cells = [name, *(number(times[e]) for e in engines)]
        cells += [ratio(times[e], times[base] or None) for e in others]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def section(scale, arguments, results):
    queries, repetitions, memory_limit = arguments.queries, arguments.repetitions, arguments.memory_limit
    versions = ", ".join(f"{NAMES[e]} {r['version']}" for e, r in results.items())
    title = f"{SUITES[arguments.suite]} SF{scale}" + (", DataFrame programs" if arguments.form != "sql" else "")
    title += ", the Rust client" if arguments.client == "rust" else ""
    title += f", memory limit {memory_limit}" if memory_limit else ""
    title += ", on workers" if any(name.endswith("-workers") for name in results) else ""
    text = [f"## {title}", "", f"{machine()}; medians of {repetitions} runs, interleaved; {versions}.", "",
            table(results, queries), "", "CPU time of the engine's own processes:", "", cpu_table(results, queries), ""]
    failures = [f"- {NAMES[e]} {q}: {message}" for e, r in results.items() for q, message in r["errors"].items()]
    return "\n".join(text + (["Not run:", "", *failures, ""] if failures else []))


def write_section(path, text):
    """Replaces the section of the same title, or adds it at the end."""
    path = Path(path)
    title = text.splitlines()[0]
    old = path.read_text() if path.exists() else "# Benchmarks\n\n"
    pattern = re.compile(re.escape(title) + r"\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    new = pattern.sub(lambda _: text + "\n", old, count=1) if pattern.search(old) else old.rstrip() + "\n\n" + text + "\n"
    path.write_text(new.rstrip() + "\n")
