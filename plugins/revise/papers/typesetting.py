"""Markdown of questions as HTML that stands anywhere in a site: what a cell gives is no HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any, Final

from markdown import Markdown

from revise.questions.answers import CHOICE
from revise.questions.spelling import answer_text

_APART: Final = "\ue000"
"""Stands between two pieces of Markdown that are converted at once."""
_BETWEEN: Final = re.compile(f"<p>{_APART}</p>\n?")
_HREF: Final = re.compile(r'(?P<head><a\b[^>]*?href=")(?P<to>[^"]*)(?P<tail>")')
_FORMULA_LINK: Final = re.compile(r"<a (?P<to>[^>]*)>(?P<math><math\b(?:(?!</a>).)*</math>)</a>")
"""A link that is a formula and nothing else: not all that reads pages aloud reads MathML."""
_TAG: Final = re.compile(r"<[^>]*>")
_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_PARAGRAPH: Final = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)
_ABROAD: Final = ("https://", "http://", "mailto:")
NOWHERE: Final = ""

Locate = Callable[[str], str]
"""From a link of the page to an address from the site's root; empty where it leads nowhere."""


class QuestionSetter:
    """Converts the texts of questions, with formulas where the site has them."""

    def __init__(self, macros: Mapping[str, Any] | None) -> None:
        """Make a converter.

        Args:
            macros: those of the site's formulas; None where the site sets none.
        """
        configs = {} if macros is None else {"texmath": {"macros": dict(macros)}}
        self._markdown = Markdown(extensions=list(configs), extension_configs=configs)
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")

    def settle(self, variants: Sequence[Mapping[str, Any]], locate: Locate) -> list[dict[str, Any]]:
        """Give the variants of one question with HTML in the place of Markdown.

        Raises:
            ValueError: a formula that is none, or a link that leads nowhere.
        """
        pieces = [piece for variant in variants for piece in _pieces(variant)]
        known = dict.fromkeys(pieces)
        text = f"\n\n{_APART}\n\n".join(piece.replace(_APART, "") for piece in known)
        whole = _IMAGE.sub("", self._markdown.reset().convert(text))
        html = [_linked(part.strip(), locate) for part in _BETWEEN.split(whole)]
        if len(html) != len(known):
            raise ValueError("a text of it is more than paragraphs, lists and formulas")
        made = dict(zip(known, html, strict=True))
        return [_filled(variant, made) for variant in variants]


def _pieces(variant: Mapping[str, Any]) -> Iterator[str]:
    yield variant["text"]
    yield _said(variant)
    yield from variant["steps"]
    yield from variant["choices"]
    yield from variant["marking"]
    yield from (name for name, _ in variant["mistakes"])


def _said(variant: Mapping[str, Any]) -> str:
    near = {name: variant[name] for name in ("tolerance", "relative")}
    return answer_text(variant["answer"], variant["unit"], **near)


def _filled(variant: Mapping[str, Any], html: Mapping[str, str]) -> dict[str, Any]:
    """Give a variant as readers load it."""

    def line(text: str) -> str:
        found = _PARAGRAPH.fullmatch(html[text])
        return found[1] if found else html[text]

    is_choice, choices = variant["form"] == CHOICE, variant["choices"]
    names = {
        "text": html[variant["text"]],
        "form": variant["form"],
        "answer": choices.index(variant["answer"]) if is_choice else variant["answer"],
        "said": line(_said(variant)),
        "tolerance": variant["tolerance"],
        "relative": variant["relative"],
        "unit": variant["unit"],
        "steps": [line(step) for step in variant["steps"]],
        "choices": [line(one) for one in choices],
        "marking": [line(one) for one in variant["marking"]],
        "mistakes": [
            [line(name), choices.index(wrong) if is_choice else wrong]
            for name, wrong in variant["mistakes"]
        ],
    }
    return {
        name: value for name, value in names.items() if name == "answer" or value not in ("", [], 0)
    }


def _linked(html: str, locate: Locate) -> str:
    def put(found: re.Match[str]) -> str:
        to = unescape(found["to"])
        if to.startswith(_ABROAD):
            return found[0]
        if (place := locate(to)) == NOWHERE:
            raise ValueError(f"the link {to[:80]!r} leads nowhere")
        return f"{found['head']}{escape(place)}{found['tail']}"

    return _FORMULA_LINK.sub(_named, _HREF.sub(put, html))


def _named(found: re.Match[str]) -> str:
    said = escape(unescape(_TAG.sub("", found["math"])))
    return f'<a aria-label="{said}" {found["to"]}>{found["math"]}</a>'
