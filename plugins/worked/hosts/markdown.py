"""The extension as a host finds it by its name, without the plugin: Zensical, Python-Markdown.

    markdown_extensions:
      - worked

Results and numbers are those that `worked run` has left; drawings go in at once.  Whatever is wrong
is raised, since nobody else would tell the author.
"""

from pathlib import Path
from typing import Final

from worked.errors import NotesError, Problem, report
from worked.hosts.kept_site import KeptSite, open_kept_site
from worked.hosts.manifest import manifest_path
from worked.html import PageContext, PlacedDrawing, WorkedExtension, drawing_name, fill_slot
from worked.page import Page, parse
from worked.protocol.outputs import Drawing

DEFAULT_STORE: Final = ".cache/worked"
"""From the current folder, which is that of `mkdocs.yml`."""


def extension(store: str = DEFAULT_STORE) -> WorkedExtension:
    """Make the extension for a site whose results are in a store."""
    desk = _Desk(Path(store))
    return WorkedExtension(context_for=desk.context_for, on_problem=desk.on_problem)


class _Desk:
    """Finds what belongs to a text, when it is converted."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._kept_site: KeptSite | None = None

    def context_for(self, text: str) -> PageContext | None:
        """Give the results for a text; None where there is nothing of ours in it.

        Raises:
            ManifestError: `worked run` has not seen the page as it is.
            NotesError: the page has errors.
        """
        if not _is_ours(parse(f"\n{text}", "")):  # the empty line: a rule is no front matter
            return None
        self._kept_site = open_kept_site(manifest_path(self._store), self._store)
        page = self._kept_site.find(text)
        uri = page.name.removeprefix(f"{self._kept_site.notes}/")

        def draw(cell: int, output: int, alt: str, drawing: Drawing) -> str:
            return fill_slot(drawing_name(uri, cell, output), PlacedDrawing(drawing, alt))

        result = self._kept_site.result(page)
        return PageContext(result, draw=draw, references=self._kept_site.references)

    def on_problem(self, problem: Problem) -> None:
        """Raise what the conversion finds."""
        pages = self._kept_site.pages if self._kept_site else {}
        texts = {page.name: page.text for page in pages.values()}
        raise NotesError(report([problem], texts, 1))


def _is_ours(page: Page) -> bool:
    return bool(page.cells or page.values or page.links or page.problems)
