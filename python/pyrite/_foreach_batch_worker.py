"""A process that runs the function of a stream's foreachBatch for the server, which starts it and speaks to it over standard input.

It is PySpark's own worker, a client of the server: what the function asks of its DataFrame goes there, into the session of the stream.

usage: _foreach_batch_worker.py [FOLDER]...     (FOLDER: files that the session has added)
"""
import os
import runpy
import socket
import struct
import sys
import threading

FOLDER = os.path.dirname(os.path.abspath(__file__))


def main():
    udf_worker = runpy.run_path(os.path.join(FOLDER, "_udf_worker.py"))
    connection = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.closerange(connection.fileno() + 1, 4096)
    connection.setblocking(True)
    threading.Thread(target=udf_worker["follow"], args=(os.getppid(),), daemon=True).start()
    stream = connection.makefile("rwb", 65536)
    (size,) = struct.unpack("!i", stream.read(4))
    os.environ["SPARK_CONNECT_LOCAL_URL"] = stream.read(size).decode()
    os.environ["SPARK_SIMPLIFIED_TRACEBACK"] = "1"
    os.environ.pop("SPARK_REMOTE", None)
    sys.path[:] = sys.argv[1:] + [path for path in sys.path if os.path.abspath(path or ".") != FOLDER]
    from pyspark.sql.connect.streaming.worker import foreach_batch_worker

    foreach_batch_worker.print = lambda *texts: None  # what it says of each batch
    foreach_batch_worker.main(stream, stream)


if __name__ == "__main__":
    main()
