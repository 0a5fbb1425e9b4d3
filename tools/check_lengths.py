"""Reports the files that have grown past a length where a split by subject is due. Never fails."""
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
LONG = 600


def main():
    lengths = {p: len(p.read_text().splitlines()) for folder in ("src", "include", "python", "tools", "bench", "tests")
               for p in (ROOT / folder).rglob("*") if p.suffix in (".h", ".cc", ".py")}
    for path, length in sorted(lengths.items(), key=lambda item: -item[1]):
        if length > LONG:
            print(f"{path.relative_to(ROOT)}: {length} lines, look for the split")
    if lengths:
        print(f"check_lengths: {len(lengths)} files, median {median(lengths.values()):.0f} lines, "
              f"longest {max(lengths.values())}")


if __name__ == "__main__":
    main()
