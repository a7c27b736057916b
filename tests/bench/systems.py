"""The systems that are compared: how each writes a cell, is configured, built and made cold."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import workload

MATERIAL = """site_name: Benchmark
theme:
  name: material
  font: false
plugins:
  - search
{plugins}
markdown_extensions:
  - pymdownx.highlight
  - pymdownx.superfences
{extensions}
"""


@dataclass(frozen=True, slots=True)
class System:
    """One way to build the workload."""

    name: str
    prepare: Callable[[Path, int], None]
    """(folder, number of pages): write the sources."""
    command: tuple[str, ...]
    kept: tuple[str, ...]
    """What a cold build must not find; nothing where every run is alike."""

    def cool(self, folder: Path) -> None:
        """Remove everything that a build has left."""
        for name in self.kept:
            shutil.rmtree(folder / name, ignore_errors=True)


def _mkdocs(folder: Path, *, plugins: str = "", extensions: str = "") -> None:
    text = MATERIAL.format(plugins=plugins, extensions=extensions)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    (folder / "docs" / "index.md").write_text("# Benchmark\n", "utf-8")


def _worked(folder: Path, pages: int) -> None:
    def cell(code: str, draws: bool) -> str:
        alt = "#| fig-alt: What the code above draws.\n" if draws else ""
        return f"```python {{.run}}\n{alt}{code}\n```"

    workload.write(folder / "docs", pages, cell)
    # the others make no notebooks of their pages
    _mkdocs(folder, plugins="  - worked: {downloads: false}")


def _plain(folder: Path, pages: int) -> None:
    workload.write(folder / "docs", pages, lambda code, draws: f"```python\n{code}\n```")
    _mkdocs(folder)


def _script(folder: Path, pages: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    workload.script(folder / "cells.py", pages)


def _markdown_exec(folder: Path, pages: int) -> None:
    def cell(code: str, draws: bool) -> str:
        options = 'exec="on" source="above" session="page"'
        if not draws:
            return f'```python {options} result="text"\n{code}\n```'
        shown = (
            "import io  # markdown-exec: hide\n"
            "stream = io.StringIO()  # markdown-exec: hide\n"
            'fig.savefig(stream, format="svg")  # markdown-exec: hide\n'
            "plt.close(fig)  # markdown-exec: hide\n"
            'print(stream.getvalue()[stream.getvalue().index("<svg"):])  # markdown-exec: hide'
        )
        return f'```python {options} html="1"\n{code}\n{shown}\n```'

    folder.mkdir(parents=True, exist_ok=True)
    workload.write(folder / "docs", pages, cell)
    for path in (folder / "docs").glob("page-*.md"):  # a session is of the whole site
        text = path.read_text("utf-8").replace('session="page"', f'session="{path.stem}"')
        path.write_text(text, "utf-8")
    _mkdocs(folder, plugins="  - markdown-exec")


def _myst_nb(folder: Path, pages: int) -> None:
    head = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n"
    names = workload.write(
        folder, pages, lambda code, draws: f"```{{code-cell}} ipython3\n{code}\n```", head
    )
    listed = "\n".join(names)
    (folder / "index.md").write_text(f"# Benchmark\n\n```{{toctree}}\n{listed}\n```\n", "utf-8")
    (folder / "conf.py").write_text(
        'project = "Benchmark"\n'
        'extensions = ["myst_nb"]\n'
        'nb_execution_mode = "cache"\n'
        'nb_execution_cache_path = "kept"\n'
        'html_theme = "alabaster"\n',
        "utf-8",
    )


def systems(others: Path) -> dict[str, System]:
    """Give all systems by name.

    Args:
        others: `bin/` of the environment that has markdown-exec and MyST-NB.
    """
    here = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    return {
        "worked": System("worked", _worked, here, ("site", ".cache")),
        "no drawings": System("no drawings", _plain, here, ("site",)),
        # the bound: what the cells take without any site, and what two processes gain here
        "the cells, one process": System(
            "the cells, one process", _script, (sys.executable, "cells.py", "1"), ()
        ),
        "the cells, two processes": System(
            "the cells, two processes", _script, (sys.executable, "cells.py", "2"), ()
        ),
        "markdown-exec": System(
            "markdown-exec",
            _markdown_exec,
            (str(others / "python"), "-m", "mkdocs", "build", "--quiet"),
            ("site",),
        ),
        "MyST-NB": System(
            "MyST-NB",
            _myst_nb,
            (str(others / "python"), "-m", "sphinx", "-q", ".", "site"),
            ("site", "kept"),
        ),
    }
