"""The page that is being converted: its results, and what is wrong with it."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final, Protocol

from markdown import Markdown

from worked.errors import Problem, describe
from worked.html.highlight import Memo, uncached
from worked.html.markup import mark_value
from worked.html.outputs import value_html
from worked.html.slots import FilledSlots, Slots
from worked.page import RESERVED, SAFE_TEX, PageResult, References, Value, number_labels

_FOUND: Final = 40
"""characters by which a part of a page is found in its text"""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the extension needs for one page."""

    result: PageResult
    show_problems: bool = False
    """Whether problems appear in the page: while an author previews it."""
    slots: Slots = field(default_factory=lambda: FilledSlots(""))
    """Take the page's drawings and colours."""
    references: References | None = None
    """The site's; None for a page that stands alone."""
    memo: Memo = uncached
    """Gives what an earlier build has made."""
    is_strange: bool = False
    """Whether nobody has read the page yet: then it may hold no HTML that runs."""


class Host(Protocol):
    """Who asks for results, and knows which page is being converted."""

    def context_for(self, text: str) -> PageContext | None:
        """Give what belongs to the page whose text this is; None for a page that is not ours."""
        ...

    def report(self, problem: Problem) -> None:
        """Take note of what is wrong with the page.  May raise."""
        ...


class Nobody:
    """The host of pages that nobody looks after: nothing is woven into them."""

    def context_for(self, text: str) -> PageContext | None:
        """Know no page."""
        return None

    def report(self, problem: Problem) -> None:
        """Tell nobody."""


class Conversion:
    """What the three processors of one converter share while it converts one page."""

    def __init__(self, md: Markdown, host: Host) -> None:
        self.md = md
        self.host = host
        self.context: PageContext | None = None
        self.references = number_labels(())
        self.whole = False
        self._unshown: list[Problem] = []

    def begin(self, text: str) -> PageContext | None:
        """Begin with a page, whose text this is."""
        self.context = self.host.context_for(text)
        self.whole = False
        self._unshown = list(self.context.result.problems) if self.context else []
        if self.context is not None:
            page = self.context.result.page
            self.references = self.context.references or number_labels([(page, 0)], whole=False)
            for problem in self.references.problems(page):
                self.report(problem)
        return self.context

    def report(self, problem: Problem) -> None:
        self.host.report(problem)
        if problem not in self._unshown:
            self._unshown.append(problem)

    def wrong(self, line: int, kind: str, message: str) -> None:
        """Report what is wrong at a line of the page."""
        assert self.context is not None  # noqa: S101 - there is nothing of ours without it
        self.report(Problem(self.context.result.page.name, line, kind, message))

    def show(self, problem: Problem) -> str:
        """Lay a problem out, which then is shown."""
        assert self.context is not None  # noqa: S101 - there are no problems without it
        self._unshown = [other for other in self._unshown if other != problem]
        return problem_box(problem, self.context.result.page.text)

    def rest(self) -> str:
        """Lay out every problem that has no cell beside it."""
        if self.context is None or not (self.whole and self.context.show_problems):
            return ""
        return "".join(f"{self.show(problem)}\n" for problem in self._unshown[:])

    def stash(self, html: str) -> str:
        # Python-Markdown puts what it has stashed in wherever a cell prints the mark for it
        return self.md.htmlStash.store(html.translate(RESERVED))

    def put(self, value: Value, text: str | None) -> str:
        """Give what stands for a value in the Markdown."""
        if value.tex and (text is None or SAFE_TEX.fullmatch(text)):
            return text or r"\text{?}"
        html = "?" if text is None else value_html(text)
        return self.md.htmlStash.store(mark_value(value.index, html, is_missing=text is None))

    def report_text(self, text: str, said: str, kind: str = "link") -> None:
        """Report what a part of the page's own text is, where that part can be found."""
        assert self.context is not None  # noqa: S101 - there is no page without it
        page = self.context.result.page
        at = page.text.find(text[:_FOUND]) if text else -1
        if at < 0 and (name := re.match(r"<[a-zA-Z]\w*", text)):
            at = page.text.lower().find(name[0].lower())
        line = page.text.count("\n", 0, at) + 1 if at >= 0 else 1
        self.report(Problem(page.name, line, kind, said))

    def refuse_value(self, index: int, said: str) -> None:
        """Report that a value stands where no text can."""
        assert self.context is not None  # noqa: S101 - there are no values without it
        page = self.context.result.page
        line = next((value.line for value in page.values if value.index == index), 1)
        self.report(Problem(page.name, line, "value", said))


def problem_box(problem: Problem, text: str) -> str:
    """Lay a problem out as a box for the preview."""
    title, _, rest = describe(problem, text).partition("\n")
    return (
        '<div class="worked-problem" role="alert">'
        f'<p class="worked-problem-title">{escape(title)}</p>'
        f"<pre><code>{escape(rest)}</code></pre></div>"
    )
