"""What the documents say of the repository is so: tables made from the code are current, files and commands exist."""
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def test_tables_are_current():
    done = subprocess.run([sys.executable, ROOT / "tools/make_doc_tables.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, f"run tools/make_doc_tables.py: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text()):
        assert "://" in target or (document.parent / target).exists(), target


def test_files_of_a_query_exist():
    text = (ROOT / "docs/query.md").read_text()
    starts = [match.start() for match in re.finditer(r"^## ", text, re.MULTILINE)] + [len(text)]
    for start, end in zip(starts, starts[1:]):
        section = text[start:end]
        folders = ["", "src/", *re.findall(r"`(src/\w+/(?:\w+/)?)`", section)]
        for file in re.findall(r"`([\w/]+\.(?:cc|h))`", section):
            assert any((ROOT / folder / file).exists() for folder in folders), file


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_exist(document):
    usage = subprocess.run([sys.executable, "-m", "pyrite", "--help"], capture_output=True, text=True,
                           env={"PYTHONPATH": str(ROOT / "python")}).stdout
    text = document.read_text()
    for command in re.findall(r"`pyrite ([a-z]+)", text) + re.findall(r"^pyrite ([a-z]+)", text, re.MULTILINE):
        assert f"pyrite {command}" in usage, command
    for target in re.findall(r"`make ([a-z-]+)`", text):
        assert re.search(rf"^(\S+ )*{target}( \S+)*:", (ROOT / "Makefile").read_text(), re.MULTILINE), target
