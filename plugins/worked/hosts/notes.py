"""The notes of a site, read once: pages in their order, what they take of each other, numbers."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from worked.errors import Problem, report
from worked.exports import ExportGraph
from worked.page import Page, References, number_labels
from worked.settings import Settings


class Notes:
    """All pages of a site, and what the site says about running them."""

    def __init__(
        self,
        settings: Settings,
        chapters: Iterable[tuple[Page, int]],
        *,
        graph: ExportGraph | None = None,
    ) -> None:
        """Take the pages as they are; nothing is run.

        Args:
            settings: of the site.
            chapters: every page in the order in which they are read, each with its chapter; 0 for
                none.
            graph: what they take of each other, where that is known already.
        """
        self.settings = settings
        self.chapters = tuple(chapters)
        self._graph = graph

    @property
    def pages(self) -> list[Page]:
        """Every page, in the order in which they are read."""
        return [page for page, _ in self.chapters]

    @cached_property
    def graph(self) -> ExportGraph:
        """What the pages take of each other."""
        return self._graph or ExportGraph(self.pages, self.settings.folder)

    @cached_property
    def references(self) -> References:
        """The numbers of figures and tables."""
        return number_labels(self.chapters)

    def report(self, problems: Sequence[Problem], pages: int) -> str:
        """Lay problems out, with the lines around each; `pages` were looked at."""
        return report(problems, {page.name: page.text for page in self.pages}, pages)
