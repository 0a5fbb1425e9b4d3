"""An exchange that workers and others reach by a way that can be cut (silent_proxy.py).

    with Detour() as detour:
        with Workers(3, exchanges=[detour.name, ...]) as workers: ...
        detour.proxy.swallow()
"""
import secrets
import socket
import subprocess
import sys
import threading

from pyrite import _exchange
from server import environment
from silent_proxy import Proxy


class Detour:
    def __init__(self):
        self.name = f"test-{secrets.token_hex(8)}"
        behind = f"{self.name}-behind"
        command = [sys.executable, "-m", "pyrite", "exchange", "--name", behind, "--listen", "127.0.0.1:0"]
        subprocess.run(command, env=environment(), check=True)
        self._held = [self._connect(behind)]
        self.proxy = Proxy(self._held[0].recv(100).decode().strip())
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(_exchange._socket_name(self.name))
        self._listening.listen()
        threading.Thread(target=self._greet, daemon=True).start()

    @staticmethod
    def _connect(name):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(_exchange._socket_name(name))
        return connection

    def _greet(self):
        while True:
            try:
                worker, _ = self._listening.accept()
            except OSError:  # closed
                return
            worker.sendall(f"{self.proxy.address}\n".encode())
            self._held.append(worker)

    def __enter__(self):
        self.proxy.__enter__()
        return self

    def __exit__(self, *_):
        self.proxy.__exit__()
        for connection in [self._listening, *self._held]:
            connection.close()
