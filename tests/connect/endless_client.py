"""A client to be killed: runs a query that does not end. usage: endless_client.py URL SESSION_ID REATTACHABLE"""
import sys

from raw import ENDLESS, Raw

print("started", flush=True)
list(Raw(sys.argv[1], sys.argv[2]).execute(ENDLESS, reattachable=sys.argv[3] == "True"))
