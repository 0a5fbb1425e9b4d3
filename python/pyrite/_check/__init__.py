"""`pyrite check`: says of a PySpark program what is as in Spark, what differs, and what is missing.

Nothing of the program is run. Python is read by its syntax tree (program.py), SQL by Pyrite's own parser (sql.py); what either uses is looked
up in the tables (tables.py).
"""

import json
import os
import sys

USAGE = "usage: pyrite check [--json] [--all] PATH..."


def run(arguments):
    """0: nothing is missing; 1: something is; 2: a path or an option that cannot be understood."""
    from pyrite._check.report import Report
    from pyrite._check.tables import Tables

    options = {argument for argument in arguments if argument.startswith("--")}
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if not paths or options - {"--json", "--all"}:
        print(USAGE, file=sys.stderr)
        return 2
    tables, report = Tables(), Report()
    for path in paths:
        if not os.path.exists(path):
            print(f"pyrite: no such file or folder: {path}", file=sys.stderr)
            return 2
        for file in _files(path):
            _check(file, tables, report)
    if "--json" in options:
        print(json.dumps(report.as_dict(), indent=2))
    else:
        report.show("--all" in options)
    return 1 if report.missing() else 0


def _files(path):
    if os.path.isfile(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if name.endswith((".py", ".sql", ".ipynb")):
                yield os.path.join(folder, name)


def _check(file, tables, report):
    from pyrite._check import notebook, program, sql

    report.files += 1
    try:
        with open(file, encoding="utf-8") as opened:
            text = opened.read()
        if file.endswith(".sql"):
            sql.check_script(text, file, tables, report)
        elif file.endswith(".ipynb"):
            program.check(notebook.source(text), file, tables, report)
        else:
            program.check(text, file, tables, report)
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        report.add(file, getattr(error, "lineno", None) or 1, "unreadable", "the file", str(error))
