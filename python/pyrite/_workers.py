"""`pyrite workers`: who of a cluster answers, what each may use, and what it does."""

from pyrite import _settings

HEADINGS = ("worker", "threads", "running", "waiting", "memory", "of", "outputs", "")


def run(settings):
    from pyrite._native import describe_workers

    text = settings.get("cluster", "")
    if not text.startswith("flight"):
        raise _settings.UsageError("workers needs --cluster flight://host:port,..., flight+file://path "
                                   "or flight+dns://name:port")
    found = describe_workers(workers=text, cluster_token=settings.get("token", ""), **_settings.cluster_tls(settings))
    _print([HEADINGS, *map(_row, found)])
    return 0 if found and not any(worker["error"] for worker in found) else 1


def _row(worker):
    if worker["error"]:
        return (worker["address"], *[""] * 6, worker["error"])
    return (worker["address"], str(worker["threads"]), str(worker["running"]), str(worker["waiting"]),
            _bytes(worker["memory_used"]), _bytes(worker["memory_limit"]), _bytes(worker["output_bytes"]),
            "takes no more tasks" if worker["is_draining"] else "")


def _bytes(number):
    return f"{number / (1 << 20):.0f} MiB"


def _print(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS) - 1)]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:])), row[-1]]
        print("  ".join(cells).rstrip())
