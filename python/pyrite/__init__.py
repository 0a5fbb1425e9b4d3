"""Runs PySpark programs without a JVM.

    import pyrite
    spark = pyrite.spark()      # a server in this process, and a session on it
    spark.sql("SELECT 1").show()
"""

_server = None


def spark(**options):
    """A SparkSession on a server inside of this process, started at the first call.

    `options` are those of `pyrite server`: threads, memory_limit, spill_directory, ... They take
    effect when the server starts. Needs a Spark Connect client: pyspark-client,
    pyspark-client-rust or pyspark[connect].
    """
    global _server
    if _server is None:
        from pyrite import _settings, _start

        _server = _start.start(_settings.resolve(options))
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate()


def __getattr__(name):
    if name == "__version__":
        from pyrite._native import __version__

        return __version__
    raise AttributeError(f"module 'pyrite' has no attribute {name!r}")
