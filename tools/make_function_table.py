"""Writes docs/functions.md from the function registry of the built module, beside the list of Spark's own functions.

usage: .venv/bin/python tools/make_function_table.py
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python"))

from pyrite import _native  # noqa: E402


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def table(rows):
    lines = ["| function | signatures | |", "|---|---|---|"]
    for row in rows:
        names = ", ".join(f"`{cell(name)}`" for name in [row["name"], *row["aliases"].split()])
        signatures = "<br>".join(f"`{cell(s.strip())}`" for s in row["signatures"].split(";") if s.strip())
        lines.append(f"| {names} | {signatures} | {cell(row['doc'])} |")
    return "\n".join(lines)


def main():
    rows = _native.functions()
    there = [row for row in rows if row["unsupported"] is None]
    refused = [row for row in rows if row["unsupported"] is not None]
    known = {name.lower() for row in there for name in [row["name"], *row["aliases"].split()]}
    spark = (ROOT / "python/pyrite/data/spark_functions.txt").read_text().split()
    missing = [name for name in spark if name.lower() not in known]
    parts = [
        "# Functions",
        "Made from the function registry by tools/make_function_table.py.",
        f"Of the {len(spark)} functions and operators of Spark 4.2, {len(spark) - len(missing)} are here. A call of any other "
        "fails with a Spark error condition that names it.",
    ]
    for kind in ("scalar", "aggregate", "window", "generator", "table"):
        of_kind = [row for row in there if row["kind"] == kind]
        if of_kind:
            parts += [f"## {kind.capitalize()} functions", table(of_kind)]
    if refused:
        parts += ["## Known, and refused", "\n".join(f"- `{row['name']}`: {row['unsupported']}" for row in refused)]
    parts += ["## Not yet", ", ".join(f"`{name}`" for name in missing)]
    (ROOT / "docs/functions.md").write_text("\n\n".join(parts) + "\n")
    print(f"docs/functions.md: {len(spark) - len(missing)} of {len(spark)}")


if __name__ == "__main__":
    main()
