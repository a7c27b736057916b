"""The extension as a host finds it by its name, without the plugin: Zensical, Python-Markdown.

    markdown_extensions:
      - worked

Results and numbers are those that `worked run` has left; drawings go in at once.  Whatever is wrong
is raised, since nobody else would tell the author.
"""

from pathlib import Path

from worked.errors import NotesError, Problem, report
from worked.hosts.kept_site import KeptSite, open_kept_site
from worked.hosts.store_place import DEFAULT_STORE, StorePlace, store_place
from worked.html import FilledSlots, PageContext, WorkedExtension
from worked.page import Page, parse


def extension(store: str = DEFAULT_STORE) -> WorkedExtension:
    """Make the extension for a site whose results are in a store."""
    return WorkedExtension(_KeptResults(store_place(store, Path())))


class _KeptResults:
    """The host that finds what belongs to a text among what a build has kept."""

    def __init__(self, store: StorePlace) -> None:
        self._store = store
        self._site: KeptSite | None = None

    def context_for(self, text: str) -> PageContext | None:
        """Give the results for a text; None where there is nothing of ours in it.

        Raises:
            ManifestError: no build has seen the page as it is.
            NotesError: the page has errors.
        """
        if not _is_ours(parse(f"\n{text}", "")):  # the empty line: a rule is no front matter
            return None
        site = self._site = open_kept_site(self._store)
        page = site.find(text)
        return PageContext(
            site.result(page),
            slots=FilledSlots(page.name.removeprefix(f"{site.notes.settings.folder}/")),
            references=site.notes.references,
        )

    def report(self, problem: Problem) -> None:
        """Raise what the conversion finds."""
        pages = self._site.notes.pages if self._site else []
        raise NotesError(report([problem], {page.name: page.text for page in pages}, 1))


def _is_ours(page: Page) -> bool:
    return bool(page.cells or page.values or page.links or page.problems)
