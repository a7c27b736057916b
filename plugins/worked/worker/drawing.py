"""A matplotlib figure to one SVG: the style of a worker, and the drawing."""

import io
from typing import Any, Final

import matplotlib as mpl
from cycler import cycler
from matplotlib.backends import backend_svg
from matplotlib.figure import Figure

from worked.palette import BG, CYCLE, FG, LINE, MUTED
from worked.protocol.outputs import Drawing
from worked.svg import compact_svg
from worked.worker.schemes import in_both_schemes, readable_numbers

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
    "figure.figsize": (3.75, 2.6),  # on a phone of 360 px, text of this size has 11 px
    "font.size": 10.0,
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


def draw_figure(figure: Figure) -> Drawing:
    """Draw a figure as SVG; equal figures give equal bytes.

    Sentinel colours become `var(--fig-NAME)`, text stays text in the page's own font, pixels keep
    their size, and ids begin with `ID_PREFIX`: those that the drawing uses itself, and those that
    its author gave by `set_gid`, by which a script of the site finds a part of it.
    """
    # ids come from a hash: without a fixed salt, from a random one
    salt = mpl.rc_context({"svg.hashsalt": "worked", "svg.fonttype": "none"})
    with salt, readable_numbers(figure):
        svg, named = _saved(figure)
    return compact_svg(in_both_schemes(svg, figure), named)


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
