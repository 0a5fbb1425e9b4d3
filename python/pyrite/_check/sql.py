"""What a SQL text uses."""

from pyrite import _statements
from pyrite._check.report import MISSING, SAME, UNCHECKED, UNREADABLE


def check_script(text, file, tables, report):
    """Statements with semicolons between them."""
    end = 0
    for statement in _statements.split(text):
        start = text.find(statement, end)
        end = start + len(statement)
        check_statement(statement, file, text.count("\n", 0, start) + 1, tables, report)


def check_statement(text, file, line, tables, report, made_up=False):
    """`made_up`: parts of the text are known at run time only, and stand-ins for them here."""
    from pyrite._native import read_sql

    found = read_sql(text)
    if found["error"] is not None:
        if made_up:
            report.add(file, line, UNCHECKED, "SQL", "the text is made at run time")
        else:
            report.add(file, line, UNREADABLE, "SQL", found["error"].splitlines()[0])
        return
    if found["unsupported"] is not None:
        report.add(file, line, MISSING, f"SQL: {found['unsupported']}")
    else:
        report.add(file, line, SAME, f"SQL: {found['kind']}")
    for name in found["calls"]:
        known = tables.function(name)
        if known is not None:
            report.add(file, line, known[0], f"SQL function {name.lower()}", known[1])


def check_expression(text, file, line, tables, report, made_up=False):
    check_statement("SELECT " + text, file, line, tables, report, made_up)
