"""MathML as a tree."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Node:
    """An element; its text is that of its descendants, in order."""

    tag: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text, then that of the elements in it (they are never mixed)."""
        return "".join(self.words) + "".join(child.text for child in self.children)


def parse(html: str) -> Node:
    """Read one `<math>` element.

    Raises:
        ValueError: when there is none.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if not reader.open[0].children:
        raise ValueError(f"not MathML: {html[:60]!r}")
    return reader.open[0].children[0]


class _Reader(HTMLParser):
    """Of the HTML parsers in the standard library, the one that knows `&ApplyFunction;`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].words.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        return node
