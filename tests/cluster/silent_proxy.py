"""A way to a worker that can be cut: what is sent is swallowed from then on, and no connection ends.

    with Proxy("127.0.0.1:31000") as proxy:
        ... proxy.address ...
        proxy.swallow()
"""
import socket
import threading


class Proxy:
    def __init__(self, target):
        host, _, port = target.rpartition(":")
        self._target = host, int(port)
        self._swallows = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self):
        self._swallows.set()

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:  # closed
                return
            try:
                worker = socket.create_connection(self._target)
            except OSError:
                client.close()
                continue
            for source, sink in ((client, worker), (worker, client)):
                threading.Thread(target=self._copy, args=(source, sink), daemon=True).start()

    def _copy(self, source, sink):
        try:
            while sent := source.recv(1 << 16):
                if not self._swallows.is_set():
                    sink.sendall(sent)
            if not self._swallows.is_set():
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listening.close()
