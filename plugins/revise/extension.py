"""Python-Markdown: a box `??? card id "question"` is an element with an address."""

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from revise.addresses import address
from revise.boxes import CARD


class ReviseExtension(Extension):
    """Addresses for cards, and for other boxes that hold a question and its answer.

    Args:
        exercises: kinds of such boxes that are no cards.
    """

    def __init__(self, exercises: Sequence[str] = (), **options: object) -> None:
        super().__init__(**options)
        self.kinds = (CARD, *exercises)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Come after the inline markup, and before MkDocs looks which addresses there are."""
        md.treeprocessors.register(_Boxes(md, self.kinds), "revise", 8)

    def kept_under(self) -> str:
        """Depend on nothing but a page's text, so that `worked` can keep its conversion."""
        return repr(self.kinds)


class _Boxes(Treeprocessor):
    def __init__(self, md: Markdown, kinds: Sequence[str]) -> None:
        super().__init__(md)
        self.kinds = kinds

    def run(self, root: Element) -> None:
        """Make the second word of a box its id; without one, take the words of its question."""
        taken: Counter[str] = Counter()
        # the address of a question that is computed is that of its cell
        own = {id(box) for asked in root.iter("revise-question") for box in asked.iter("details")}
        for box in root.iter("details"):
            kind, *words = box.get("class", "").split() or [""]
            if kind not in self.kinds or id(box) in own:
                continue
            box.set("class", kind)
            at = address(box, kind, words)
            taken[at] += 1
            box.set("id", at if taken[at] == 1 else f"{at}-{taken[at]}")
            _link(box)


def _link(box: Element) -> None:
    """End the answer with a link to its question, such as headings have."""
    is_text = box[-1].tag == "p" and not (box[-1].text or "").startswith(STX)  # no block kept aside
    last = box[-1] if is_text else SubElement(box, "p")
    permalink = SubElement(last, "a")
    permalink.attrib = {
        "class": "headerlink",
        "href": f"#{box.get('id')}",
        "title": "Link to this question",
    }
    permalink.text = "¶"
