"""A worker as Ray runs it: the class of the actors that _ray_driver.py makes."""

import hashlib


class PyriteWorker:
    """Its process is the worker: one begins and ends with the other, restarts included."""

    def __init__(self, settings):
        import ray

        from pyrite import _exchange

        host = ray.util.get_node_ip_address()
        # Those of one cluster that are on the same machine, and the actor that comes in this one's place, share it.
        name = hashlib.sha256(f"{settings['token']} {host}".encode()).hexdigest()[:32]
        self._exchange = _exchange.Hold(name, host, 0, settings)
        from pyrite._native import start_worker  # while the exchange starts

        self._worker = start_worker(host=host, **settings)
        self._exchange.follow(self._worker)

    def address(self):
        """"host:port", another one after each restart."""
        return self._worker.address
