"""Keep what the conversion of a page gave, under all that it came from; where in doubt, convert.

Only Markdown's own work is kept: what plugins do to a page before, to its text, is in the key by
that text, and what they do after, to its HTML, they do each time.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as HostPage

from worked.cache import Store
from worked.errors import Problem, StoreError
from worked.files import digest
from worked.hosts.code import code_digest, library_versions
from worked.hosts.converted import MkDocsParts, read_converted
from worked.hosts.pure import described, pure_parts
from worked.hosts.written import WrittenDigests
from worked.html import PageContext, WorkedExtension
from worked.page import ConsultedReferences, answers_are_current

_FORMAT: Final = "1"
"""Changes whenever what is kept changes its form."""
Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Turn:
    """The page that MkDocs converts now."""

    page: HostPage
    config: MkDocsConfig
    files: Files
    context: PageContext
    problems: list[Problem]
    """Grows where the conversion finds something wrong."""


class KeptConversions:
    """One plugin's, for all its builds."""

    def __init__(self) -> None:
        self._store: Store | None = None
        self._pure: tuple[str, ...] = ()
        self._turn: Turn | None = None
        self._listing: tuple[list[str], str] = ([], "")
        self.digests = WrittenDigests()
        """Of what the pages gave."""

    def begin(self, store: Store, pure: list[str]) -> None:
        """Begin with a build.

        Args:
            store: of its results.
            pure: the extensions that the site says make the same HTML of the same text.
        """
        self._store, self._pure, self._turn = store, tuple(pure), None

    def take(self, turn: Turn) -> PageContext:
        """Begin with a page; give its context, whose references note what they are asked."""
        known = turn.context.references
        if known is not None:
            noting = ConsultedReferences(known.targets, known.whole)
            turn = replace(turn, context=replace(turn.context, references=noting))
        self._turn = turn
        return turn.context

    def drop(self) -> None:
        """End with a page."""
        self._turn = None

    def converted(self, md: Markdown, text: str, convert: Convert) -> str:
        """Give what an earlier conversion gave, or convert."""
        turn, store = self._turn, self._store
        try:
            parts = MkDocsParts(md)
        except LookupError:  # another plugin converts something of its own
            return convert(text)
        is_its_own = turn is not None and turn.page.file is parts.file  # and not of another page
        key = self._key(turn, text) if turn and store and is_its_own else ""
        if not turn or not store or not key:
            return convert(text)
        entry = store.get(key, lambda kept: _is_current(kept, turn), page=_name(turn))
        with contextlib.suppress(LookupError, TypeError, AttributeError):  # of a damaged entry
            if entry is not None:
                converted = read_converted(entry["converted"])
                turn.context.slots.put_back(entry["slots"])
                for one, left in zip(_leaving(turn.config), entry["left"], strict=True):
                    one.leave_again(left)
                return parts.put_back(converted, turn.files)
        before = len(turn.problems)
        with _listening() as said:
            html = convert(text)
        if not said.records and len(turn.problems) == before:
            self._keep(key, turn, parts, html)
        return html

    def _keep(self, key: str, turn: Turn, parts: MkDocsParts, html: str) -> None:
        left = [one.left() for one in _leaving(turn.config)]
        converted = parts.taken(html, turn.files)
        if converted is None or any(one is None for one in left) or self._store is None:
            return
        references = turn.context.references
        entry = {
            "converted": asdict(converted),
            "slots": turn.context.slots.kept(),
            "left": left,
            "consulted": getattr(references, "consulted", {}),
            "level": _level(),
        }
        with contextlib.suppress(StoreError):  # of a store that can only be read: nothing is lost
            self._store.put(key, entry, page=_name(turn))

    def _key(self, turn: Turn, text: str) -> str:
        """Hash all that a conversion comes from; empty where that cannot be told."""
        config, result, own = turn.config, turn.context.result, code_digest("worked")
        extensions = pure_parts(config, self._pure, (WorkedExtension, KeepingExtension))
        links = described(dict(config.validation.links))
        if extensions is None or links is None or not own or result.problems:
            return ""
        file = turn.page.file
        rest = f"{config.use_directory_urls} {turn.context.is_strange} {links}"
        page = [file.src_uri, file.url, str(file.inclusion), self.digests.of(result), text]
        code = [_FORMAT, own, library_versions()]
        return digest("conversion", code, page, extensions, rest, self._listed(turn.files))

    def _listed(self, files: Files) -> str:
        """Hash what links may lead to; other plugins may add to it at any time."""
        listing = [f"{file.src_uri}\0{file.url}\0{file.inclusion}" for file in files]
        if listing != self._listing[0]:
            self._listing = listing, digest("files", sorted(listing))
        return self._listing[1]


class KeepingExtension(Extension):
    """Stands around every conversion: Python-Markdown has no hook there."""

    def __init__(self, conversions: KeptConversions) -> None:
        super().__init__()
        self._conversions = conversions

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take the place of `convert`."""
        convert = md.convert

        def kept(source: str) -> str:
            return self._conversions.converted(md, source, convert)

        md.convert = kept  # type: ignore[method-assign]


def _name(turn: Turn) -> str:
    return turn.context.result.page.name


def _is_current(kept: dict[str, Any], turn: Turn) -> bool:
    references, page = turn.context.references, turn.context.result.page.name
    if references is None or not isinstance(level := kept.get("level"), int):
        return False
    return level <= _level() and answers_are_current(kept.get("consulted"), references, page)


def _level() -> int:
    """Give the level from which on messages are heard: a quiet build does not hear a warning."""
    return logging.getLogger("mkdocs").getEffectiveLevel()


def _leaving(config: MkDocsConfig) -> list[Any]:
    """Give the extensions that leave something beside the page's HTML."""
    return [one for one in config.markdown_extensions if hasattr(one, "leave_again")]


class _Said(logging.Handler):
    """Counts what is logged: who reads it would miss it, were the page not converted again."""

    def __init__(self) -> None:
        super().__init__()
        self.records = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.records += 1


@contextlib.contextmanager
def _listening() -> Iterator[_Said]:
    said = _Said()
    loggers = [logging.getLogger(), logging.getLogger("mkdocs")]  # the latter may keep to itself
    for logger in loggers:
        logger.addHandler(said)
    try:
        yield said
    finally:
        for logger in loggers:
            logger.removeHandler(said)
