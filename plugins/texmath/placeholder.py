"""The HTML that stands for a formula while Markdown and the search index are made.

Plain text at first, so that headings, the table of contents and the search index hold text and no
MathML; the `<math>` element takes its place in the finished page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Final

from texmath.breaks import broken, is_wide
from texmath.typesetting import drawn

WAITING: Final = re.compile(
    r'<(?P<tag>span|div) class="texmath(?P<block> texmath-block)?" '
    r'data-texmath="(?P<key>[0-9a-f]+)"(?: data-tex="[^"]*")?>[^<]*</(?P=tag)>'
    r"(?P<after>[,.;:!?)\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*)"
)
"""A placeholder, with the punctuation right after it."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands for one formula, between words and as a block."""

    text: str
    """For attributes: not escaped."""
    inline: str
    block: str


def key(tex: str, *, display: bool) -> str:
    """Name a formula by its content: equal formulas of a site share one name."""
    return sha256(f"{display:d}{tex}".encode()).hexdigest()[:16]


def waiting(text: str, name: str, tex: str = "") -> Placeholder:
    """Stand for a good formula.

    Args:
        text: its plain text.
        name: its key.
        tex: its source, for plugins that take a formula where there is no MathML.
    """
    attributes = f'data-texmath="{name}"'
    if tex:
        attributes += f' data-tex="{escape(" ".join(tex.split()))}"'
    plain = escape(text, quote=False)
    return Placeholder(
        text=text,
        inline=f'<span class="texmath" {attributes}>{plain}</span>',
        block=f'<div class="texmath texmath-block" {attributes}>{plain}</div>',
    )


def problem(tex: str, headline: str) -> Placeholder:
    """Stand for a bad formula: a box that says what is wrong."""
    content = f"<code>{escape(tex.strip(), quote=False)}</code> {escape(headline, quote=False)}"
    return Placeholder(
        text=tex,
        inline=f'<span class="texmath-problem" role="alert">{content}</span>',
        block=f'<div class="texmath-problem" role="alert">{content}</div>',
    )


def _scrolling(mathml: str) -> str:
    """Let what is wider than a line, and cannot be cut, scroll; the keyboard must reach it."""
    if not is_wide(mathml):
        return mathml
    return (
        f'<span class="texmath-wide" tabindex="0" role="group" aria-label="Formula">{mathml}</span>'
    )


def splice(html: str, formulas: Mapping[str, str]) -> str:
    """Put the MathML in the place of placeholders.

    Args:
        html: a page.
        formulas: key -> `<math>` element; a placeholder whose key is not among them stays.
    """

    def replacement(found: re.Match[str]) -> str:
        mathml = formulas.get(found["key"])
        if mathml is None:
            return found[0]
        mathml = drawn(mathml)
        if not found["block"]:
            # a line may end after a formula, but never before the comma that follows it
            *pieces, last = map(_scrolling, broken(mathml))
            kept = f'<span class="texmath-kept">{last}{found["after"]}</span>'
            return "<wbr>".join([*pieces, kept if found["after"] else last])
        # a wide formula scrolls, so the keyboard must reach it, and what it reaches needs a name
        return (
            '<div class="texmath texmath-block" tabindex="0" role="group" aria-label="Formula">'
            f"{mathml}</div>{found['after']}"
        )

    return WAITING.sub(replacement, html)
