"""Make an SVG that a cell drew small, and one for both colour schemes: text in, text out."""

import re
from typing import Final

from worked.palette import SENTINELS
from worked.protocol.outputs import Drawing

ID_PREFIX: Final = "@-"
"""Begins every id of a drawing until it is placed: ids must be unique in the whole site."""

_NAMES: Final = {code: name for name, code in SENTINELS.items()}
_SENTINEL = re.compile("|".join(SENTINELS.values()), re.IGNORECASE)
_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'(<svg\b[^>]*?) width="([\d.]+)pt" height="([\d.]+)pt"')
_NAMESPACES = re.compile(r' (?:xmlns|xmlns:xlink|version)="[^"]*"')
_STYLE_TAG = re.compile(r"\s*<style[^>]*>(.*?)</style>", re.DOTALL)
_EMPTY = re.compile(r"\s*<(g|defs)(?: id=\"[^\"]*\")?(?:/>|>\s*</\1>)")
_USED = re.compile(r'(?:url\(#|xlink:href="#)([^")]+)')
_ID = re.compile(r' id="([^"]*)"')
_FAMILY = re.compile(r"font-family: [^;\"]*;?\s*")
_FONT = re.compile(r"font: ((?:italic |oblique )?)((?:bold |\d{3} )?)([\d.]+px) [^;\"]*")
_UNTURNED = re.compile(r' transform="rotate\(-?0(?:\.0*)? [^)]*\)"')
_POINTS = re.compile(r' d="([^"]*)"')
_BARE_GROUP = re.compile(r"<g>((?:(?!<g[ >]|</g>).)*)</g>", re.DOTALL)
_INVISIBLE = re.compile(r'<path d="[^"]*" style="fill: none"/>')
_VIEW = re.compile(r'\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_OWN_SIZE = re.compile(r' (?:width|height)="[^"]*"')
_TAG = re.compile(r"<\w[^<>]*>")
_QUOTED = re.compile(r"""\s+([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^"']*)')""")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def adopt_svg(svg: str) -> Drawing:
    """Take in an SVG that an object drew of itself, by `_repr_svg_`.

    Raises:
        ValueError: when it does not say its size by a `viewBox`.
    """
    svg = _TAG.sub(lambda tag: _QUOTED.sub(_attribute, tag[0]), _COMMENT.sub("", svg))
    head, _, body = _HEAD.sub("", svg).partition(">")
    view = _VIEW.search(head)
    if view is None:
        raise ValueError("an SVG from _repr_svg_ without a viewBox")
    body = _ID.sub(lambda found: f' id="{ID_PREFIX}{found[1]}"', body)
    body = _USED.sub(lambda found: found[0].replace("#", "#" + ID_PREFIX), body)
    head = _OWN_SIZE.sub("", _NAMESPACES.sub("", head))
    return Drawing(f"{head}>{body.strip()}", float(view[1]), float(view[2]))


def _attribute(found: re.Match[str]) -> str:
    """Write an attribute as matplotlib does: double quotes, and links by their old name."""
    name = "xlink:href" if found[1] == "href" else found[1]
    return f' {name}="{found[2] or found[3] or ""}"'


def compact_svg(svg: str, named: set[str]) -> Drawing:
    """Make matplotlib's SVG small, and one for both colour schemes.

    Args:
        svg: as matplotlib writes it.
        named: the ids in it that its author gave: they stay, with those that the drawing uses.

    Raises:
        ValueError: when it does not say its size.
    """
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("matplotlib wrote an SVG without a size")
    return Drawing(_compacted(svg, named), float(size[2]), float(size[3]))


def _compacted(svg: str, named: set[str]) -> str:
    svg = _METADATA.sub("", _HEAD.sub("", svg))
    svg = _SIZE.sub(r"\1", svg)
    head, _, body = svg.partition(">")
    # joins and caps are matplotlib's own defaults, said once on the root instead of in a <style>
    head = _NAMESPACES.sub("", head) + ' style="stroke-linejoin: round; stroke-linecap: butt"'
    body = _STYLE_TAG.sub("", body)
    body = _COMMENT.sub("", body)
    body = _POINTS.sub(lambda found: f' d="{" ".join(found[1].split())}"', body)
    body = _UNTURNED.sub("", body)
    body = _FONT.sub(_font, _FAMILY.sub("", body))
    kept = named.union(_USED.findall(body))
    body = _ID.sub(lambda found: f' id="{ID_PREFIX}{found[1]}"' if found[1] in kept else "", body)
    body = _USED.sub(lambda found: found[0].replace("#", "#" + ID_PREFIX), body)
    body = _INVISIBLE.sub("", body)
    body = re.sub(r">\s+<", "><", body.strip())
    while (smaller := _BARE_GROUP.sub(r"\1", _EMPTY.sub("", body))) != body:
        body = smaller
    return _SENTINEL.sub(lambda found: f"var(--fig-{_NAMES[found[0].lower()]})", f"{head}>{body}")


def _font(found: re.Match[str]) -> str:
    """Keep slant, weight and size of a font; the family is the page's."""
    slant, weight, size = found[1].strip(), found[2].strip(), found[3]
    parts = [f"font-size: {size}"]
    if slant:
        parts.append(f"font-style: {slant}")
    if weight:
        parts.append(f"font-weight: {weight}")
    return "; ".join(parts)
