"""`pyrite sql`: statements from the command line, a file, a pipe or a prompt."""

import re
import sys

from pyrite import _settings

PROMPT, MORE = "pyrite> ", "      > "
WELCOME = "Pyrite {version}. Statements end with ;  Ctrl-D leaves."
LEAVE = {"exit", "quit"}
_WORD = re.compile(r"\w+")


def run(settings, arguments):
    from pyrite._native import LocalSession

    session = LocalSession(**_settings.of_engine(settings))
    if arguments and arguments[0] in ("-f", "--file"):
        if len(arguments) != 2:
            raise _settings.UsageError("-f needs one file")
        try:
            with open(arguments[1], encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            print(f"pyrite: {error}", file=sys.stderr)
            return 2
        return _run_text(session, text)
    if arguments:
        return _run_text(session, " ".join(arguments))
    if not sys.stdin.isatty():
        return _run_text(session, sys.stdin.read())
    return _prompt(session)


def _run_text(session, text):
    """Stops at the first statement that fails."""
    from pyrite._statements import split

    for statement in split(text):
        if not _show(session, statement):
            return 1
    return 0


def _show(session, statement):
    try:
        shown = session.show(statement)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return False
    if shown:
        print(shown)
    return True


def _prompt(session):
    from pyrite import _history
    from pyrite._native import __version__
    from pyrite._statements import split, unfinished

    print(WELCOME.format(version=__version__))
    text = ""
    complete = Completer(session, lambda: text + _history.line())
    with _history.Lines("sql", complete, delimiters=" \t\n,;()=<>+-*/%|&^~!'\"`"):
        while True:
            try:
                line = input(MORE if text.strip() else PROMPT)
            except EOFError:
                print()
                return 0
            except KeyboardInterrupt:
                text = ""
                print()
                continue
            if not text.strip() and line.strip().rstrip(";").lower() in LEAVE:
                return 0
            text += line + "\n"
            if not text.strip():
                text = ""
            elif not unfinished(text):
                _run_interruptible(session, split(text))
                text = ""


def _run_interruptible(session, statements):
    """Ctrl-C ends the statement that runs, and leaves the prompt."""
    import threading

    for statement in statements:
        worked = []
        worker = threading.Thread(target=lambda: worked.append(_show(session, statement)))
        worker.start()
        while worker.is_alive():
            try:
                worker.join(0.2)
            except KeyboardInterrupt:
                session.interrupt()
        if not worked or not worked[0]:
            return


class Completer:
    """Completes keywords, functions, tables, and columns: of the tables that the statement names, of any when it names none yet."""

    MAXIMUM_TABLES = 50  # whose columns are asked for

    def __init__(self, session, typed):
        """`typed` gives what has been typed of the statement so far."""
        from pyrite._native import functions, keywords

        self._session = session
        self._typed = typed
        self._keywords = sorted(keywords())
        self._functions = sorted(
            name + "(" for row in functions() if row["unsupported"] is None
            for name in [row["name"], *row["aliases"].split()] if name.isidentifier()
        )
        self._found = []

    def __call__(self, text, number):
        if number == 0:
            self._found = self._matches(text)
        return self._found[number] if number < len(self._found) else None

    def _matches(self, text):
        before, dot, last = text.rpartition(".")
        if dot:  # a table's columns, or a database's tables
            names = self._columns(before) or self._tables(before)
            return [before + dot + name for name in names if name.lower().startswith(last.lower())]
        tables = self._tables()
        said = set(_WORD.findall(self._typed().lower()))
        named = [table for table in tables if table.lower() in said] or tables[:self.MAXIMUM_TABLES]
        names = [column for table in named for column in self._columns(table)] + tables
        names += [word if text.isupper() else word.lower() for word in self._keywords]
        names += self._functions
        return list(dict.fromkeys(name for name in names if name.lower().startswith(text.lower())))

    def _tables(self, database=None):
        return self._strings("SHOW TABLES" + (f" IN {_quoted(database)}" if database else ""), "tableName")

    def _columns(self, table):
        return self._strings(f"SHOW COLUMNS IN {_quoted(table)}", "col_name")

    def _strings(self, statement, column):
        try:
            return self._session.strings(statement, column)
        except RuntimeError:  # no such table
            return []


def _quoted(name):
    return ".".join("`" + part.strip("`") + "`" for part in name.split("."))
