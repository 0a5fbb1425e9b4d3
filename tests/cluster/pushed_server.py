"""A program that has a server, and tells it where workers are: prints the server's URL, then reads JSON lists of addresses."""
import json
import sys

from pyrite._native import start_server

server = start_server(workers="pushed")
print(f"sc://127.0.0.1:{server.port}", flush=True)
for line in sys.stdin:
    try:
        server.set_workers(json.loads(line))
        print("told", flush=True)
    except RuntimeError as error:
        print(error, flush=True)
server.stop()
