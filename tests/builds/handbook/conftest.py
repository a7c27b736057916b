"""A site of another course, with each kind of thing that a file has to keep."""

import subprocess
from pathlib import Path

import pytest

from files_to_take import build_files
from handbook.chromium import PrintError, find_chromium

CONFIG = """
site_name: Heat in one dimension
site_description: three pages on a rod
site_author: A. Lecturer
theme: {name: material, font: false}
plugins:
  - offline
  - search
  - worked: {workers: 1}
  - texmath
  - handbook:
      exclude: [about.md]
      unpacked: ["*.py"]
      without: [worked-downloads, rod-maker]
      folded: {worked-code: appendix, card: answers}
markdown_extensions:
  - attr_list
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
nav:
  - index.md
  - The rod:
      - rod/index.md
      - rod/steps.md
  - about.md
"""
PAGES = {
    "index.md": """# Heat

Read [the rod](rod/index.md), then [its figure](rod/steps.md#fig-rod).

<rod-maker>With a script, a rod is made here.</rod-maker>

<rod-counter hidden></rod-counter>

<rod-words>These stay.</rod-words>

<!-- handbook: files -->
""",
    "rod/index.md": r"""# The rod

## Equation

Heat flows as $\dot u = \alpha u''$, see [about](../about.md) and [above](#equation).

??? card flow "Where does heat flow?"
    From warm to cold.

How fast?

??? card "Answer"
    By $\alpha$.
""",
    "rod/steps.md": """# Steps

## Equation

```python {.run}
#| label: fig-rod
#| fig-cap: The rod after a step.
#| fig-alt: A line that falls from left to right.
#| code-fold: true
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(3, 2))
ax.plot([3, 2, 1])
fig
```

[Figure](#fig-rod), and [the equation](index.md#equation).

??? note "Aside"
    This is open on paper.
""",
    "about.md": "# About\n\nNot in the book.\n",
}


def build(folder: Path, formats: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """Write the site of the course and build it."""
    for name, text in PAGES.items():
        page = folder / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    return build_files(folder, formats, *flags)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without files to take away."""
    root = tmp_path_factory.mktemp("plain")
    done = build(root, "")
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a zip and, where it can be printed, a PDF."""
    root = tmp_path_factory.mktemp("course")
    done = build(root, "zip pdf" if can_print() else "zip")
    assert done.returncode == 0, done.stderr
    return root / "site"


def can_print() -> bool:
    """Whether there is a Chromium."""
    try:
        find_chromium()
    except PrintError:
        return False
    return True
