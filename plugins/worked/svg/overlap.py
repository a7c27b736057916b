"""Write once what the drawings of one sweep have in common: they have been checked before.

A drawing is a list of elements below its root.  Elements that follow each other wherever one of
them appears are one run; a run that appears more than once moves into a drawing of its own, which
shows nothing, and a `<use>` stands in its place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

_SHORTEST: Final = 80
"""characters of a run that is worth a name"""

_TAG = re.compile(r"<(/?)([\w:]+)[^<>]*?(/?)>")
_ID = re.compile(r'(?<=\sid=")@-([\w.-]+)(?=")')
_NAMED = re.compile(r"@-([\w.-]++)")
_DEFS = re.compile(r"<defs>(.*)</defs>", re.DOTALL)


def share_parts(svgs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Take apart what several drawings have in common.

    Args:
        svgs: drawings whose ids begin with `@-`.

    Returns:
        A drawing of the common parts, empty where there are none, and each drawing without them.
        Their ids belong together: all must be placed with one prefix.
    """
    whole = [svg.removesuffix("</svg>").partition(">") for svg in svgs]
    bodies = [list(_elements(body)) for _, _, body in whole]
    torn = _torn(bodies)
    bodies = [_own(body, number, torn) for number, body in enumerate(bodies)]
    rows = _runs(bodies)
    counts = Counter(run for row in rows for run in row)
    names: dict[str, str] = {}
    for run, count in counts.items():
        if count > 1 and (len(run) >= _SHORTEST or _ID.search(run)):
            names[run] = f"@-_{len(names)}"
    common = "".join(f'<g id="{name}">{run}</g>' for run, name in names.items())
    rest = [
        "".join(f'<use xlink:href="#{names[run]}"/>' if run in names else run for run in row)
        for row in rows
    ]
    done = (f"{head}>{body}</svg>" for (head, _, _), body in zip(whole, rest, strict=True))
    return f"<svg><defs>{common}</defs></svg>" if common else "", tuple(done)


def _elements(body: str) -> Iterator[str]:
    """Cut a drawing into the elements below its root; each definition stands alone."""
    for element in _cut(body):
        if found := _DEFS.fullmatch(element):
            yield from (f"<defs>{inner}</defs>" for inner in _cut(found[1]))
        else:
            yield element


def _cut(body: str) -> Iterator[str]:
    depth = start = 0
    for tag in _TAG.finditer(body):
        depth += 0 if tag[3] else -1 if tag[1] else 1
        if depth == 0:
            yield body[start : tag.end()].strip()
            start = tag.end()


def _torn(bodies: Sequence[Sequence[str]]) -> frozenset[str]:
    """Find the ids that stand for different things in different drawings."""
    owners: dict[str, set[str]] = defaultdict(set)
    for element in {element for body in bodies for element in body}:
        for name in _ID.findall(element):
            owners[name].add(element)
    return frozenset(name for name, elements in owners.items() if len(elements) > 1)


def _own(body: Sequence[str], number: int, torn: frozenset[str]) -> list[str]:
    """Give such ids a name of the drawing's own."""
    if not torn:
        return list(body)

    def own(found: re.Match[str]) -> str:
        return f"@-_{number}.{found[1]}" if found[1] in torn else found[0]

    return [_NAMED.sub(own, element) for element in body]


def _runs(bodies: Sequence[Sequence[str]]) -> list[list[str]]:
    """Join the elements that follow each other wherever one of them appears."""
    behind: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        for one, other in pairwise(["", *body, ""]):
            behind[one].add(other)
            before[other].add(one)
    rows = []
    for body in bodies:
        row: list[str] = []
        last = ""
        for element in body:
            if row and behind[last] == {element} and before[element] == {last}:
                row[-1] += element
            else:
                row.append(element)
            last = element
        rows.append(row)
    return rows
