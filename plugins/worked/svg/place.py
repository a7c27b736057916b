"""Make a checked drawing fit to stand in a page: its size, its title, its ids."""

import re
from html import escape

from worked.svg.check import svg_size

_BEFORE_ID = re.compile(r"""(?:\s(?:id|xlink:href)\s*=\s*["']#?|url\(\s*#)$""")


def place_svg(svg: str, prefix: str, *, title: str, name: str = "") -> str:
    """Make a drawing fit to stand in a page.

    Args:
        svg: as `compact_svg` made it and `check_svg` let it pass.
        prefix: begins every id: unique in the whole site, but that drawings which share parts also
            share it.
        title: the alternative text, plain.
        name: unique in the whole site, where the prefix is not.

    Raises:
        UnsafeError: when the drawing does not say its size.
    """
    # one point of the drawing is 4/3 pixels of the page
    width, height = (round(size * 4 / 3, 2) for size in svg_size(svg))
    placed = prefix_ids(svg, prefix)
    name = f"{name or prefix}_title"  # no id of the drawing's own can be that
    head, _, body = placed.removeprefix("<svg").partition(">")
    return (
        f'<svg{head} width="{width:g}" height="{height:g}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(title)}</title>{body}'
    )


def prefix_ids(svg: str, prefix: str) -> str:
    """Begin every id with the prefix; a pattern that looks at every letter takes ten times long."""
    first, *others = svg.split("@-")
    parts, before = [first], first
    for part in others:
        parts += [f"{prefix}-" if _BEFORE_ID.search(before[-80:]) else "@-", part]
        before = part
    return "".join(parts)
