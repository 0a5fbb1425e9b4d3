"""A process that runs functions of PySpark programs for the server, which starts it and speaks to it over standard input.

It is PySpark's own worker: the server speaks Spark's protocol, and what functions get and give is converted by PySpark.
"""
import os
import runpy
import socket
import struct
import sys
import threading
import time

CANNOT_START = -100
ANALYSIS = b"a"  # the first byte of a request to call a table function's `analyze`
FOLDER = os.path.dirname(os.path.abspath(__file__))


def follow(server):
    """Ends this process with the server, whatever a function does."""
    while os.getppid() == server:
        time.sleep(1)
    os._exit(1)


def load():
    """PySpark's worker; raises ImportError with what to install."""
    try:
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401
        import pyspark.worker
    except ImportError as error:
        python = f"{sys.executable} (set PYSPARK_PYTHON for another)"
        raise ImportError(f"{error}. Install pyspark-client[connect] or pyspark, pandas and pyarrow for {python}") from error
    runpy.run_path(os.path.join(FOLDER, "_udf_pickled.py"))["install"]()
    return pyspark.worker


def plan(requests, answers):
    from pyspark.sql.worker import analyze_udtf

    analyze_udtf.main(requests, answers)


def main():
    connection = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.closerange(connection.fileno() + 1, 4096)
    connection.setblocking(True)
    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
    os.environ["SPARK_SIMPLIFIED_TRACEBACK"] = "1"
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != FOLDER]  # no place to import from
    stream = connection.makefile("rwb", 65536)
    try:
        worker = load()
    except ImportError as error:
        text = str(error).encode()
        stream.write(struct.pack("!ii", CANNOT_START, len(text)) + text)
        stream.flush()
        return
    while request := stream.read(1):
        try:
            (plan if request == ANALYSIS else worker.main)(stream, stream)
        finally:
            stream.flush()


if __name__ == "__main__":
    main()
