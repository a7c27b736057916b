"""What an e-reader asks a book first: what it is, what is in it, and in which order."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from handbook.book import Book, Section
from handbook.documents import STYLE, Document
from handbook.markup import parse, text_of
from handbook.pictures import TYPES
from handbook.xhtml import document

CONTAINER: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/package.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles>\n</container>\n'
)
NAV, COVER_PAGE, COVER_PICTURE, TITLE = "nav.xhtml", "cover.xhtml", "cover.svg", "title.xhtml"
_TYPES: Final = {**TYPES, "woff2": "font/woff2", "woff": "font/woff", "otf": "font/otf"} | {
    "ttf": "font/ttf",
    "css": "text/css",
    "txt": "text/plain",
    "xhtml": "application/xhtml+xml",
}
_PROPERTIES: Final = {NAV: "nav", COVER_PICTURE: "cover-image"}


def contents(book: Book, names: Mapping[str, str], words: Mapping[str, str]) -> bytes:
    """Write the contents, as a page and as what an e-reader's menu shows.

    Args:
        book: what is described.
        names: the files of its sections, by their anchors.
        words: what the plugin says.
    """
    title = escape(words["contents"])
    first = names[book.chapters[0].anchor] if book.chapters else TITLE
    entries = "".join(_entry(one, names) for one in book.chapters + book.appendices)
    return document(
        words["contents"],
        book.language,
        STYLE,
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title">{title}</h1>\n<ol>\n{entries}</ol>\n</nav>\n'
        '<nav epub:type="landmarks" id="landmarks" hidden="hidden">\n<ol>\n'
        f'<li><a epub:type="toc" href="#toc">{title}</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{first}">{escape(book.title)}</a></li>\n'
        "</ol>\n</nav>\n",
    )


def _entry(section: Section, names: Mapping[str, str]) -> str:
    below = "".join(_entry(child, names) for child in section.children)
    link = f'<a href="{names[section.anchor]}">{escape(section.called)}</a>'
    return f"<li>{link}{f'<ol>{below}</ol>' if below else ''}</li>\n"


def package(
    book: Book, texts: Sequence[Document], files: Iterable[str], words: Mapping[str, str]
) -> str:
    """Describe a book.

    Args:
        book: what is described.
        texts: its sections.
        files: the names of all files in it but for the sections.
        words: what the plugin says.
    """
    items = [_item(f"file-{place}", name, "") for place, name in enumerate(sorted(files), 1)]
    items += [_item(f"text-{place}", one.name, _holds(one)) for place, one in enumerate(texts, 1)]
    ids = {name: f"file-{place}" for place, name in enumerate(sorted(files), 1)}
    spine = [ids[COVER_PAGE], ids[TITLE], ids[NAV]]
    spine += [f"text-{place}" for place in range(1, len(texts) + 1)]
    order = "".join(f'<itemref idref="{one}"/>\n' for one in spine)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{escape(book.language)}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{''.join(_about(book))}{''.join(_access(texts, words))}</metadata>\n"
        f"<manifest>\n{''.join(items)}</manifest>\n<spine>\n"
        f"{order}</spine>\n</package>\n"
    )


def _item(identity: str, name: str, properties: str) -> str:
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "text/plain")
    properties = properties or _PROPERTIES.get(name, "")
    said = f' properties="{properties}"' if properties else ""
    return f'<item id="{identity}" href="{escape(name)}" media-type="{kind}"{said}/>\n'


def _holds(text: Document) -> str:
    kinds = {"math": "mathml", "svg": "svg"}
    return " ".join(said for tag, said in kinds.items() if tag in text.selectors)


def _about(book: Book) -> Iterator[str]:
    identity = uuid.uuid5(uuid.NAMESPACE_URL, book.home or book.title)
    yield f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>\n'
    said = {
        "title": book.title,
        "language": book.language,
        "creator": book.author,
        "description": book.description,
        "rights": text_of(parse(book.rights)),
        "source": book.home,
        "date": f"{book.date:%Y-%m-%d}",
    }
    for name, value in said.items():
        if value:
            yield f"<dc:{name}>{escape(value)}</dc:{name}>\n"
    yield f'<meta property="dcterms:modified">{book.date:%Y-%m-%dT%H:%M:%SZ}</meta>\n'


def _access(texts: Sequence[Document], words: Mapping[str, str]) -> Iterator[str]:
    """Say who can read the book: only what is so."""
    seen = frozenset[str]().union(*(one.selectors for one in texts))
    named = not any(one.unnamed for one in texts)
    pictures = bool(seen & {"img", "svg"})
    features = [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
    ]
    features += ["MathML"] if "math" in seen else []
    features += ["alternativeText"] if named and pictures else []
    said = [("accessMode", "textual"), *([("accessMode", "visual")] if pictures else [])]
    said += [("accessModeSufficient", "textual")] if named else []
    said += [("accessModeSufficient", "textual,visual")] if pictures else []
    said += [("accessibilityFeature", one) for one in sorted(features)]
    said += [("accessibilityHazard", "none"), ("accessibilitySummary", words["accessible"])]
    for name, value in said:
        yield f'<meta property="schema:{name}">{escape(value)}</meta>\n'
