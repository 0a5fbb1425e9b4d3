"""A notebook's code as one text."""

import json


def source(text):
    """The code cells one after the other; lines with a magic are left empty."""
    lines = []
    for cell in json.loads(text).get("cells", []):
        if cell.get("cell_type") != "code":
            continue
        code = cell.get("source", "")
        lines += (code if isinstance(code, str) else "".join(code)).splitlines()
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)
