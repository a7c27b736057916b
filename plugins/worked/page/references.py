"""Numbers of figures and tables, by chapter and order of pages, and what links to them mean."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from worked.errors import Problem
from worked.hints import did_you_mean, nearest
from worked.page.inline import Link
from worked.page.model import Page

LABEL_KINDS: Final = {"fig": "Figure", "tbl": "Table"}
"""How a label begins -> the word that a reader knows it by."""
LABEL_WORDS: Final = frozenset(LABEL_KINDS.values())
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][\w+.-]*:|/")


@dataclass(frozen=True, slots=True)
class LabelTarget:
    """A figure or table that has a label."""

    name: str
    """`Figure 3.2`"""
    page: str
    label: str
    line: int
    """Line of the page that sets the label."""
    frames: tuple[str, ...] = ()
    """Of a sweep: what may stand after the label and a colon."""


@dataclass(frozen=True, slots=True)
class References:
    """The labels of a site, or of one page that stands alone."""

    targets: Mapping[str, Mapping[str, LabelTarget]]
    """page -> label -> target; every page is in it."""
    whole: bool = True
    """Whether these are all pages: then a link to any other leads nowhere."""

    def resolve(self, page: str, target: str) -> LabelTarget | None:
        """Find what a link on a page leads to, where that is a label we know."""
        place = _place(page, target)
        return self.targets.get(place[0], {}).get(place[1]) if place else None

    def links(self, page: Page) -> Iterator[tuple[Link, LabelTarget]]:
        """Give the links of a page that lead to labels, in their order."""
        for link in page.links:
            if target := self.resolve(page.name, link.target):
                yield link, target

    def problems(self, page: Page) -> Iterator[Problem]:
        """Name the links of a page that lead to no label, or to another kind of thing."""
        for link in page.links:
            place = _place(page.name, link.target)
            if place is None or (place[0] not in self.targets and not self.whole):
                continue
            found = self.resolve(page.name, link.target)
            if found is None:
                yield Problem(page.name, link.line, "reference", self._unknown(*place))
            elif link.text in LABEL_WORDS and not found.name.startswith(f"{link.text} "):
                said = f"{found.label!r} is {found.name}, and the link says {link.text!r}"
                yield Problem(page.name, link.line, "reference", said)
            elif said := _no_frame(unquote(link.target), found):
                yield Problem(page.name, link.line, "reference", said)

    def _unknown(self, page: str, label: str) -> str:
        if page not in self.targets:
            near = nearest(page, self.targets)
            return f"there is no page {page}" + (f"; did you mean {near}?" if near else "")
        here = self.targets[page]
        there = {name: target for known in self.targets.values() for name, target in known.items()}
        said = f"there is no label {label!r} in {page}"
        if label in there:
            return f"{said}; it is in {there[label].page}"
        if near := did_you_mean(label, here):
            return f"{said}{near}"
        if near := nearest(label, there, cutoff=0.0):
            return f"{said}; the nearest is {near!r} in {there[near].page}"
        return f"{said}, nor any other label"


def number_labels(pages: Iterable[tuple[Page, int]], *, whole: bool = True) -> References:
    """Number the labels `fig-…` and `tbl-…`; runs nothing.

    Args:
        pages: in the order in which they are read, each with its chapter; 0 for none.
        whole: whether these are all pages of the site.
    """
    counts: Counter[tuple[str, int]] = Counter()
    targets: dict[str, dict[str, LabelTarget]] = {}
    for page, chapter in pages:
        known = targets.setdefault(page.name, {})
        for cell in page.cells:
            label = cell.options.label
            kind = LABEL_KINDS.get(label.partition("-")[0])
            if kind is None or "-" not in label or label in known:
                continue
            counts[kind, chapter] += 1
            place = f"{chapter}." if chapter else ""
            name = f"{kind} {place}{counts[kind, chapter]}"
            line, frames = cell.option_line("label"), cell.options.sweep.addresses
            known[label] = LabelTarget(name, page.name, label, line, frames)
    return References(targets, whole)


def _no_frame(link: str, target: LabelTarget) -> str:
    """Say that a link leads to a frame which its sweep does not have; empty where it has it."""
    _, colon, frame = link.partition("#")[2].partition(":")
    if not colon or frame in target.frames:
        return ""
    if not target.frames:
        return f"{target.label!r} is not a sweep: nothing may follow it"
    near = nearest(frame, target.frames, cutoff=0.0)
    return f"{target.label!r} has no frame {frame!r}; did you mean {near!r}?"


def _place(page: str, target: str) -> tuple[str, str] | None:
    """Take a link apart into page and label; None where it leads out of the notes."""
    path, _, fragment = target.partition("#")
    label, _, _ = fragment.partition(":")  # after it, the frame of a sweep
    if _ELSEWHERE.match(path) or label.partition("-")[0] not in LABEL_KINDS:
        return None
    if not path:
        return page, label
    if not path.endswith(".md"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))), label
