r"""TeX that stayed text on a finished page: a reader would see `$x^2$` or `\frac{a}{b}`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Final

_PASSED: Final = re.compile(
    r"<(?P<name>pre|code|kbd|samp|script|style|textarea|svg|math)(?=[\s>])|(?P<comment><!--)"
    r'|<(?P<box>span|div) class="texmath[^<>]*>[^<]*(?:<code>[^<]*</code>[^<]*)?</(?P=box)>'
)
_TEXTS: Final = re.compile(r'<[^<>]*?\s(?:alt|title|aria-label)="(?P<text>[^"]*)"[^<>]*>|<[^<>]*>')
_INLINE: Final = re.compile(r"</?(?:em|strong|a|abbr|span|sub|sup|del|ins|mark)\b[^<>]*>")
_SEAM: Final = "\0"
_ESCAPED: Final = ("$", "\\(", "\\[")
_NAMES: Final = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|theta|kappa|lambda|sigma|omega|varphi|Gamma"
    "|Delta|Theta|Lambda|Sigma|Omega|infty|cdot|cdots|ldots|times|leq|geq|neq|approx|partial"
    "|nabla|mathbb|mathbf|mathcal|frac|sqrt|rightarrow|Rightarrow"
)
_TEX: Final = re.compile(
    rf"""
    (?P<dollars>\$\$[^$\0]+\$\$ | \$[^$\0]+?\$(?![\d$]))
    | \\\((?:(?!\\[()])[^\0])+\\\) | \\\[(?:(?!\\[\[\]])[^\0])+\\\]
    | \\(?:begin|end)\{{[a-zA-Z]+\*?\}}
    | \\[a-zA-Z]{{2,}}\{{[^\0]{{0,40}}
    | \\(?:{_NAMES})(?![a-zA-Z\\])
    """,
    re.VERBOSE,
)
_SIGN: Final = re.compile(r"\\[a-zA-Z]|\^|(?<![A-Za-z]{2})_|=")
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_ARGUMENT: Final = re.compile(r"\\[a-zA-Z]+(?:\{[^{}]*\})?")
_SHOWN: Final = 60
"""characters of a place that a warning quotes"""
_TRIED: Final = 1000
"""places of one page that are looked for in its text"""
MOST: Final = 20
"""places of one page that are said"""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A place of a page where TeX stayed text."""

    text: str
    line: int
    """Where it stands in the Markdown text, counted from 1; 0 where it does not stand there."""


def leftovers(html: str, source: str) -> tuple[Leftover, ...]:
    r"""Find the TeX that a reader would see as it was written.

    Code is passed over, and so are prices and dollars after a backslash.

    Args:
        html: a page's content, with placeholders for its formulas or with MathML.
        source: its Markdown text.
    """
    if "$" not in html and "\\" not in html:
        return ()
    texts = islice(dict.fromkeys(_texts(html)), _TRIED)
    found = {text: Leftover(text[:_SHOWN], _line(text, source)) for text in texts}
    return tuple(
        each
        for text, each in found.items()
        # dollars and brackets that do not stand in the source so were written with a backslash
        if each.line > 0 or (each.line == 0 and not text.startswith(_ESCAPED))
    )


def _texts(html: str) -> Iterator[str]:
    visible = _INLINE.sub(_attributes, _SEAM.join(_visible(html)))
    attributes = [each["text"] for each in _TEXTS.finditer(visible) if each["text"]]
    for text in (_TEXTS.sub(_SEAM, visible), *attributes):
        for found in _TEX.finditer(unescape(text)):
            if not found["dollars"] or _is_formula(found[0].strip("$")):
                yield found[0]


def _visible(html: str) -> Iterator[str]:
    """Give what stands between code, drawings, comments and formulas."""
    at, unclosed = 0, set[str]()
    while found := _PASSED.search(html, at):
        yield html[at : found.start()]
        at, name = found.end(), found["name"]
        ending = f"</{name}" if name else "-->"
        if found["box"] or ending in unclosed:
            continue
        end = html.find(ending, at)
        if end < 0:  # nor will the next be closed
            unclosed.add(ending)
        at = max(at, end)
    yield html[at:]


def _attributes(found: re.Match[str]) -> str:
    """Drop a tag between words, but not what it says to a reader."""
    return found[0] if "title=" in found[0] or "aria-label=" in found[0] else ""


def _is_formula(content: str) -> bool:
    """Whether it is no sentence between two prices."""
    if _WORD.search(_ARGUMENT.sub("", content)):
        return False
    return bool(_SIGN.search(content)) or re.search(r"[A-Za-z]", content) is not None


def _line(text: str, source: str) -> int:
    """Find the line of a text; 0 where it stands nowhere, -1 where only after a backslash."""
    line = 0
    for part in (text, text.split("\n")[0], text[:8]):
        for found in re.finditer(re.escape(part), source) if len(part) > 1 else ():
            if source[: found.start()].endswith("\\"):
                line = -1
            else:
                return source.count("\n", 0, found.start()) + 1
    return line
