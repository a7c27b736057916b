"""Remember what the last builds of one process have looked up of pages: most do not change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from worked.builds.cached import CachedPage
from worked.page import Page, PageResult

Needs = tuple[object, ...]
"""What the results of a page depend on, as fingerprints have written it down."""


@dataclass(frozen=True, slots=True)
class _Recent:
    page: Page
    terms: tuple[object, ...]
    needs: Needs
    known: CachedPage
    result: PageResult


class RecentPages:
    """What the last build of a preview knew of its pages, for the next one.

    Nothing is taken of a page that has run, or that has something wrong: it is looked up again.
    """

    def __init__(self) -> None:
        self._pages: dict[str, _Recent] = {}

    def find(
        self, page: Page, terms: tuple[object, ...], are_current: Callable[[object], bool]
    ) -> CachedPage | None:
        """Give what is known of a page where all that it came from is still as it was.

        Args:
            page: as it is read now.
            terms: all else that the lookup goes by.
            are_current: whether what a result depends on is so now.
        """
        recent = self._pages.get(page.name)
        if recent is None or recent.page is not page or recent.terms != terms:
            return None
        return recent.known if all(map(are_current, recent.needs)) else None

    def keep(self, known: CachedPage, terms: tuple[object, ...], needs: Iterable[object]) -> None:
        """Remember what was looked up, where nothing of it has to run and nothing is wrong."""
        name = known.page.name
        self._pages.pop(name, None)
        if known.is_whole and not known.problems:
            each = tuple({repr(need): need for need in needs}.values())
            result = known.result(0, ())
            self._pages[name] = _Recent(known.page, terms, each, known, result)

    def result(self, known: CachedPage) -> PageResult:
        """Put together what a page gave that need not run; the same object for the same page."""
        recent = self._pages.get(known.page.name)
        return recent.result if recent and recent.known is known else known.result(0, ())
