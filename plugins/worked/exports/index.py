"""Which names lead to which modules: what the pages of a site offer to import.

Nothing is run.
"""

import keyword
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from worked.errors import Problem
from worked.exports.bindings import ImportedName
from worked.exports.kept_exports import RecallText, recalled_exports
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


class ModuleIndex:
    """The modules that the pages of a site are."""

    def __init__(
        self, pages: Mapping[str, Page], folder: str, recall: RecallText | None = None
    ) -> None:
        """Read what the pages export.

        Args:
            pages: of the whole site, by their names.
            folder: that of the notes, as the pages' names begin: `docs`.
            recall: gives what was made of the same texts before; None where nothing is kept.
        """
        self._pages = pages
        self._folder = folder
        self._exporters: dict[str, PageExports] = {}
        for page in pages.values():
            if exported_by(page):
                module = self.module_of(page.name)
                exporter = (
                    recalled_exports(page, module, recall) if recall else find_exports(page, module)
                )
                self._exporters[exporter.module] = exporter

    def problems(self) -> Iterator[Problem]:
        """Say what is wrong with the pages' exports, and with their names."""
        for exporter in self._exporters.values():
            yield from exporter.problems
            yield from self._misnamed(exporter.page)

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
            if not self.closure([(module, name)])[module] & without
        ]
        return self.imported_module(module, names)

    def refusal(self, imported: ImportedName) -> str:
        """Say why an import leads nowhere; empty where it does not."""
        if self.targets(imported):
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
            if page := self.places.get(module):
                if self._pages[page].problems:  # it may export what could not be read
                    return ""
                return f"{page} exports nothing; a cell's option `export` names what it exports"
        module = (
            imported.module
            if imported.module != NOTES_PACKAGE
            else f"{imported.module}.{imported.name}"
        )
        return f"no page has the module {module!r}{did_you_mean(module, self.places)}"

    def refusal_of(self, module: str) -> str:
        """Say why there is no such module."""
        return self.refusal(ImportedName(module, "", 0))

    @cached_property
    def places(self) -> dict[str, str]:
        """Module -> page, the exporting ones last so that they win."""
        places = {self.module_of(name): name for name in self._pages}
        return places | {module: exporter.page.name for module, exporter in self._exporters.items()}

    def module_of(self, page: str) -> str:
        return module_name(page.removeprefix(f"{self._folder}/"))

    def _misnamed(self, page: Page) -> Iterator[Problem]:
        """Say why an exporting page has no name that can be imported."""
        line = next(cell.option_line("export") for cell in page.cells if cell.options.export)
        module = self.module_of(page.name)
        for part in module.split("."):
            if not part.isidentifier() or keyword.iskeyword(part):
                said = f"{part!r} in the page's path is not a name that Python could import"
                yield Problem(page.name, line, "export", said)
        for other in self._pages:
            if other != page.name and self.module_of(other) == module:
                said = f"{other} would be the module {module!r} as well: rename one of the two"
                yield Problem(page.name, line, "export", said)

    def targets(self, imported: ImportedName) -> list[tuple[str, str]]:
        """Give the (module, export) pairs that an import takes; none where it leads nowhere."""
        exporter = self._exporters.get(imported.module)
        if exporter and imported.name in ("", "*"):
            return [(exporter.module, name) for name in exporter.exports]
        if exporter and imported.name in exporter.exports:
            return [(exporter.module, imported.name)]
        inner = self._exporters.get(f"{imported.module}.{imported.name}")
        return [(inner.module, name) for name in inner.exports] if inner else []

    def closure(self, targets: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
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
            pending += [target for imported in export.imports for target in self.targets(imported)]
        return wanted

    def _export(self, module: str, name: str) -> Export | None:
        return self._exporters[module].exports.get(name)

    def imported_module(self, module: str, names: Iterable[str]) -> ImportedModule:
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
