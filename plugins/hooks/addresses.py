"""A hook of this site: give each card, each exercise and each numbered caption a link to itself."""

import re
from collections import Counter
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

BOX = re.compile(r"^ *\?{3}\+? (?P<kind>card|check)(?P<words>(?: +[^\s\"]+)*)(?: +\"|$)", re.M)
KEPT = re.compile(rf"{STX}.*?{ETX}|\d+")  # values and formulas, which may change
WORDS = 10
"""How many of a question make its address, where it has no id."""
CAPTION = re.compile(
    r'(?P<figure><figure class="worked-figure[^>]* id="(?P<label>[\w-]+)")'
    r'|(?<=<span class="worked-number">)(?P<number>[^<]+)(?=</span>)'
)


def on_config(config: MkDocsConfig) -> None:
    """Add the extension; each build has a configuration of its own."""
    config.markdown_extensions.append(_Addresses())  # type: ignore[arg-type]


def on_page_markdown(markdown: str, page: Page, **_: object) -> None:
    """Refuse a box with more than an id: further words would be classes, also of the theme."""
    for box in BOX.finditer(text := page.file.content_string):
        if len(box["words"].split()) > 1:
            line = text.count("\n", 0, box.start("kind")) + 1
            raise PluginError(
                f"docs/{page.file.src_uri}:{line}: {box['kind']}: one id, and then the question in "
                f"quotes, in place of {box['words'].strip()[:80]!r}"
            )


def on_page_content(html: str, **_: object) -> str:
    """Make the number of a caption a link to its figure or table."""
    label = ""

    def linked(found: re.Match[str]) -> str:
        nonlocal label
        if found["figure"]:
            label = found["label"]
            return found[0]
        return f'<a href="#{label}">{found["number"]}</a>' if label else found[0]

    return CAPTION.sub(linked, html)


class _Addresses(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Come after the inline markup, and before MkDocs looks which addresses there are."""
        md.treeprocessors.register(_Boxes(md), "site-addresses", 8)

    def kept_under(self) -> str:
        """Depend on nothing but a page's text, so that its conversion can be kept."""
        return ""


class _Boxes(Treeprocessor):
    def run(self, root: Element) -> None:
        """Make the second word of a box its id; without one, take the words of its question."""
        taken: Counter[str] = Counter()
        for box in root.iter("details"):
            kind, *words = box.get("class", "").split() or [""]
            if kind not in ("card", "check"):
                continue
            box.set("class", kind)
            at = f"{kind}-{words[0] if words else question(box)}"
            taken[at] += 1
            box.set("id", at if taken[at] == 1 else f"{at}-{taken[at]}")
            link(box)


def question(box: Element) -> str:
    """Write the first words of a question as the part of an address after the #."""
    text = KEPT.sub(" ", "".join(next(iter(box), box).itertext()))
    words = [word for word in slugify(text, "-").split("-") if not word[:1].isdigit()]
    return "-".join(words[:WORDS])


def link(box: Element) -> None:
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
