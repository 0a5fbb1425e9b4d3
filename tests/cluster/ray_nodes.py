"""A Ray of two nodes on this machine, for tests: prints its address and its dashboard's, then does what stdin says.
Its argument is the port of its head; 0: a free one.

kill     the process of one of Pyrite's actors
freeze   stops it, so that it does nothing and stays there
thaw     has it go on
remove   the second node, at once
add      a second node
"""
import os
import signal
import sys

import ray
from ray._private import state
from ray.cluster_utils import Cluster

SIGNALS = {"kill": signal.SIGKILL, "freeze": signal.SIGSTOP, "thaw": signal.SIGCONT}
NODE = {"num_cpus": 1, "memory": 2 << 30, "object_store_memory": 100 << 20}


def signal_an_actor(what):
    actors = state.actors().values()
    pids = [actor["Pid"] for actor in actors if actor["State"] == "ALIVE" and actor["ActorClassName"] == "PyriteWorker"]
    os.kill(max(pids), what)


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Ray itself prints what happens to its nodes
    head = NODE | {"include_dashboard": True, "dashboard_port": 0, "gcs_server_port": int(sys.argv[1])}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    second = cluster.add_node(**NODE)
    dashboard = ray.init(address=cluster.address, log_to_driver=False).dashboard_url
    print(cluster.address, dashboard, file=answers, flush=True)
    for line in sys.stdin:
        if line.strip() in SIGNALS:
            signal_an_actor(SIGNALS[line.strip()])
        elif line == "remove\n":
            cluster.remove_node(second, allow_graceful=False)
        elif line == "add\n":
            second = cluster.add_node(**NODE)
        print("done", file=answers, flush=True)
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
