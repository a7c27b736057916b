"""Pages of Markdown with formulas."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from markdown import Markdown

from texmath.extension import TexmathExtension
from texmath.problems import Problem

EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
)


@dataclass
class Site:
    """A host that remembers what it was told."""

    page: str = "docs/page.md"
    cut: int = 0
    formulas: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    finished: int = 0

    def place(self) -> tuple[str, int]:
        return self.page, self.cut

    def keep(self, key: str, mathml: str) -> None:
        self.formulas[key] = mathml

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)

    def finish(self) -> None:
        self.finished += 1


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def markdown() -> Callable[..., Markdown]:
    """Make a Markdown object with the extensions of a site, with a host or without."""

    def make(host: Site | None = None) -> Markdown:
        tabs = {"pymdownx.tabbed": {"alternate_style": True}}
        return Markdown(
            extensions=[*EXTENSIONS, *tabs, TexmathExtension(host=host)], extension_configs=tabs
        )

    return make
