"""Cases of tests/session/show.test: how show() prints rows of strings, recorded from real Spark.

    20 20 false          rows, truncate, vertical
    a	b                the columns' names, then a line a row; \\n, \\t and \\\\ are escaped
    1	x
    --
    +---+---+
    ...
    ==
"""
from pathlib import Path

PATH = Path(__file__).resolve().parent / "show.test"


def unescaped(text):
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")


def read_inputs():
    return [block.split("\n--\n")[0] for block in PATH.read_text().split("\n==\n") if block.strip()]
