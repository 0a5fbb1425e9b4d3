"""`pyrite shell`: PySpark at a prompt, with `spark` at hand."""

import code
import os
import sys

BANNER = """\
Pyrite {version}, PySpark {pyspark}, Python {python}
`spark` is a SparkSession, `F` is pyspark.sql.functions. Ctrl-D leaves."""


def run(settings):
    from pyrite import _history, _start

    server = _start.start(settings)
    try:
        import pyspark
        from pyspark.sql import SparkSession, functions
    except ImportError as error:
        print(f"pyrite: no Spark Connect client: {error}. Try pip install pyspark-client", file=sys.stderr)
        return 1
    from pyrite._native import __version__

    spark = SparkSession.builder.getOrCreate()
    names = {"__name__": "__main__", "spark": spark, "F": functions, "sql": spark.sql}
    startup = os.environ.get("PYTHONSTARTUP")
    if startup and os.path.isfile(startup):
        with open(startup, encoding="utf-8") as file:
            exec(compile(file.read(), startup, "exec"), names)
    banner = BANNER.format(version=__version__, pyspark=pyspark.__version__, python=sys.version.split()[0])
    import rlcompleter

    try:
        with _history.Lines("shell", rlcompleter.Completer(names).complete):
            code.interact(banner, local=names, exitmsg="")
    finally:
        spark.stop()
        server.stop()
    return 0
