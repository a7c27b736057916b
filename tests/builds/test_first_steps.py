"""The first five minutes of a contributor are what the documentation says they are."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from worked.cli.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/about/contributing.md").read_text("utf-8")
SECTION = GUIDE.partition("## Change a number in five minutes")[2].partition("\n## ")[0]
STEPS = re.sub(r"^    ", "", SECTION, flags=re.MULTILINE)
PAGE = "docs/convolution/correlation.md"
CELL = re.compile(r"```python \{\.run\}\na = np\.array.*?```\n\n```text.*?```\n", re.DOTALL)
COMMANDS = re.findall(r"^\$ (.+)$", STEPS, re.MULTILINE)


@pytest.fixture(scope="module")
def said(make_once):
    """Take the steps on a site with the cell that they change: command -> what it printed."""
    cell = CELL.search((ROOT / PAGE).read_text("utf-8"))[0]
    before, after = re.findall(r"`(a = np\.array\([^`]*\))`", STEPS)
    assert cell.count(before) == 1
    site = make_once({"index.md": "# Home\n"})
    setting = "# Correlation\n\n```python {.run}\nimport numpy as np\n```\n\n"
    site.put(PAGE, setting + cell)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a", "-C", str(site.root)]
    for arguments in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    site.put(PAGE, setting + cell.replace(before, after))
    return site


def test_each_command_is_one_that_there_is():
    makes = {line[5:] for line in COMMANDS if line.startswith("make ")}
    assert makes <= set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert [line for line in COMMANDS if "worked" in line] == [
        f".venv/bin/worked run {PAGE}",
        f".venv/bin/worked fix {PAGE}",
        ".venv/bin/worked check",
        ".venv/bin/worked compare HEAD",
    ]


def test_the_steps_print_what_the_guide_shows(said, capsys, monkeypatch, warm_workers):
    monkeypatch.chdir(said.root)
    for line in COMMANDS:
        if "worked" not in line:
            continue
        main(shlex.split(line)[1:])
        printed = without_numbers(capsys.readouterr().out)
        shown = re.split(r"```|\n\$ ", STEPS.partition(f"$ {line}\n")[2])[0]
        for row in shown.splitlines():
            assert without_numbers(row) in printed, (line, printed)


def without_numbers(text):
    """Take out what depends on the length of the page and of the course."""
    text = re.sub(r"(\.md:|line |> )\d+", r"\1N", text)
    return re.sub(r"\d+ (blocks and cells of|pages)( \d+)?", "N", text)
