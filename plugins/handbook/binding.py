"""Two printed PDFs as one: pages, tags and links, with an outline and the numbers of pages."""

import io
from collections.abc import Mapping
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf

from handbook.book import Book, Section

SCHEME: Final = "handbook:"
"""Of links to a place that is printed in the other PDF."""


def page_numbers(printed: bytes) -> dict[str, str]:
    """Say on which page of a PDF each id is that a link in it names, from 1."""
    with Pdf.open(io.BytesIO(printed)) as pdf:
        pages = {page.obj.objgen: str(number) for number, page in enumerate(pdf.pages, 1)}
        return {name: pages[_page_of(place).objgen] for name, place in _places(pdf).items()}


def is_tagged(printed: bytes) -> bool:
    """Whether a PDF says what its parts are."""
    with Pdf.open(io.BytesIO(printed)) as pdf:
        return "/StructTreeRoot" in pdf.Root


def bound(front: bytes, body: bytes, book: Book) -> bytes:
    """Put what is printed before the body's pages; the same input gives the same bytes."""
    with Pdf.open(io.BytesIO(body)) as pdf, Pdf.open(io.BytesIO(front)) as before:
        count = len(before.pages)
        for place, page in enumerate(before.pages):
            pdf.pages.insert(place, page)
        _join_tags(pdf, before, count)
        _mend_figures(pdf.Root.StructTreeRoot)
        places = _places(pdf)
        _lead(pdf, places)
        _outline(pdf, book, places)
        pdf.Root.PageLabels = Dictionary(
            Nums=Array([0, Dictionary(S=Name.r), count, Dictionary(S=Name.D)])
        )
        _describe(pdf, book)
        whole = io.BytesIO()
        pdf.save(
            whole,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return whole.getvalue()


def _places(pdf: Pdf) -> dict[str, Array]:
    """Give the places of a PDF by their names."""
    named = pdf.Root.get("/Dests")
    found = {} if named is None else {str(key)[1:]: value for key, value in named.items()}
    return {name: value for name, value in found.items() if isinstance(value, Array)}


def _page_of(place: Array) -> Object:
    page: Object = place[0]
    return page


def _join_tags(pdf: Pdf, before: Pdf, count: int) -> None:
    """Put the tags of the front before those of the body: each page finds its own by a number."""
    tags, own = pdf.copy_foreign(before.Root.StructTreeRoot), pdf.Root.StructTreeRoot
    shift = int(own.ParentTreeNextKey)
    for page in list(pdf.pages)[:count]:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for note in page.obj.get("/Annots", Array()):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + shift
    numbers = Array(_numbers(own.ParentTree))
    for place, value in enumerate(_numbers(tags.ParentTree)):
        numbers.append(value if place % 2 else int(value) + shift)
    own.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    own.ParentTreeNextKey = shift + int(tags.ParentTreeNextKey)
    whole, first = own.K, tags.K
    kids = [*_kids(first), *_kids(whole)]
    for kid in _kids(first):
        kid.P = whole
    whole.K = Array(kids)


def _mend_figures(root: Object) -> None:
    """Let figures be what has an alternative text: not what holds a drawing and its caption."""
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        if tag.get("/S") == Name.Figure and "/Alt" not in tag:
            tag.S = Name.Div
        waiting.extend(kid for kid in _kids(tag) if isinstance(kid, Dictionary))


def _numbers(tree: Object) -> list[Object]:
    """Give the keys and values of a tree of numbers, one after the other."""
    if "/Nums" in tree:
        return [*tree.Nums.as_list()]
    return [value for kid in tree.Kids.as_list() for value in _numbers(kid)]


def _kids(tag: Object) -> list[Object]:
    kids = tag.get("/K")
    if kids is None:
        return []
    return [*kids.as_list()] if isinstance(kids, Array) else [kids]


def _lead(pdf: Pdf, places: Mapping[str, Array]) -> None:
    """Let links of one part lead into the other."""
    for page in pdf.pages:
        for note in page.obj.get("/Annots", Array()):
            to = str(note.A.get("/URI", "")) if "/A" in note else ""
            if to.startswith(SCHEME):
                del note.A
                note.Dest = Name(f"/{to.removeprefix(SCHEME)}")


def _outline(pdf: Pdf, book: Book, places: Mapping[str, Array]) -> None:
    def item(section: Section) -> OutlineItem:
        entry = OutlineItem(f"{section.number} {section.title}".strip(), places[section.anchor])
        entry.children.extend(map(item, section.children))
        entry.is_closed = True
        return entry

    with pdf.open_outline() as outline:
        outline.root.extend(map(item, book.chapters + book.appendices))
    pdf.Root.PageMode = Name.UseOutlines


def _describe(pdf: Pdf, book: Book) -> None:
    """Say what the book is, and when: the commit's time, not that of the printing."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"] = book.title
        said["dc:language"] = {book.language}
        if book.description:
            said["dc:description"] = book.description
        if book.author:
            said["dc:creator"] = [book.author]
        said["xmp:CreateDate"] = said["xmp:ModifyDate"] = book.date.isoformat()
    date = f"D:{book.date:%Y%m%d%H%M%S}+00'00'"
    pdf.docinfo = pdf.make_indirect(
        Dictionary(Title=book.title, Subject=book.description, CreationDate=date, ModDate=date)
    )
    if book.author:
        pdf.docinfo.Author = book.author
