"""A way to a server that breaks: passes bytes on, and cuts all connections when told to."""
import socket
import threading


class Proxy:
    """Listens on `url`."""

    def __init__(self, target):
        host, port = target.removeprefix("sc://").split(":")
        self._target, self._left = (host, int(port)), None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"sc://127.0.0.1:{self._listening.getsockname()[1]}"
        self._open, self.cuts = [], 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._open += [client, server]
            threading.Thread(target=self._pass_on, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True).start()

    def _pass_on(self, source, sink, from_server):
        try:
            while data := source.recv(1 << 16):
                if from_server and self._left is not None:
                    self._left -= len(data)
                    if self._left < 0:
                        self._left = None
                        return self.cut()
                sink.sendall(data)
        except OSError:
            pass

    def cut_after(self, size):
        """Once: when so many bytes have come from the server."""
        self._left = size

    def cut(self):
        self.cuts += 1
        for end in self._open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        self._open = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listening.close()
        self.cut()
