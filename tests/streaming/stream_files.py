"""Files that appear whole, and waiting for what they bring about."""
import json
import os
import time


def write_json(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name("." + path.name)
    draft.write_text("".join(json.dumps(row) + "\n" for row in rows))
    os.rename(draft, path)


def wait_until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
