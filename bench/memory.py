"""Memory and CPU time of a process and all its descendants, from /proc."""
import os
import threading
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def children_of():
    """parent's pid -> pids, of all processes."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            found.setdefault(int(fields[1]), []).append(int(entry.name))
    return found


def resident(pid):
    """Bytes that the process holds, without files it has only mapped (its code, an input file)."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * PAGE


def descendants(pid):
    """The process itself, first, and all below it."""
    children, found, queue = children_of(), [], [pid]
    while queue:
        found.append(queue.pop())
        queue.extend(children.get(found[-1], []))
    return found


def cpu_seconds(pids):
    """User and system time that the processes have used so far."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class PeakMemory:
    """Samples until stop(). `tree` is the peak of the sum, `largest` of the single largest process, in bytes."""

    def __init__(self, pid, every=0.1):
        self.tree = self.largest = 0
        self._pid, self._every = pid, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        pids = [self._pid]
        count = 0
        while not self._stopped.wait(self._every):
            if count % 20 == 0:  # a new process is seen within two seconds
                pids = descendants(self._pid)
            count += 1
            sizes = [resident(pid) for pid in pids]
            self.tree = max(self.tree, sum(sizes))
            self.largest = max(self.largest, max(sizes))

    def stop(self):
        self._stopped.set()
        self._thread.join()
