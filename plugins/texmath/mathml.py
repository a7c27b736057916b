"""MathML as a tree.  Imports nothing of this package."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str]
    content: list["Node | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        """The elements in it."""
        return [part for part in self.content if isinstance(part, Node)]

    @property
    def words(self) -> list[str]:
        """Its own text."""
        return [part for part in self.content if isinstance(part, str)]

    @property
    def text(self) -> str:
        """Its text and that of the elements in it, in order."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def having(self, content: "Sequence[Node | str]") -> "Node":
        """Give the same element with other content."""
        return Node(self.tag, self.attributes, list(content))

    def with_attributes(self, **attributes: str) -> "Node":
        """Give the same element with more attributes."""
        return Node(self.tag, self.attributes | attributes, self.content)


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


def written(node: Node) -> str:
    """Write an element as HTML."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if not node.content and node.tag == "mspace":
        return f"<mspace{attributes}/>"
    content = "".join(
        escape(part, quote=False) if isinstance(part, str) else written(part)
        for part in node.content
    )
    return f"<{node.tag}{attributes}>{content}</{node.tag}>"


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
        self.open[-1].content.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(node)
        return node
