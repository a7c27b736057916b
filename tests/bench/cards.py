"""Processor time of a build by the number of its cards: `python tests/bench/cards.py 500 5000`."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = """
site_name: Cards
plugins: [{plugins}]
markdown_extensions: [pymdownx.details]
"""
ON_A_PAGE = 20


def seconds(count: int, plugins: str) -> float:
    """Build a site with so many cards; give the seconds of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder, "docs")
        docs.mkdir()
        Path(folder, "mkdocs.yml").write_text(CONFIG.format(plugins=plugins), "utf-8")
        Path(docs, "index.md").write_text("# Cards\n\n<revise-desk></revise-desk>\n", "utf-8")
        for first in range(0, count, ON_A_PAGE):
            text = "".join(
                f'??? card c{n} "Why is it {n}?"\n\n    So that a card has *some* words.\n\n'
                for n in range(first, first + ON_A_PAGE)
            )
            Path(docs, f"p{first}.md").write_text(f"# Page {first}\n\n{text}", "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        before = _children()
        subprocess.run(command, cwd=folder, check=True)
        return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print("cards  without   with     milliseconds a card")
    for count in map(int, sys.argv[1:] or ("500", "5000")):
        without, with_cards = seconds(count, ""), seconds(count, "revise")
        each = (with_cards - without) / count * 1000
        print(f"{count:5}  {without:6.2f} s  {with_cards:6.2f} s  {each:.2f}")
