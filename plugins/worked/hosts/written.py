"""Hash what pages gave: they are long texts, for which more than one asks."""

from worked.files import digest_text
from worked.page import PageResult


class WrittenDigests:
    """Of one build, or of all of a preview."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[PageResult, str]] = {}

    def of(self, result: PageResult) -> str:
        """Hash everything that a page gave: equal digests show the same."""
        known = self._known.get(result.page.name)
        if known is None or known[0] is not result:
            known = self._known[result.page.name] = result, digest_text(result.written)
        return known[1]
