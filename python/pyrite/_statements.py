"""Splits SQL text at the semicolons that end statements."""

import re

# What may hold a semicolon that ends nothing: strings, quoted names, comments.
_TOKEN = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|;|.", re.DOTALL
)


def split(text):
    """The statements of `text`, without empty ones."""
    statements = [""]
    for token in _TOKEN.findall(text):
        if token == ";":
            statements.append("")
        else:
            statements[-1] += token
    return [statement.strip() for statement in statements if statement.strip()]
