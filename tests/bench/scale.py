"""`make bench-scale`: sites of 100 to 5,000 short pages, and what grows with them.

Others may use the machine: the seconds of processor time count, and the load stands beside them.
"""

import argparse
import csv
import gzip
import os
import platform
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from run import Measured, build
from systems import System
from workload import DRAWS, PRINTS

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs/about/scale.csv"
CHAPTER = 50
"""pages of a section of the menu"""
SECTION = 100
"""words of a section; a page has three"""
LEAVES = ("site", ".cache")
COMMAND = (sys.executable, "-m", "mkdocs", "build", "--quiet")
CONFIGURATION = """site_name: Benchmark
use_directory_urls: false
theme:
  name: material
  font: false
  features:
    - content.code.copy
    - content.tooltips
    - navigation.indexes
    - navigation.top
    - search.highlight
    - toc.follow
{features}
plugins:
  - search:
      separator: '&(?:[lg]t|amp);|[\\s\\-–—‑,:;!?=()\\[\\]{{}}<>"“”‘’/|·…]+|\\.(?!\\d)|×(?!\\d)'
{plugins}
markdown_extensions:
  - pymdownx.highlight
  - pymdownx.superfences
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A kind of site: its menu, and whether its pages have cells."""

    name: str
    menu: str
    """`all`: each page lists all; `pruned`: it lists its chapter, and the names of the others."""
    cells: bool
    pages: tuple[int, ...]

    @property
    def system(self) -> System:
        """Give it as what can be built."""
        return System(self.name, self.prepare, COMMAND, LEAVES)

    def prepare(self, folder: Path, pages: int) -> None:
        """Write the sources."""
        words = vocabulary()
        for number in range(pages):
            path = folder / "docs" / f"chapter-{number // CHAPTER:03d}" / f"page-{number:04d}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(number, words, self.cells), "utf-8")
        (folder / "docs" / "index.md").write_text("# Benchmark\n", "utf-8")
        text = CONFIGURATION.format(
            features="    - navigation.prune" if self.menu == "pruned" else "",
            plugins="  - worked: {downloads: false, store_limit: 0}" if self.cells else "",
        )
        (folder / "mkdocs.yml").write_text(text, "utf-8")


SITES = (
    Site("no cells, whole menu", "all", False, (100, 500, 1000, 2000)),
    Site("no cells, pruned menu", "pruned", False, (100, 500, 1000, 2000, 5000)),
    Site("two cells, pruned menu", "pruned", True, (100, 500, 1000)),
)


def vocabulary() -> list[str]:
    """Give the words of these notes, each as often as they have it."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    prose = [
        re.sub(r"```.*?```|\$[^$]*\$|`[^`]*`|\([^)]*\)", " ", one, flags=re.S) for one in texts
    ]
    return re.findall(r"\b[a-z]{2,}\b", " ".join(prose))


def page(number: int, words: list[str], cells: bool) -> str:
    """Write a page of three sections, with a cell that prints and one that draws where asked."""
    chance = random.Random(number)
    codes = [
        "",
        f"import matplotlib.pyplot as plt\n{PRINTS[0]}",
        f"#| fig-alt: Curves.\n{DRAWS[2]}",
    ]
    parts = [f"# Page {number}"]
    for order, code in enumerate(codes):
        said = " ".join(chance.choices(words, k=SECTION)).capitalize()
        parts += [f"## Section {order}", f"{said}."]
        if cells and code:
            filled = code.replace("{seed}", str(number)).replace("{scale}", f"{1 + number / 1000}")
            parts.append(f"```python {{.run}}\n{filled}\n```")
    return "\n\n".join(parts) + "\n"


def builds(site: Site, folder: Path) -> Iterator[tuple[str, Measured]]:
    """Build as often as the site makes a difference; the results of the last two are shared."""
    yield "cold", build(site.system, folder)
    if not site.cells:
        return
    yield "warm", build(site.system, folder)
    os.environ["WORKED_STORE"] = (folder / "shared").as_uri()
    yield "sends all", build(site.system, folder)
    site.system.cool(folder)
    yield "finds all elsewhere", build(site.system, folder)
    del os.environ["WORKED_STORE"]


def row(site: Site, pages: int, kind: str, took: Measured, folder: Path) -> dict[str, str]:
    """Give a line of the table."""
    index = (folder / "site/search/search_index.json").read_bytes()
    middle = f"site/chapter-{pages // 2 // CHAPTER:03d}/page-{pages // 2:04d}.html"
    entries, objects = sizes(folder / ".cache/worked"), sizes(folder / "shared")
    return {
        "site": site.name,
        "build": kind,
        "pages": str(pages),
        "seconds": f"{took.seconds:.2f}",
        "processor": f"{took.processor:.2f}",
        "memory": f"{took.first / 1e6:.1f}",
        "index": str(len(index)),
        "index_gzip": str(len(gzip.compress(index))),
        "page": str((folder / middle).stat().st_size),
        "entries": str(len(entries)),
        "entries_bytes": str(sum(entries)),
        "objects": str(len(objects)),
        "objects_bytes": str(sum(objects)),
        "largest_object": str(max(objects, default=0)),
        "load": f"{os.getloadavg()[0]:.1f}",
        "cores": str(len(os.sched_getaffinity(0))),
        "python": platform.python_version(),
    }


def sizes(folder: Path) -> list[int]:
    """Give the bytes of each file below a folder, which need not be there."""
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


def measure(chosen: Callable[[int], bool], keep: Path) -> None:
    """Build all sites of the sizes that are chosen; each line is written as soon as it is known."""
    with keep.open("w", encoding="utf-8", newline="") as stream:
        writer = None
        for site in SITES:
            for pages in filter(chosen, site.pages):
                with tempfile.TemporaryDirectory() as scratch:
                    folder = Path(scratch)
                    site.prepare(folder, pages)
                    for kind, took in builds(site, folder):
                        found = row(site, pages, kind, took, folder)
                        if writer is None:
                            writer = csv.DictWriter(stream, list(found), lineterminator="\n")
                            writer.writeheader()
                        writer.writerow(found)
                        stream.flush()
                        print(*found.values(), sep="\t", flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=5000, help="pages of the largest site")
    parser.add_argument("--keep", type=Path, default=KEPT)
    chosen = parser.parse_args()
    measure(lambda pages: pages <= chosen.most, chosen.keep)


if __name__ == "__main__":
    main()
