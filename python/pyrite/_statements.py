"""Splits SQL text at the semicolons that end statements."""

import re

# What may hold a semicolon that ends nothing: strings, quoted names, comments; the last one may be
# open.
_TOKEN = re.compile(
    r"""'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z)|`[^`]*(?:`|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|;|.""",
    re.DOTALL,
)
_COMMENT = re.compile(r"--|/\*")


def _pieces(text):
    """The texts between the semicolons; the last is what no semicolon ends."""
    pieces = [""]
    for token in _TOKEN.findall(text):
        if token == ";":
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces


def _says_something(text):
    return any(not token.isspace() and not _COMMENT.match(token) for token in _TOKEN.findall(text))


def split(text):
    """The statements of `text`, without empty ones."""
    return [piece.strip() for piece in _pieces(text) if _says_something(piece)]


def unfinished(text):
    """Whether the last statement lacks its semicolon."""
    return _says_something(_pieces(text)[-1])
