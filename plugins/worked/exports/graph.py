"""Which page imports what from which, across the site: what is wrong with it, and in which order.

Nothing is run.  On a site whose pages neither export nor import, nothing is parsed either.
"""

import ast
import keyword
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from worked.errors import Problem
from worked.exports.bindings import ImportedName, imported_names, syntax_problem
from worked.exports.page_exports import (
    Export,
    PageExports,
    exported_by,
    find_exports,
    lay_out,
    module_name,
)
from worked.hints import did_you_mean
from worked.page import Page
from worked.protocol.messages import NOTES_PACKAGE

_NOTHING: Final[tuple[()]] = ()


@dataclass(frozen=True, slots=True)
class ImportedModule:
    """What of one page another one needs."""

    module: str
    page: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    """Those of the names that are known only once the page has run."""
    source: str
    """Laid out so that each statement stands on its line of the page."""
    code: tuple[str, ...]
    """The statements alone, wherever they stand: what they do, and so what a key needs."""


class ExportGraph:
    """The pages of a site as a stock of code for each other."""

    def __init__(self, pages: Iterable[Page], folder: str) -> None:
        """Read what they export and import.

        Args:
            pages: of the whole site.
            folder: that of the notes, as the pages' names begin: `docs`.
        """
        self._pages = {page.name: page for page in pages}
        self._folder = folder
        self._exporters: dict[str, PageExports] = {}
        self._imported_names: dict[str, tuple[ImportedName, ...]] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._edges: dict[str, dict[str, int]] = {}
        self._broken: dict[str, bool] = {}
        for page in self._pages.values():
            if exported_by(page):
                exporter = find_exports(page, self._module(page.name))
                self._exporters[exporter.module] = exporter
                self._problems[page.name] = [*exporter.problems, *self._misnamed(page)]
        for page in self._pages.values():
            if found := tuple(_imports(page)):
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
        if page not in self._broken:  # no circle is followed: each of its pages has a problem
            wrong = self.problems(page) or self._pages[page].problems or self.waiting(page)
            self._broken[page] = bool(wrong)
        return self._broken[page]

    def imported_modules(self, page: str) -> list[ImportedModule]:
        """List what a page needs of others, directly or through what it needs."""
        wanted = self._closure(
            target
            for imported in self._imported_names.get(page, ())
            for target in self._targets(imported)  # what leads nowhere is in `problems`
        )
        return [self._imported_module(module, wanted[module]) for module in sorted(wanted)]

    def exporter_lines(self, page: str) -> dict[str, int]:
        """Give the pages that must have run before this one, and the line that wants each."""
        lines: dict[str, int] = {}
        for imported in self._imported_names.get(page, ()):
            for module, names in self._closure(self._targets(imported)).items():
                exporter = self._exporters[module]
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
            for export in self._exporters[self._module(page)].exports.values():
                if export.is_value:
                    index = export.cell.index
                    found[index] = (*found.get(index, ()), export.name)
        return found

    @property
    def modules(self) -> Mapping[str, PageExports]:
        """What there is to import, by its module."""
        return self._exporters

    def whole(self, module: str, lacking: Iterable[str] = ()) -> ImportedModule:
        """Give all that a module offers, but for what needs one of the names that are lacking."""
        without = set(lacking)
        names = [
            name
            for name in self._exporters[module].exports
            if not self._closure([(module, name)])[module] & without
        ]
        return self._imported_module(module, names)

    def refusal(self, imported: ImportedName) -> str:
        """Say why an import leads nowhere; empty where it does not."""
        if self._targets(imported):
            return ""
        exporter = self._exporters.get(imported.module)
        if exporter:
            if imported.name in ("", "*", *exported_by(exporter.page)):
                return ""  # its exports are wrong, and said to be
            near = did_you_mean(imported.name, exporter.exports)
            return f"{exporter.page.name} does not export {imported.name!r}{near}"
        if imported.module == NOTES_PACKAGE and not imported.name:
            return f"name the page: `import {NOTES_PACKAGE}.…`"
        for module in (f"{imported.module}.{imported.name}", imported.module):
            if page := self._places.get(module):
                if self._pages[page].problems:  # it may export what could not be read
                    return ""
                return f"{page} exports nothing; a cell's option `export` names what it exports"
        module = (
            imported.module
            if imported.module != NOTES_PACKAGE
            else f"{imported.module}.{imported.name}"
        )
        return f"no page has the module {module!r}{did_you_mean(module, self._places)}"

    def refusal_of(self, module: str) -> str:
        """Say why there is no such module."""
        return self.refusal(ImportedName(module, "", 0))

    @cached_property
    def _places(self) -> dict[str, str]:
        """Module -> page, the exporting ones last so that they win."""
        places = {self._module(name): name for name in self._pages}
        return places | {module: exporter.page.name for module, exporter in self._exporters.items()}

    def _module(self, page: str) -> str:
        return module_name(page.removeprefix(f"{self._folder}/"))

    def _misnamed(self, page: Page) -> Iterator[Problem]:
        """Say why an exporting page has no name that can be imported."""
        line = next(cell.option_line("export") for cell in page.cells if cell.options.export)
        module = self._module(page.name)
        for part in module.split("."):
            if not part.isidentifier() or keyword.iskeyword(part):
                said = f"{part!r} in the page's path is no name that Python could import"
                yield Problem(page.name, line, "export", said)
        for other in self._pages:
            if other != page.name and self._module(other) == module:
                said = f"{other} would be the module {module!r} as well: rename one of the two"
                yield Problem(page.name, line, "export", said)

    def _resolved(self, page: str, found: Iterable[ImportedName]) -> dict[str, int]:
        """Follow imports to their pages, each with its first line, and note those that fail."""
        edges: dict[str, int] = {}
        for imported in found:
            if said := self.refusal(imported):
                problem = Problem(page, imported.line, "import", said)
                self._problems.setdefault(page, []).append(problem)
                continue
            modules = [module for module, _ in self._targets(imported)]
            for module in modules or [imported.module, f"{imported.module}.{imported.name}"]:
                if module in self._places:
                    edges.setdefault(self._places[module], imported.line)
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

    def _targets(self, imported: ImportedName) -> list[tuple[str, str]]:
        """Give the (module, export) pairs that an import takes; none where it leads nowhere."""
        exporter = self._exporters.get(imported.module)
        if exporter and imported.name in ("", "*"):
            return [(exporter.module, name) for name in exporter.exports]
        if exporter and imported.name in exporter.exports:
            return [(exporter.module, imported.name)]
        inner = self._exporters.get(f"{imported.module}.{imported.name}")
        return [(inner.module, name) for name in inner.exports] if inner else []

    def _closure(self, targets: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
        """Follow exports to all others that they need: module -> names."""
        wanted: dict[str, set[str]] = {}
        pending = list(targets)
        while pending:
            module, name = pending.pop()
            export = self._export(module, name)
            if export is None or name in wanted.setdefault(module, set()):
                continue
            wanted[module].add(name)
            pending += [(module, other) for other in export.uses]
            pending += [target for imported in export.imports for target in self._targets(imported)]
        return wanted

    def _export(self, module: str, name: str) -> Export | None:
        return self._exporters[module].exports.get(name)

    def _imported_module(self, module: str, names: Iterable[str]) -> ImportedModule:
        exporter = self._exporters[module]
        taken = [exporter.exports[name] for name in sorted(names)]
        pieces = {piece for each in taken for piece in each.pieces}
        return ImportedModule(
            module=module,
            page=exporter.page.name,
            names=tuple(each.name for each in taken),
            values=tuple(each.name for each in taken if each.is_value),
            source=lay_out(pieces),
            code=tuple(text for _, _, text in sorted(pieces)),
        )


def dependency_failed(page: str, line: int, other: str) -> Problem:
    """Say that a page waits on another that has failed."""
    return Problem(page, line, "import", f"{other} failed, on which this page depends")


def _imports(page: Page) -> Iterator[ImportedName]:
    """Find the imports of other pages in a page's cells."""
    for cell in page.cells:
        if NOTES_PACKAGE in cell.code and not syntax_problem(
            cell, page.name
        ):  # else it fails when it runs
            yield from imported_names(ast.parse(cell.code), cell.line)
