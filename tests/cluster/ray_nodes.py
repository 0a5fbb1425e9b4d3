"""A Ray of two nodes on this machine, for tests: prints its address and its dashboard's, then does what stdin says.

kill     the process of one of Pyrite's actors
remove   the second node, at once
add      a second node
"""
import os
import signal
import sys

import ray
from ray._private import state
from ray.cluster_utils import Cluster

NODE = {"num_cpus": 1, "memory": 2 << 30, "object_store_memory": 100 << 20}


def kill_an_actor():
    actors = state.actors().values()
    pids = [actor["Pid"] for actor in actors if actor["State"] == "ALIVE" and actor["ActorClassName"] == "PyriteWorker"]
    os.kill(max(pids), signal.SIGKILL)


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Ray itself prints what happens to its nodes
    cluster = Cluster(initialize_head=True, head_node_args=NODE | {"include_dashboard": True, "dashboard_port": 0})
    second = cluster.add_node(**NODE)
    dashboard = ray.init(address=cluster.address, log_to_driver=False).dashboard_url
    print(cluster.address, dashboard, file=answers, flush=True)
    for line in sys.stdin:
        if line == "kill\n":
            kill_an_actor()
        elif line == "remove\n":
            cluster.remove_node(second, allow_graceful=False)
        elif line == "add\n":
            second = cluster.add_node(**NODE)
        print("done", file=answers, flush=True)
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
