"""Markdown that an object says of itself, as if it stood in the page; never cells or values.

What finds formulas, fences and HTML in the page's text reads it too, then its blocks: so its links,
headings and boxes are the page's.  What runs is refused once the page is whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, dropwhile
from typing import Any, Final
from xml.etree import ElementTree

from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.util import AtomicString

from worked.html.active import active_parts
from worked.html.addresses import address_refusal, is_allowed_address
from worked.html.context import Conversion
from worked.html.markup import MARKUP, read_tag
from worked.page import RESERVED, Link
from worked.protocol.pictures import PictureError, address_picture_size

_BEGIN: Final = "\x02worked-markdown:{}\x03"
_END: Final = "\x02worked-markdown:end\x03"
_REGION: Final = re.compile(
    "\x02worked-markdown:(?P<line>\\d+)\x03(?P<html>.*?)\x02worked-markdown:end\x03", re.S
)
"""What Markdown of a cell became, between signs that no text can hold."""
_SIGN: Final = re.compile("\x02worked-markdown:\\w+\x03")
_FOOTNOTE: Final = re.compile(r"^[ \t>]*\[\^[^\]\n]{1,200}\]:", re.M)
_ID: Final = re.compile(r"\sid=[\"']?([^\s\"'>]+)")
_NAME: Final = re.compile(r"</?([a-zA-Z][\w:-]*)")
_EMPTY: Final = frozenset(["br", "col", "hr", "img", "input", "source", "track", "wbr"])


def put_markdown(state: Conversion, box: ElementTree.Element, source: str, line: int) -> None:
    """Build elements of Markdown whose length and depth have been checked (`worked.page.excess`).

    Args:
        state: of the page.
        box: what they go into.
        source: the Markdown.
        line: of the page, where something is wrong with it.
    """
    md, rows = state.md, source.translate(RESERVED).split("\n")
    for name, reader in _readers(state):
        if name == "texmath":
            typesetter: Any = reader
            text = typesetter.typeset("\n".join(rows), cut=line - 1, is_brought=True)
            rows = text.split("\n")
        else:
            rows = reader.run(rows)
    if _FOOTNOTE.search("\n".join(rows)):  # fences are away by now
        said = "a footnote in Markdown of a cell: footnotes stand in the page's own text"
        state.wrong(line, "markdown", said)
        return
    inner = ElementTree.SubElement(box, "div", {"class": "worked-markdown"})
    inner.text = AtomicString(_BEGIN.format(line))
    md.parser.state.set("worked")  # as in a quotation: a list around it does not make it tight
    md.parser.parseChunk(inner, "\n".join(rows))
    md.parser.state.reset()
    if len(inner):
        inner[-1].tail = f"{inner[-1].tail or ''}{_END}"
    else:
        inner.text += _END
    state.markdown.append((inner, line))


def _readers(state: Conversion) -> Iterator[tuple[str, Preprocessor]]:
    """Give what reads a page's text before its blocks, but for what finds cells.

    What comes before the first of Python-Markdown's own brings other files in.
    """
    readers = state.md.preprocessors
    names = {id(readers[name]): name for name in ("worked", "texmath") if name in readers}
    for reader in dropwhile(lambda one: not isinstance(one, NormalizeWhitespace), readers):
        if (name := names.get(id(reader), "")) != "worked":
            yield name, reader


def check_links(state: Conversion) -> None:
    """Report the links in Markdown of cells that lead nowhere, or where none may lead."""
    assert state.context is not None  # noqa: S101 - there are no cells without it
    page = state.context.result.page.name
    for inner, line in state.markdown:
        for element in chain(inner.iter("a"), inner.iter("img")):
            name = "href" if element.tag == "a" else "src"
            address = element.get(name, "").replace("\x02amp\x03", "&")
            if not is_allowed_address(address, picture=name == "src"):
                state.wrong(line, "link", address_refusal(address))
                element.set(name, "")
            elif name == "href":
                link = Link("".join(element.itertext()), address, line)
                for problem in state.references.link_problems(page, link):
                    state.report(problem)


def take_signs(state: Conversion, text: str) -> str:
    """Check what Markdown of cells has become, in the finished page, and take the signs off it."""
    if "\x02worked-markdown" not in text:
        return text
    ids = Counter(_ID.findall(text))

    def taken(found: re.Match[str]) -> str:
        if said := _wrong(found["html"], ids):
            state.wrong(int(found["line"]), "markdown", f"Markdown of a cell holds {said}")
            return ""
        return found["html"]

    return _SIGN.sub("", _REGION.sub(taken, text))


def _wrong(html: str, ids: Mapping[str, int]) -> str:
    """Say what HTML holds that no cell may bring; empty for nothing.

    Args:
        html: what Markdown of one cell became.
        ids: of the whole page -> how often each is there.
    """
    for _, what in active_parts(html):
        return f"{what}: nothing that runs can be shown; a picture of it can"
    around: list[str] = []
    for found in MARKUP.finditer(html):
        name, tag = _NAME.match(found[0]), read_tag(found[0])
        if name is None or name[1].lower() in _EMPTY:
            pass
        elif tag is not None and not found[0].endswith("/>"):
            around.append(tag.name)
        elif tag is None and (not around or around.pop() != name[1].lower()):
            return f"a </{name[1][:40]}> that ends nothing"
        for key, value in tag.attributes if tag else ():
            if key == "id" and ids.get(value, 0) > 1:
                return f"the id {value[:40]!r}, which the page has already"
            if key == "src" and (said := _no_picture(value)):
                return said
    return f"a <{around[-1][:40]}> without its end" if around else ""


def _no_picture(address: str) -> str:
    try:
        is_picture = address_picture_size(address) is not None
    except PictureError as error:
        return str(error)
    is_other = not is_picture and address.startswith("data:")
    return "a picture of another form than PNG, JPEG, WebP" if is_other else ""
