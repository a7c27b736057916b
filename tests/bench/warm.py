"""`make bench-warm`: where an unchanged build of these notes spends its processor time.

Each part is a function that is timed from outside; what none of them takes is the rest.
"""

import argparse
import csv
import functools
import importlib
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PARTS = (
    ("configuration", "mkdocs.config", "load_config"),
    ("parsing and looking up", "worked.hosts.mkdocs_plugin", "WorkedPlugin.on_files"),
    ("navigation and links", "mkdocs.structure.nav", "get_navigation"),
    ("conversion of Markdown", "markdown", "Markdown.convert"),
    ("templates", "jinja2", "Template.render"),
    ("search", "material.plugins.search.plugin", "SearchPlugin.on_page_context"),
    ("search", "material.plugins.search.plugin", "SearchPlugin.on_post_build"),
    ("drawings into pages", "worked.html", "Slots.fill"),
    ("formulas into pages", "texmath.plugin", "TexmathPlugin.on_post_page"),
    ("downloads", "worked.downloads", "Downloads.write"),
)
"""(part, module, function in it)"""


def timed(spent: dict[str, float], part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a function takes to its part; inside another part it counts as that one's."""

    @functools.wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        if spent.get("inside"):
            return function(*given, **named)
        spent["inside"] = 1
        began = time.process_time()
        try:
            return function(*given, **named)
        finally:
            spent[part] += time.process_time() - began
            spent["inside"] = 0

    return call


def measure() -> dict[str, float]:
    """Build once in this process, which has not imported anything yet: seconds of each part."""
    spent: dict[str, float] = defaultdict(float)
    for part, module, name in PARTS:
        owner = importlib.import_module(module)
        *classes, last = name.split(".")
        for one in classes:
            owner = getattr(owner, one)
        setattr(owner, last, timed(spent, part, getattr(owner, last)))
    spent["start and imports"] = time.process_time()
    from mkdocs import config
    from mkdocs.commands.build import build

    with tempfile.TemporaryDirectory() as folder:
        site = config.load_config(str(ROOT / "mkdocs.yml"), site_dir=folder)
        site.plugins.on_startup(command="build", dirty=False)
        build(site)
        site.plugins.on_shutdown()
    spent.pop("inside", None)
    spent["the rest"] = time.process_time() - sum(spent.values())
    return dict(spent)


def main() -> None:
    """Build several times, each in a process of its own; write the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", action="store_true", help="build once and print")
    parser.add_argument("--keep", type=Path, default=ROOT / "docs/about/warm.csv")
    chosen = parser.parse_args()
    if chosen.once:
        for part, seconds in measure().items():
            print(f"{part}\t{seconds:.4f}")
        return
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=ROOT, check=True)
    runs = []
    for _ in range(chosen.runs):
        command = [sys.executable, __file__, "--once"]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        rows = (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
        runs.append({part: float(seconds) for part, seconds in rows})
    runs.sort(key=lambda run: sum(run.values()))
    middle = runs[len(runs) // 2]
    with chosen.keep.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["part", "seconds"])
        for part, seconds in sorted(middle.items(), key=lambda pair: -pair[1]):
            writer.writerow([part, f"{seconds:.3f}"])


if __name__ == "__main__":
    main()
