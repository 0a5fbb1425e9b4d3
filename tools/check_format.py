"""Checks that every C++ file is as clang-format (pinned in tools/requirements/dev.txt) writes it.

usage: check_format.py [--fix]
"""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(fix):
    files = sorted(p for folder in ("src", "include", "examples") for p in (ROOT / folder).rglob("*")
                   if p.suffix in (".h", ".cc"))
    differ = []
    for path in files:
        text = path.read_bytes()
        formatted = subprocess.run([Path(sys.executable).parent / "clang-format", path], check=True,
                                   stdout=subprocess.PIPE).stdout
        if formatted != text:
            differ.append(path.relative_to(ROOT))
            if fix:
                path.write_bytes(formatted)
    verb = "rewritten" if fix else "not as clang-format writes it (make format)"
    for path in differ:
        print(f"{path}: {verb}")
    print(f"check_format: {len(files)} files, {len(differ)} {'rewritten' if fix else 'to format'}")
    return bool(differ) and not fix


if __name__ == "__main__":
    sys.exit(main("--fix" in sys.argv[1:]))
