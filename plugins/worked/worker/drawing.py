"""A matplotlib figure to one compact SVG for both colour schemes.

Runs in the worker process only: it is one of the rooms that import NumPy and matplotlib.
"""

import io
import re
from typing import Any, Final

import matplotlib as mpl
from cycler import cycler
from matplotlib.backends import backend_svg
from matplotlib.figure import Figure

from worked.palette import BG, CYCLE, FG, LINE, MUTED, SENTINELS
from worked.protocol.outputs import Drawing

ID_PREFIX: Final = "@-"
"""Begins every id of a drawing until it is placed: ids must be unique in the whole site."""

RC_PARAMS: Final[dict[Any, Any]] = {
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.labelcolor": FG,
    "axes.prop_cycle": cycler(color=CYCLE),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": FG,
    "boxplot.boxprops.color": FG,
    "boxplot.capprops.color": FG,
    "boxplot.flierprops.color": FG,
    "boxplot.flierprops.markeredgecolor": FG,
    "boxplot.whiskerprops.color": FG,
    "figure.edgecolor": "none",
    "figure.facecolor": "none",
    "figure.figsize": (4.6, 3.2),
    "font.size": 9.0,
    "grid.color": LINE,
    "hatch.color": FG,
    "image.interpolation": "none",  # embeds native pixels
    "legend.edgecolor": LINE,
    "legend.facecolor": BG,
    "legend.framealpha": 0.8,
    "legend.labelcolor": FG,
    "lines.color": CYCLE[0],
    "mathtext.fontset": "dejavusans",  # the STIX fonts as text have no sigma
    "patch.edgecolor": FG,
    "patch.facecolor": CYCLE[0],
    "savefig.edgecolor": "none",
    "savefig.facecolor": "none",
    "savefig.transparent": False,
    "svg.fonttype": "none",
    "text.color": FG,
    "xtick.color": MUTED,
    "xtick.labelcolor": FG,
    "ytick.color": MUTED,
    "ytick.labelcolor": FG,
}
"""matplotlib's settings in a worker: a stock plot follows the colour scheme too."""

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


def draw_figure(figure: Figure) -> Drawing:
    """Draw a figure as SVG; equal figures give equal bytes.

    Sentinel colours become `var(--fig-NAME)`, text stays text in the page's own font, pixels keep
    their size, and ids begin with `ID`: those that the drawing uses itself, and those that its
    author gave by `set_gid`, by which a script of the site finds a part of it.
    """
    # ids come from a hash: without a fixed salt, from a random one
    with mpl.rc_context({"svg.hashsalt": "worked", "svg.fonttype": "none"}):
        svg, named = _saved(figure)
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("matplotlib wrote an SVG without a size")
    return Drawing(_compact(svg, named), float(size[2]), float(size[3]))


class _Stream(io.StringIO):
    """Takes the SVG of one figure, and notes the ids in it that the figure's author gave."""

    def __init__(self) -> None:
        super().__init__()
        self.named: set[str] = set()
        self.is_told = False
        """Whether a renderer has told anything."""


class _Renderer(backend_svg.RendererSVG):
    """Tells its stream the ids that it is told.

    A walk over all artists finds them too, but has matplotlib build every tick, also of axes that
    are off.  One class for all drawings: the interpreter specialises its code for it.
    """

    def __init__(self, width: float, height: float, svgwriter: _Stream, *rest: Any, **more: Any):
        self._stream = svgwriter
        super().__init__(width, height, svgwriter, *rest, **more)  # type: ignore[no-untyped-call]

    def open_group(self, s: str, gid: str | None = None) -> None:
        self._note(gid)
        super().open_group(s, gid)  # type: ignore[no-untyped-call]

    def draw_image(self, gc: Any, *place: Any, **more: Any) -> None:
        self._note(gc.get_gid())
        super().draw_image(gc, *place, **more)  # type: ignore[no-untyped-call]

    def _note(self, gid: str | None) -> None:
        self._stream.is_told = True
        if gid:
            self._stream.named.add(gid)


def _saved(figure: Figure) -> tuple[str, set[str]]:
    """Give matplotlib's SVG of a figure, and the ids in it that its author gave."""
    stream = _Stream()
    theirs = backend_svg.RendererSVG
    backend_svg.RendererSVG = _Renderer  # type: ignore[misc]
    try:
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    finally:
        backend_svg.RendererSVG = theirs  # type: ignore[misc]
    if stream.is_told:
        return stream.getvalue(), stream.named
    # a matplotlib that makes its renderer in another way: slower, and the same
    return stream.getvalue(), {gid for artist in figure.findobj() if (gid := artist.get_gid())}


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


def _compact(svg: str, named: set[str]) -> str:
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
