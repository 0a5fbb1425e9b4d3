"""Records the expected results of the TPC-H queries from real Spark into tests/tpch/expected (make record).

usage: .venv-spark/bin/python tools/record_tpch.py [QUERY]...     (default: q01 ... q22)
"""
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests"), str(ROOT / "tests/tpch")]

import expected
import program
import tpch


def main(names):
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote("local[2]").config("spark.driver.memory", "4g").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    folder = ROOT / ".data/tpch-sf1"
    for name in names or tpch.NAMES:
        forms = {form: program.main(spark, folder, form, name)[name] for form in ("sql", "dataframe")}
        for form, result in forms.items():
            if "error" in result:
                sys.exit(f"{name} {form}: {result['error']}")
        expected.write(name, forms)
        same = forms["sql"]["schema"] == forms["dataframe"]["schema"]
        print(f"{name}: {len(forms['sql']['rows'])} rows" + ("" if same else ", schemas differ between the forms"), flush=True)
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
