"""Which page imports what from which, across the site: what is wrong with it, and in which order.

Nothing is run.  On a site whose pages neither export nor import, nothing is parsed either.
"""

import ast
import functools
from collections.abc import Iterable, Sequence
from typing import Final

from worked.errors import Problem
from worked.exports.bindings import ImportedName, imported_names, syntax_problem
from worked.exports.index import ImportedModule, ModuleIndex
from worked.exports.kept_exports import RecallText
from worked.exports.page_exports import exported_by
from worked.page import Page
from worked.protocol.messages import NOTES_PACKAGE

_NOTHING: Final[tuple[()]] = ()


class ExportGraph:
    """What the pages of a site take of each other, and in which order they run."""

    def __init__(
        self, pages: Iterable[Page], folder: str, recall: RecallText | None = None
    ) -> None:
        """Read what they export and import.

        Args:
            pages: of the whole site.
            folder: that of the notes, as the pages' names begin: `docs`.
            recall: gives what was made of the same texts before; None where nothing is kept.
        """
        self._pages = {page.name: page for page in pages}
        self.index = ModuleIndex(self._pages, folder, recall)
        """What there is to import."""
        self._imported_names: dict[str, tuple[ImportedName, ...]] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._edges: dict[str, dict[str, int]] = {}
        self._broken: dict[str, bool] = {}
        for problem in self.index.problems():
            self._problems.setdefault(problem.page, []).append(problem)
        for page in self._pages.values():
            if found := _imports(page):
                self._imported_names[page.name] = found
                self._edges[page.name] = self._resolved(page.name, found)
        for name in self._edges:
            if chain := self._chain(name):
                line = self._edges[name][chain[1]]
                said = f"pages import each other in a circle: {' -> '.join(chain)}"
                self._problems.setdefault(name, []).append(Problem(name, line, "import", said))

    def problems(self, page: str) -> Sequence[Problem]:
        """Give what is wrong with a page's exports and imports."""
        return self._problems.get(page, _NOTHING)

    def waiting(self, page: str) -> Problem | None:
        """Say on which page one waits in vain: that is wrong as it is written, or waits itself."""
        for other, line in self._edges.get(page, {}).items():
            if self.is_broken(other):
                return dependency_failed(page, line, other)
        return None

    def is_broken(self, page: str) -> bool:
        """Whether a page cannot run, for reasons that can be read."""
        pending = [page]  # no recursion: a chain of imports may be as long as the site
        while pending:
            here = pending[-1]
            if here in self._broken:
                pending.pop()
            elif self.problems(here) or self._pages[here].problems:
                self._broken[here] = True
            else:  # no circle is followed: each of its pages has a problem
                needed = self._edges.get(here, {})
                unknown = [other for other in needed if other not in self._broken]
                pending += unknown
                if not unknown:
                    self._broken[here] = any(map(self._broken.__getitem__, needed))
        return self._broken[page]

    def imported_modules(self, page: str) -> list[ImportedModule]:
        """List what a page needs of others, directly or through what it needs."""
        wanted = self.index.closure(
            target
            for imported in self._imported_names.get(page, ())
            for target in self.index.targets(imported)  # what leads nowhere is in `problems`
        )
        return [self.index.imported_module(module, wanted[module]) for module in sorted(wanted)]

    def exporter_lines(self, page: str) -> dict[str, int]:
        """Give the pages that must have run before this one, and the line that wants each."""
        lines: dict[str, int] = {}
        for imported in self._imported_names.get(page, ()):
            for module, names in self.index.closure(self.index.targets(imported)).items():
                exporter = self.index.modules[module]
                if any(exporter.exports[name].is_value for name in names):
                    lines.setdefault(exporter.page.name, imported.line)
        return lines

    def with_exporters(self, pages: Sequence[Page]) -> list[Page]:
        """Add the pages without which the given ones cannot run, and those that keep them waiting.

        The given ones come first.
        """
        found = {page.name: page for page in pages}
        pending = list(found)
        while pending:
            name = pending.pop()
            needed = {*self.exporter_lines(name)}
            needed |= {other for other in self._edges.get(name, {}) if self.is_broken(other)}
            for other in sorted(needed - set(found)):
                found[other] = self._pages[other]
                pending.append(other)
        return list(found.values())

    def values(self, page: str) -> dict[int, tuple[str, ...]]:
        """Give the names that a page exports by value: index of the cell -> names."""
        found: dict[int, tuple[str, ...]] = {}
        if exported_by(self._pages[page]):
            for export in self.index.modules[self.index.module_of(page)].exports.values():
                if export.is_value:
                    index = export.cell.index
                    found[index] = (*found.get(index, ()), export.name)
        return found

    def _resolved(self, page: str, found: Iterable[ImportedName]) -> dict[str, int]:
        """Follow imports to their pages, each with its first line, and note those that fail."""
        edges: dict[str, int] = {}
        for imported in found:
            if said := self.index.refusal(imported):
                problem = Problem(page, imported.line, "import", said)
                self._problems.setdefault(page, []).append(problem)
                continue
            modules = [module for module, _ in self.index.targets(imported)]
            for module in modules or [imported.module, f"{imported.module}.{imported.name}"]:
                if module in self.index.places:
                    edges.setdefault(self.index.places[module], imported.line)
        return edges

    def _chain(self, start: str) -> list[str]:
        """Find the shortest way from a page back to itself; empty where there is none."""
        came: dict[str, str] = {}
        level = [start]
        while level:
            further = []
            for page in level:
                for other in self._edges.get(page, {}):
                    if other == start:
                        chain = [page, start]
                        while chain[0] != start:
                            chain.insert(0, came[chain[0]])
                        return chain
                    if other not in came:
                        came[other] = page
                        further.append(other)
            level = further
        return []


def dependency_failed(page: str, line: int, other: str) -> Problem:
    """Say that a page waits on another that has failed."""
    return Problem(page, line, "import", f"{other} failed, on which this page depends")


@functools.lru_cache(maxsize=1024)  # a preview asks for the same pages again
def _imports(page: Page) -> tuple[ImportedName, ...]:
    """Find the imports of other pages in a page's cells."""
    return tuple(
        imported
        for cell in page.cells
        if NOTES_PACKAGE in cell.code and not syntax_problem(cell, page.name)
        for imported in imported_names(ast.parse(cell.code), cell.line)
    )  # a cell that cannot be read fails when it runs
