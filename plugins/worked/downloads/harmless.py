"""Prose in files that others open: text, and nothing that runs there.

What reads these files takes more for code than Python and Markdown do: editors and runners look
into comments, and some viewers of notebooks let HTML through as it is written.
"""

import html
import re
from typing import Final

from worked.errors import CONTROL_PICTURES
from worked.html import is_allowed_address, is_inactive_markup

JOINER: Final = "\N{WORD JOINER}"
"""Takes the power out of what it stands in, and is not seen."""

_PICTURES: Final = {
    **CONTROL_PICTURES,
    0xFEFF: 0xFFFD,
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_ROWS: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DIRECTIVE: Final = re.compile(r"^(?P<indent>\s*)(?P<sign>%%|/{3}|<codecell>|In\s*\[)")
"""Begins a cell, or a list of packages to install, for what reads comments."""

_SIGN: Final = re.compile(r"<(?=[a-zA-Z/!?])")
_MARKUP: Final = re.compile(r"<!--(?:(?!--)[^<>])*-->|<(?:[^\"'<>]+|\"[^\"]*\"|'[^']*')*+>")
_AUTOLINK: Final = re.compile(r"<(?:[a-zA-Z]+:[^\s<>\"']*|[\w.+-]+@[\w.-]+)>")
_TARGET: Final = re.compile(
    r"\](?:\(|:)\s*<(?=(?P<inner>[^>\n]*))|\]\(\s*(?=(?P<target>[^ \n]*))"
    r"|\]:\s*(?=(?P<named>[^ \n]*)[ \t]*(?:\n|\Z|[\"'(]))"
)
"""Where the address of a link begins; that of a name has nothing but a title after it."""
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_TEX: Final = re.compile(
    r"\\(?=(?:href|url|style|class|cssId|require|includegraphics|unicode|csname|html\w*|data)"
    r"(?![a-zA-Z]))"
)
"""What MathJax and KaTeX make more of than a formula."""


def as_comment(text: str) -> str:
    """Write a text as comments: no row of it is anything else, whoever reads it."""
    rows = (row.translate(_PICTURES) for row in _ROWS.split(text))
    return "\n".join(f"# {_DIRECTIVE.sub(_escape, row, count=1)}".rstrip() for row in rows)


def _escape(found: re.Match[str]) -> str:
    return f"{found['indent']}\\{found['sign']}"


def as_markdown(text: str) -> str:
    """Give Markdown in which no viewer finds anything that runs.

    Each sign is looked at for itself, since viewers do not agree on what is code.
    """
    text = _ROWS.sub("\n", text).translate(_PICTURES)
    parts, at = [], 0
    for sign in _SIGN.finditer(text):
        if not _is_harmless(text, sign.start()):
            parts += [text[at : sign.end()], JOINER]
            at = sign.end()
    text = "".join([*parts, text[at:]])
    return _TEX.sub(rf"\\{JOINER}", _TARGET.sub(_target, text))


def _is_harmless(text: str, at: int) -> bool:
    """Whether the `<` at an offset begins what shows only."""
    if link := _AUTOLINK.match(text, at):
        return is_allowed_address(link[0][1:-1])
    found = _MARKUP.match(text, at)
    return found is not None and is_inactive_markup(found[0])


def _target(found: re.Match[str]) -> str:
    target = html.unescape(_ESCAPED.sub(r"\1", next(filter(None, found.groups()), "")))
    return found[0] if is_allowed_address(target) else f"{found[0]}{JOINER}"
