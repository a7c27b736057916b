"""Outputs to HTML: pure, and escaped on the way."""

import re
from html import escape

from worked.markup import shown_controls
from worked.numerals import is_numeric, typeset_number
from worked.protocol.outputs import ExpectedError, Matrix, Text
from worked.protocol.pictures import Picture
from worked.protocol.terminal import Style, runs

_SPEECHLESS = re.compile(r'<img(?![^>]* alt=")')


def text_html(output: Text) -> str:
    """Lay out what was printed."""
    return _pre("worked-text", output.text.rstrip("\n"))


def failure_html(output: ExpectedError) -> str:
    """Lay out the exception that the cell was meant to raise."""
    return _pre("worked-failure", f"{output.kind}: {output.message}".rstrip(": "))


def escape_text(content: str) -> str:
    """Escape a text, and show the control characters that HTML does not allow.

    Two of them begin and end Python-Markdown's placeholders: it would put another part of the page
    in their place.
    """
    return escape(shown_controls(content))


def _pre(name: str, content: str) -> str:
    styled = "".join(_run(part, style) for part, style in runs(content))
    return f'<pre class="{name}" tabindex="0"><code>{styled}</code></pre>'


def _run(part: str, style: Style) -> str:
    """Lay out a part of a printed text in its colours and weights."""
    if not style:
        return escape_text(part)
    names = " ".join(f"worked-{word}" for word in sorted(style))
    return f'<span class="{names}">{escape_text(part)}</span>'


def matrix_html(output: Matrix) -> str:
    """Lay out an array: its name, one table for each slice, then shape and dtype."""
    shape = " × ".join(map(str, output.shape))
    if len(output.shape) == 1:
        shape = f"{shape} {'entry' if output.shape == (1,) else 'entries'}"
    label = f"{shape} array of {output.dtype}"
    foot = f'<p class="worked-shape">{escape_text(shape)}, {escape_text(output.dtype)}</p>'
    if len(output.shape) <= 2:
        name, rows = output.slices[0] if output.slices else ("", ())
        title = f'<p class="worked-name">{escape_text(name)}</p>' if name else ""
        body = title + _table(rows, f"{name}: {label}" if name else label)
    else:
        slices = "".join(
            f'<div class="worked-slice"><p class="worked-index">{escape_text(index)}</p>'
            f"{_table(rows, f'{index} of the {label}') if rows else ''}</div>"
            for index, rows in output.slices
        )
        body = f'<div class="worked-slices">{slices}</div>'
    return f'<div class="worked-array">{body}{foot}</div>'


def _table(rows: tuple[tuple[str, ...], ...], label: str) -> str:
    body = "".join(
        f"<tr>{''.join(f'<td>{number_html(entry)}</td>' for entry in row)}</tr>" for row in rows
    )
    return (
        f'<div class="worked-scroll" tabindex="0" role="group" aria-label="{escape_text(label)}">'
        f'<table class="worked-matrix"><tbody>{body}</tbody></table></div>'
    )


def number_html(entry: str) -> str:
    """Escape a number, written as readers know it."""
    return escape_text(typeset_number(entry))


def value_html(entry: str) -> str:
    """Lay out a value in prose; safe in text and in attributes."""
    return escape(signed(entry))


def signed(entry: str) -> str:
    """Give a value as plain text, not escaped.

    Only a text that is a number, or a tuple or list of numbers, gets a real minus sign and powers.
    """
    return shown_controls(typeset_number(entry) if is_numeric(entry) else entry)


def rich_html(clean: str, alt: str = "") -> str:
    """Lay out HTML that an object says of itself; it has been cleaned.

    Args:
        clean: the HTML.
        alt: what its pictures show, in words, where they do not say so themselves.
    """
    described = _SPEECHLESS.sub(lambda _: f'<img alt="{escape_text(alt)}"', clean)
    return f'<div class="worked-html">{described}</div>'


def picture_html(output: Picture, alt: str) -> str:
    """Lay out a picture of pixels in its own colours; `alt` says what it shows."""
    width, height = (max(1, round(side)) for side in (output.width, output.height))
    return (
        f'<div class="worked-drawing"><img src="data:{output.mime};base64,{output.data}" '
        f'alt="{escape_text(alt)}" width="{width}" height="{height}"></div>'
    )
