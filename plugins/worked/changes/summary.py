"""What changed, as Markdown for a comment: bounded, and nothing of it is markup of a stranger."""

import re
from collections.abc import Iterator
from typing import Final

from worked.changes.difference import Alteration, Changes, plain
from worked.changes.wording import NumberChange, runs_of

MAX_SUMMARY: Final = 60_000
"""characters"""
_WIDTH: Final = 160
"""characters of an excerpt"""
_NUMBERS: Final = 12
"""numbers that are told of one change"""
_AROUND: Final = 30
"""characters of what stayed beside what changed"""

_ESCAPED: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~$@&:-])")


def summary(changes: Changes) -> str:
    """Write down what changed; of too much, how much is left out."""
    lines = [_head(changes), ""]
    if slow := _times(changes):
        lines.append(slow)
    size, left = sum(map(len, lines)) + 200, 0
    page = ""
    for change in changes.changes:
        entry = "\n".join(_entry(change))
        if change.page != page:
            entry = f"\n**{escaped(change.page)}**\n\n{entry}"
        if left or size + len(entry) + 1 > MAX_SUMMARY:
            left += 1
            continue
        page = change.page
        size += len(entry) + 1
        lines.append(entry)
    if left:
        lines += ["", f"{left} more changes are left out: the whole is in the comparison page."]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(changes: Changes) -> str:
    rest = f"{changes.same} blocks and cells of {changes.pages} pages are the same"
    if changes.moved:
        rest += f", {changes.moved} of them elsewhere"
    if not changes.changes:
        return f"Nothing that a reader sees has changed: {rest}."
    said = ", ".join(f"{count} × {kind}" for kind, count in changes.counted)
    return f"{said}; {rest}."


def _times(changes: Changes) -> str:
    """Say which cells took clearly more or less time."""
    told = [f"{escaped(one.page)} line {one.line}: {one.told}" for one in changes.times[:_NUMBERS]]
    more = len(changes.times) - len(told)
    rest = f"; and {more} more" if more else ""
    return f"Time of cells that ran: {'; '.join(told)}{rest}." if told else ""


def _entry(change: Alteration) -> Iterator[str]:
    where = f", {escaped(change.where)}" if change.where else ""
    head = f"- line {change.line}{where}, {change.kind}"
    if change.numbers:
        told = [number_told(number) for number in change.numbers[:_NUMBERS]]
        more = len(change.numbers) - len(told)
        yield (
            f"{head}: "
            + "; ".join(escaped(one) for one in told)
            + (f"; and {more} more" if more else "")
        )
    elif change.kind == "array of an element":
        yield f"{head}: {escaped(plain(change.new))}"
    elif change.kind == "drawing":
        sizes = dict.fromkeys(plain(one) or "no drawing" for one in (change.old, change.new))
        yield f"{head}: {escaped(', now '.join(sizes))}, drawn otherwise"
    elif change.kind == "page renamed":
        yield f"{head}: {escaped(plain(change.old))} → {escaped(plain(change.new))}"
    elif change.kind == "export":
        pages = ", ".join(map(escaped, change.touched)) or "no page"
        yield f"{head}: {escaped(plain(change.new))}, which {pages} imports"
    else:
        yield f"{head}: {quoted(plain(change.old), plain(change.new))}"


def number_told(number: NumberChange) -> str:
    """Say how a number changed."""
    said = f"{number.old} → {number.new}"
    if number.relative is not None:
        said += (
            f" ({number.relative:+.2g} of it)"
            if abs(number.relative) < 0.001
            else (f" ({number.relative:+.1%})")
        )
    if number.is_within is not None:
        said += ", within the tolerance" if number.is_within else ", beyond the tolerance"
    return said


def quoted(old: str, new: str) -> str:
    """Quote what changed with a little of what stands around it."""
    if not old or not new:
        return f"{'**' if new else '~~'}{escaped(_cut(new or old))}{'**' if new else '~~'}"
    parts: list[str] = []
    for run in runs_of(_line(old), _line(new)):
        text, mark = run.text, {"same": "", "old": "~~", "new": "**"}[run.tag]
        if not mark and len(text) > 2 * _AROUND:
            text = f"{text[:_AROUND]} … {text[-_AROUND:]}"
        inner = text.strip()
        before, _, after = text.partition(inner) if inner else (text, "", "")
        if mark and parts and parts[-1].endswith(("*", "~")):
            before = before or " "  # two marks in a row would be read as one
        parts.append(f"{before}{mark}{escaped(_cut(inner, 4 * _AROUND))}{mark}{after}")
    return _cut("".join(parts), 4 * _WIDTH)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int = _WIDTH) -> str:
    line = _line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return _ESCAPED.sub(r"\\\1", shown)
