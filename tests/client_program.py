"""Runs the `main(spark, *arguments)` of a program against a server; prints its result as the last line, in JSON.

Needs nothing but a Spark Connect client, so it runs in the environment of either client.

usage: client_program.py URL PROGRAM [ARGUMENT]...     (URL: sc://host:port, or local[2] for real Spark)
"""
import importlib.util
import json
import sys
from pathlib import Path


def load(path):
    path = Path(path).resolve()
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(url, program, *arguments):
    from pyspark.sql import SparkSession

    sys.path.insert(0, str(Path(__file__).resolve().parent))
    spark = SparkSession.builder.remote(url).getOrCreate()
    result = load(program).main(spark, *arguments)
    print(json.dumps(result))
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
