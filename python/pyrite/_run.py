"""`pyrite run`: a PySpark program as `python app.py` would run it, with a server beside it."""

import os
import sys


def run(program, arguments):
    """Runs the program to its end; gives its exit code."""
    import types

    sys.argv = [program, *arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(program))
    main = types.ModuleType("__main__")
    main.__file__ = program
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    try:
        with open(program, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"pyrite: can't open file {program!r}: {error.strerror}", file=sys.stderr)
        return 2
    try:
        exec(compile(source, program, "exec"), main.__dict__)
    except SystemExit:
        raise
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        # The frames of this file are no part of the program.
        error = error.with_traceback(error.__traceback__.tb_next)
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return 0
