"""What changed, as one page of HTML that needs nothing beside it.

Everything in it is data of a stranger: texts are escaped, drawings are those that the build has
checked, and the policy at the top lets nothing run but the script of this module.
"""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib import resources
from itertools import groupby
from typing import Final

from worked.changes.difference import Alteration, Changes, plain
from worked.changes.summary import number_told
from worked.changes.wording import Run, runs_of
from worked.html import escape_text, picture_html
from worked.protocol.outputs import Drawing, Leaf, Matrix
from worked.protocol.pictures import Picture
from worked.svg import place_svg

MAX_REPORT: Final = 20_000_000
"""characters; what comes after is counted, not shown"""
MAX_TEXT: Final = 20_000
"""characters of one text that changed"""

_AROUND: Final = 4
"""lines that stayed, shown before and after what changed"""
_TAGS: Final = {"same": "{}", "old": "<del>{}</del>", "new": "<ins>{}</ins>"}


def report_page(changes: Changes, old: str, new: str) -> str:
    """Lay out the comparison page.

    Args:
        changes: between the two states.
        old: the name of the one, as the reader of the page knows it.
        new: that of the other.
    """
    style = "".join(map(_asset, ("worked.css", "changes.css")))
    script = _asset("changes.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
        f"form-action 'none'; script-src 'sha256-{digest}'"
    )
    title = f"What changed: {old} → {new}"
    body = "".join(_body(changes))
    return (
        '<!doctype html>\n<html lang="en" data-md-color-scheme="default"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape_text(title)}</title><style>{style}</style></head>"
        f'<body class="changes"><header><h1>What changed</h1><p class="changes-states">'
        f"<code>{escape_text(old)}</code> → <code>{escape_text(new)}</code></p>"
        f"{_head(changes)}</header><main>{body}{_times(changes)}</main><script>{script}</script></body></html>\n"
    )


def _asset(name: str) -> str:
    return resources.files("worked").joinpath("assets", name).read_text("utf-8")


def _head(changes: Changes) -> str:
    """Count what changed, by page and by kind."""
    moved = f", {changes.moved} of them elsewhere" if changes.moved else ""
    same = f"{changes.same} blocks and cells of {changes.pages} pages are the same{moved}."
    if not changes.changes:
        return f"<p>Nothing that a reader sees has changed: {same}</p>"
    kinds = "".join(f"<li>{count} × {escape(kind)}</li>" for kind, count in changes.counted)
    pages = "".join(
        f'<li><a href="#page-{number}">{escape_text(name)}</a> <span>{len(list(group))}</span></li>'
        for number, (name, group) in enumerate(groupby(changes.changes, lambda one: one.page))
    )
    return (
        f'<ul class="changes-kinds">{kinds}</ul><p>{same}</p>'
        f'<nav aria-label="Pages that changed"><ul>{pages}</ul></nav>'
    )


def _body(changes: Changes) -> Iterator[str]:
    size, left, number = 0, 0, 0
    for place, (name, group) in enumerate(groupby(changes.changes, lambda one: one.page)):
        parts = []
        for change in group:
            number += 1
            shown = _change(change, f"c{number}") if not left else ""
            if left or size + len(shown) > MAX_REPORT:
                left += 1
                continue
            size += len(shown)
            parts.append(shown)
        yield f'<section id="page-{place}"><h2>{escape_text(name)}</h2>{"".join(parts)}</section>'
    if left:
        yield f"<p>{left} more changes are left out: this page would be too large.</p>"


def _times(changes: Changes) -> str:
    """List the cells that took clearly more or less time."""
    rows = "".join(
        f"<tr><td>{escape_text(one.page)}</td><td>{one.line}</td><td>{one.told}</td></tr>"
        for one in changes.times
    )
    head = "<tr><th>page</th><th>line</th><th>time of the cell</th></tr>"
    return (
        '<section><h2>Time of cells</h2><div class="changes-scroll" tabindex="0" role="group" '
        f'aria-label="Time of cells"><table class="changes-times"><thead>{head}</thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
        if rows
        else ""
    )


def _change(change: Alteration, prefix: str) -> str:
    where = f", <code>{escape_text(change.where)}</code>" if change.where else ""
    head = f"<h3>{escape(change.kind)} <small>line {change.line}{where}</small></h3>"
    told = "".join(
        f"<li{' class=changes-beyond' if number.is_within is False else ''}>"
        f"{escape_text(number_told(number))}</li>"
        for number in change.numbers[:50]
    )
    numbers = f'<ul class="changes-numbers">{told}</ul>' if told else ""
    shown = f"{head}{_both(change, prefix)}{numbers}"
    return f'<article class="changes-one" id="{prefix}">{shown}</article>'


def _both(change: Alteration, prefix: str) -> str:
    """Lay out the old and the new state of one thing."""
    old, new = change.old, change.new
    if change.kind == "array of an element":
        return f"<p><code>{escape_text(plain(new))}</code> is another value.</p>"
    if change.kind == "export":
        pages = "".join(f"<li>{escape_text(page)}</li>" for page in change.touched)
        imported = f"<p>Imported by:</p><ul>{pages}</ul>" if pages else "<p>No page imports it.</p>"
        return f"<p><code>{escape_text(plain(new))}</code> is another value.</p>{imported}"
    if isinstance(old, Drawing | Picture) and isinstance(new, Drawing | Picture):
        return (
            '<changes-pair class="changes-pair">'
            f"<figure>{_image(old, f'{prefix}o', 'before')}<figcaption>before</figcaption></figure>"
            f"<figure>{_image(new, f'{prefix}n', 'after')}<figcaption>after</figcaption></figure>"
            "</changes-pair>"
        )
    if isinstance(old, Matrix) and isinstance(new, Matrix) and _same_form(old, new):
        return _matrices(old, new)
    if any(isinstance(one, Drawing | Picture) for one in (old, new)):
        parts = [(old, "before", "o"), (new, "after", "n")]
        return "".join(_side(one, said, prefix + mark) for one, said, mark in parts if one)
    return _words(plain(old), plain(new), is_code=change.kind.startswith(("code", "error", "cell")))


def _side(one: str | Leaf, said: str, prefix: str) -> str:
    shown = (
        _image(one, prefix, said)
        if isinstance(one, Drawing | Picture)
        else _words("", plain(one), is_code=False)
    )
    return f"<figure>{shown}<figcaption>{said}</figcaption></figure>"


def _image(one: Drawing | Picture, prefix: str, said: str) -> str:
    if isinstance(one, Picture):
        return picture_html(one, said)
    return f'<div class="worked-drawing">{place_svg(one.svg, prefix, title=said)}</div>'


def _words(old: str, new: str, *, is_code: bool) -> str:
    old, new = old[:MAX_TEXT], new[:MAX_TEXT]
    runs = "".join(_TAGS[run.tag].format(_run(run)) for run in runs_of(old, new))
    name = "changes-code" if is_code else "changes-text"
    name += "" if old and new else " changes-whole"
    return f'<pre class="{name}" tabindex="0">{runs}</pre>'


def _run(run: Run) -> str:
    """Lay out words that share one fate; of many lines that stayed, the first and the last."""
    lines = run.text.split("\n")
    if run.tag != "same" or len(lines) <= 3 * _AROUND:
        return escape_text(run.text)
    count = len(lines) - 2 * _AROUND
    first, last = ("\n".join(part) for part in (lines[:_AROUND], lines[-_AROUND:]))
    left = f'<span class="changes-left">{count} lines that stayed</span>'
    return f"{escape_text(first)}\n{left}\n{escape_text(last)}"


def _same_form(old: Matrix, new: Matrix) -> bool:
    return old.shape == new.shape and [at for at, _ in old.slices] == [at for at, _ in new.slices]


def _matrices(old: Matrix, new: Matrix) -> str:
    """Lay out the new matrix with the old entries above those that changed."""
    tables = []
    for (at, before), (_, after) in zip(old.slices, new.slices, strict=True):
        rows = []
        for one, two in zip(before, after, strict=False):
            entries = "".join(_entry(a, b) for a, b in zip(one, two, strict=False))
            rows.append(f"<tr>{entries}</tr>")
        index = f"<p>{escape_text(at)}</p>" if at else ""
        tables.append(
            f'{index}<div class="changes-scroll" tabindex="0" role="group" aria-label="matrix">'
            f'<table class="worked-matrix"><tbody>{"".join(rows)}</tbody></table></div>'
        )
    types = "" if old.dtype == new.dtype else f"<p>{escape(old.dtype)} → {escape(new.dtype)}</p>"
    return "".join(tables) + types


def _entry(old: str, new: str) -> str:
    if old == new:
        return f"<td>{escape_text(new)}</td>"
    return f"<td><del>{escape_text(old)}</del> <ins>{escape_text(new)}</ins></td>"
