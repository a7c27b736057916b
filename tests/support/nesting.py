"""HTML that is nested as HTML allows it."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_IN_A_PARAGRAPH = {
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
}


class Nesting(HTMLParser):
    """Notes what cannot stand where it stands, every tag that is not closed in order, and ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        where = f"line {self.getpos()[0]}: <{tag}> in <{'> <'.join(self.open[-3:])}>"
        if "p" in self.open and tag in NOT_IN_A_PARAGRAPH:
            self.wrong.append(where)
        if tag == "figcaption" and self.open[-1:] != ["figure"]:
            self.wrong.append(where)
        self._identify(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings hold elements that are empty; they open nothing."""
        self._identify(attrs)

    def _identify(self, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open[-1:] != [tag]:
            self.wrong.append(f"line {self.getpos()[0]}: </{tag}> closes <{self.open[-1:]}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def read(html: str) -> Nesting:
    """Read a page, or a part of one that closes what it opens."""
    reader = Nesting()
    reader.feed(html)
    reader.close()
    reader.wrong += [f"<{tag}> is never closed" for tag in reader.open]
    return reader
