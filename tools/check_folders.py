"""Checks the edges between the folders of src, which are the stages of a query's way.

A file includes only its own folder and earlier ones; DuckDB, protobuf, gRPC and nanobind headers stay in
the folders that adapt those libraries.
"""
import re
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"

ORDER = ["base", "spec", "sql", "plan", "functions", "catalog", "sources", "analyzer", "passes", "udf", "lower",
         "engine", "exchange", "stages", "worker", "cluster", "session", "streaming", "observe",
         "connect", "bindings"]

# Library headers and the only folders that may include them.
LIBRARIES = {
    re.compile(r"^duckdb(\.hpp|/)"): {"lower", "engine", "stages", "worker"},
    re.compile(r"^(google/protobuf|spark/connect)/"): {"connect"},
    re.compile(r"^grpc(pp)?(\+\+)?/"): {"connect"},
    re.compile(r"^nanobind/"): {"bindings"},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def problems_of(path):
    folder = path.relative_to(SOURCE).parts[0]
    if folder not in ORDER:
        yield f"src/{folder} is not in the list of folders"
        return
    for header in INCLUDE.findall(path.read_text()):
        first = header.split("/")[0]
        if "/" in header and first in ORDER and ORDER.index(first) > ORDER.index(folder):
            yield f"{header}: {first} comes after {folder}"
        for library, allowed in LIBRARIES.items():
            if library.match(header) and folder not in allowed:
                yield f"{header}: only {', '.join(sorted(allowed))} may include it"


def main():
    files = sorted(p for p in SOURCE.rglob("*") if p.suffix in (".h", ".cc"))
    found = [f"{p.relative_to(SOURCE.parent)}: {problem}" for p in files for problem in problems_of(p)]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"check_folders: {len(files)} files, {len(found)} forbidden includes")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
