"""Writes the tables of docs/ that are made from the code: between `<!-- name -->` and `<!-- /name -->` of each file.

usage: .venv/bin/python tools/make_doc_tables.py [--check]      --check: only says whether they are current
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python"))

from pyrite import _native  # noqa: E402
from pyrite._check.report import DIFFERS, MISSING  # noqa: E402
from pyrite._check.tables import Tables  # noqa: E402
from pyrite._settings import SETTINGS  # noqa: E402


def names(listed):
    return ", ".join(f"`{name}`" for name in listed)


def settings(tables):
    rows = [f"| `--{name.replace('_', '-')}` | `PYRITE_{name.upper()}` | `{name}` | {text} |" for name, (_, text) in SETTINGS.items()]
    return ["| flag | variable | key | |", "|---|---|---|---|", *rows]


def api(tables):
    """A row a class: how much of it is there, and what is not."""
    found = defaultdict(lambda: defaultdict(list))
    for name in tables.results:
        cls, _, member = name.partition(".")
        found[cls][tables.member(name)[0]].append(member)
    rows = []
    for cls, members in sorted(found.items()):
        total, missing = sum(map(len, members.values())), members[MISSING]
        lacks = "all" if len(missing) == total else names(missing) if cls != "functions" else "see [functions.md](functions.md)"
        rows.append(f"| {cls} | {total - len(missing)} of {total} | {lacks if missing else ''} | {names(members[DIFFERS])} |")
    return ["| class | there | missing | differs |", "|---|---|---|---|", *rows]


def reasons(tables):
    """What is missing, by its reason."""
    by_reason = defaultdict(list)
    for name, reason in tables.differences[MISSING].items():
        by_reason[reason].append(name)
    for kind in ("modules", "formats"):
        for name, reason in tables.differences[kind].items():
            by_reason[reason].append(name if kind == "modules" else f"format {name}")
    return ["| not there | what needs it |", "|---|---|",
            *(f"| {reason} | {names(listed)} |" for reason, listed in sorted(by_reason.items()))]


def statements(tables):
    there, missing = [], []
    for text in tables.differences["statements"]["examples"]:
        found = _native.read_sql(text)
        if found["error"] is not None:
            raise SystemExit(f"{text}: {found['error']}")
        (there if found["unsupported"] is None else missing).append(text)
    return ["Read by the parser as Spark does, and run:", "", "; ".join(f"`{text}`" for text in there) + ".", "",
            "Refused:", "", "; ".join(f"`{text}`" for text in missing) + "."]


def differs(tables):
    both = {**tables.differences[DIFFERS], **{f"functions.{name}": text for name, text in tables.differences["functions"].items()}}
    return ["| | |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in both.items())]


def honoured(tables):
    """The configurations that the code reads."""
    files = [path for kind in ("*.cc", "*.h") for path in (ROOT / "src").rglob(kind)
             if not path.name.endswith("_test.cc") and path.name not in ("configuration.cc", "configuration_defaults.cc")]
    keys = sorted({key for path in files for key in re.findall(r'"(spark\.sql\.[\w.]*\w)"', path.read_text())})
    return [names(keys)]


TABLES = {"compatibility.md": (api, reasons, statements), "operations.md": (settings,), "migration.md": (differs, honoured)}


def filled(text, tables, makers):
    for maker in makers:
        start, end = f"<!-- {maker.__name__} -->", f"<!-- /{maker.__name__} -->"
        made = "\n".join([start, "", *maker(tables), "", end])
        text, count = re.subn(re.escape(start) + ".*?" + re.escape(end), lambda _: made, text, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"no place for {start}")
    return text


def main(argv):
    stale, tables = [], Tables()
    for name, makers in TABLES.items():
        path = ROOT / "docs" / name
        text = path.read_text()
        new = filled(text, tables, makers)
        if new != text:
            stale.append(name)
            if "--check" not in argv:
                path.write_text(new)
    print(", ".join(stale) if stale else "all current")
    return bool(stale) and "--check" in argv


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
