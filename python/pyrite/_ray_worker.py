"""A worker as Ray runs it: the class of the actors that _ray.py makes."""


class PyriteWorker:
    """Its process is the worker: one begins and ends with the other, restarts included."""

    def __init__(self, settings):
        import ray

        from pyrite._native import start_worker

        self._worker = start_worker(host=ray.util.get_node_ip_address(), **settings)

    def address(self):
        """"host:port", another one after each restart."""
        return self._worker.address
