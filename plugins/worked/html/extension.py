"""Python-Markdown: puts a page's cells and values, with their results, into its HTML.

One preprocessor over the whole page and one block processor that builds real elements.  Raw HTML
would come out as `<p><figure>` in tabs and lists, and ids in it would be invisible to link checks.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from worked.errors import Problem
from worked.html.active import active_parts
from worked.html.addresses import address_refusal, is_allowed_address, is_readable_address
from worked.html.cell import CellBlock
from worked.html.context import Conversion, Host, Nobody
from worked.html.limited import limit_conversion
from worked.html.markup import place_values
from worked.html.rich import check_links, take_signs
from worked.page import LABEL_WORDS, MARK, Page, excess, parse, squeezed, weave

PREPROCESSOR: Final = 26
"""Below 30, which empties the stash and normalises; above 25, where superfences takes fences."""
BLOCK: Final = 180
"""Above every container, which has taken the indentation off by then."""
LAST: Final = 1
"""Behind whatever else works on the finished text."""
WHOLE: Final = -100
"""Behind the table of contents (5) and MkDocs' search for a title (-1), which convert pieces."""

LINKS: Final = 14
"""Below the inline patterns (20), which make links; above the table of contents (5)."""
_AS_CODE: Final = (
    "Markdown takes its indentation for code (four spaces for each list, tab or box around it)"
)
_RAW: Final = (
    'Markdown does not read what stands in raw HTML: write `<div markdown="1">`, with the '
    "extension `md_in_html`, and empty lines around the cell"
)


class WorkedExtension(Extension):
    """Weaves results into a page, as the host gives them."""

    def __init__(self, host: Host | None = None, **other: Any) -> None:
        super().__init__(**other)
        self.host = host or Nobody()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register with one converter."""
        state = Conversion(md, self.host)
        limit_conversion(md, state)
        md.preprocessors.register(_Weaver(md, state), "worked", PREPROCESSOR)
        md.parser.blockprocessors.register(CellBlock(md, state), "worked", BLOCK)
        md.treeprocessors.register(_Addresses(md, state), "worked-addresses", LINKS)
        md.treeprocessors.register(_Numbers(md, state), "worked-numbers", LINKS)
        md.treeprocessors.register(_Whole(md, state), "worked", WHOLE)
        md.postprocessors.register(_Leftovers(md, state), "worked", LAST)


class _Weaver(Preprocessor):
    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        context = self.state.begin(text)
        if context is None:
            return lines
        source = context.result.page
        body = text.rstrip("\n")
        begin = source.body
        rest = source.text[begin:]
        if rest.rstrip("\n") == body:  # the file's own text, which has been read already
            woven = weave(source, context.result.values, self.state.put)
            end = len(woven) - (len(rest) - len(body))
            return (woven[begin:end] + text[len(body) :]).split("\n")
        if beyond := excess(text):
            said = f"the text that is converted {beyond[1]}"
            if not source.problems:  # else it is the file's, which has been said
                self.state.report(Problem(source.name, 1, "markdown", said))
            return []
        # an empty line first: a rule at the top of the text is no front matter
        page = parse(f"\n{text}", source.name)
        if problem := _differs(source, page):
            self.state.report(problem)
            return lines
        return weave(page, context.result.values, self.state.put).split("\n")[1:]


def _differs(source: Page, page: Page) -> Problem | None:
    """Say what the converted text has that the file has not: something else brought it."""
    for kind, there, here in (
        ("cell", [cell.code for cell in source.cells], [cell.code for cell in page.cells]),
        (
            "value",
            [f"{value.index} {value.expression}" for value in source.values],
            [f"{value.index} {value.expression}" for value in page.values],
        ),
    ):
        if [squeezed(text) for text in there] == [squeezed(text) for text in here]:
            continue
        said = (
            f"the text that is converted has other {kind}s than the file ({len(here)}, not "
            f"{len(there)}): another plugin, an include or a macro brought or changed one; "
            "cells and values must stand in the page's own file"
        )
        return Problem(source.name, 1, "include", said)
    return None


class _Numbers(Treeprocessor):
    """Gives links that say `Figure` or `Table` the number of what they lead to."""

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: ElementTree.Element) -> None:
        context = self.state.context
        if context is None:
            return
        check_links(self.state)
        for link in root.iter("a"):
            if link.text not in LABEL_WORDS or len(link):
                continue
            found = self.state.references.resolve(context.result.page.name, link.get("href", ""))
            if found is not None and found.name.startswith(f"{link.text} "):
                link.text = found.name
                link.set("class", f"{link.get('class', '')} worked-reference".strip())


class _Addresses(Treeprocessor):
    """Takes out the addresses whose parts nobody can tell: MkDocs ends with an exception there."""

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: ElementTree.Element) -> None:
        for element, name, address in _addresses(root) if self.state.context else ():
            if not is_readable_address(address):
                said = f"{address[:60]!r} is no address: a `[` in it is written `%5B`"
                self.state.report_text(address, said)
                element.set(name, "")


class _Whole(Treeprocessor):
    """Notes that the next text is the whole page: others convert pieces before.

    By now every link has the address that the page will have.
    """

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: ElementTree.Element) -> None:
        self.state.whole = True
        for element, name, address in _addresses(root) if self.state.context else ():
            if is_allowed_address(address, picture=name == "src") or "\x02wzxhzdk" in address:
                continue  # a value in it is not put in yet
            self.state.report_text(address.replace("\x02amp\x03", "&"), address_refusal(address))
            element.set(name, "")


def _addresses(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str, str]]:
    """Give the links and pictures of a page: (element, name of the attribute, address)."""
    for element in chain(root.iter("a"), root.iter("img")):
        name = "href" if element.tag == "a" else "src"
        yield element, name, element.get(name, "")


class _Leftovers(Postprocessor):
    """Finds the cells that fell out of every container: their mark is still text.

    Problems that have no block of their own come to the top of the page.
    """

    def __init__(self, md: Markdown, state: Conversion) -> None:
        super().__init__(md)
        self.state = state

    def run(self, text: str) -> str:
        context = self.state.context
        if context is not None:
            for found in MARK.finditer(text):
                cell = context.result.page.cells[int(found[1])]
                in_code = text.rfind("<code", 0, found.start()) > text.rfind(
                    "</code>", 0, found.start()
                )
                said = f"the cell is not a block of its own here: {_AS_CODE if in_code else _RAW}"
                self.state.report(Problem(context.result.page.name, cell.fence_line, "place", said))
            if name := context.slots.foreign(text):
                said = f"`data-worked` is the plugin's own attribute: take {name[:80]!r} out"
                self.state.report_text("data-worked=", said, kind="element")
            text = place_values(text, self.state.refuse_value)
            text = take_signs(self.state, text)
            named = {cell.options.element for cell in context.result.page.cells}
            is_read = context.is_strange and self.state.whole
            for part, what in active_parts(text, named) if is_read else ():
                said = f"{what}: a stranger's page may hold nothing that runs"
                self.state.report_text(part, said, kind="html")
        return self.state.rest() + re.sub(MARK, "", text)
