"""The one place with the sizes, lines and colours of the drawings.

Every length is in points, 72 to the inch.  A page shows a drawing at its natural size, and scales
it down where that is wider than the page: a screen of 360 px leaves 301 px beside code and 265 px
in a box.  There is one size of text and one width, so that the text has 11 px even there.
"""

import math
from collections.abc import Callable
from functools import wraps
from typing import Final, Literal, ParamSpec, TypeVar

import matplotlib
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from figures.numbers import ten_to, tidy
from worked.palette import BG, FG, MAP, MUTED, NEG, POS

WIDTH: Final = 272.0
"""What a drawing may be wide."""
BOXED: Final = 240.0
"""The same where it stands in a box."""
TEXT: Final = 10.0
SYMBOL: Final = 14.0
STAR: Final = 22.0
"""Of the signs that fonts draw small."""
CELL: Final = 21.0
"""Side of a matrix cell whose number is short."""
GAP: Final = 8.0
MARGIN: Final = 2.0
"""Around a drawing, so that outlines on its edge are not cut."""

HAIR: Final = 0.6
"""Grids and axes."""
STROKE: Final = 1.5
"""Curves."""
OUTLINE: Final = 2.0
"""The highlighted window."""
DASHES: Final = (0.0, (3.0, 2.0))

STRONGEST: Final = 0.65
"""Alpha of the largest magnitude behind a number: the number keeps a contrast of 4.5:1."""

# What a colour means, in every drawing.
PLUS: Final = POS
"""Above zero, of numbers that may be negative."""
MINUS: Final = NEG
"""Below zero."""
SIZE: Final = MAP
"""How large, of numbers that cannot be negative: counts, shares, activations after a ReLU."""
THING: Final = MUTED
"""A map, a layer or a neuron itself, whatever its numbers: neither large nor negative."""

# Pixels hold no CSS variables: these are the same on the light and the dark page.
PLUS_INK: Final = (0xC9, 0x6A, 0x2B)
MINUS_INK: Final = (0x3B, 0x82, 0xC4)
SIZE_INK: Final = (0x25, 0x8F, 0x76)

P = ParamSpec("P")
R = TypeVar("R")


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Run `draw` with matplotlib's own settings, whatever the page has set for its drawings."""

    @wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            return draw(*args, **kwargs)

    return run


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a transparent figure and its one axes: points, x to the right, y downwards."""
    figure = paper(width, height)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    axes.set_xlim(0.0, width)
    axes.set_ylim(height, 0.0)
    return figure, axes


def paper(width: float, height: float) -> Figure:
    """Return an empty transparent figure of that many points."""
    figure = Figure(figsize=(width / 72, height / 72), facecolor="none", edgecolor="none")
    figure.patch.set_visible(False)
    return figure


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Return axes with muted, thin left and bottom spines, placed in points from the top left."""
    across, down = (72 * inches for inches in figure.get_size_inches())
    axes = figure.add_axes(
        (left / across, 1 - (top + height) / down, width / across, height / down)
    )
    axes.patch.set_visible(False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set(color=MUTED, linewidth=HAIR)
    axes.tick_params(
        which="both", color=MUTED, labelcolor=MUTED, labelsize=TEXT, width=HAIR, length=3, pad=3
    )
    axes.tick_params(which="minor", length=0)
    return axes


def tick(axis: Axis, count: int) -> None:
    """Put at most about so many ticks at round numbers, written plainly."""
    axis.set_major_locator(MaxNLocator(count, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tidy(f"{value:,.10g}")))


def tick_powers(axis: Axis, low: float, high: float) -> None:
    """Put ticks on a logarithmic axis: powers of ten, and their 2 and 5 where there are few."""
    few = high < 100 * low
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,), numticks=8))
    axis.set_minor_formatter(NullFormatter())
    plain = few or (low >= 0.01 and high < 1e5)
    axis.set_major_formatter(
        FuncFormatter(
            lambda value, _: f"{value:,.10g}" if plain else ten_to(round(math.log10(value)))
        )
    )


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT,
    color: str = FG,
    ha: Literal["left", "center", "right"] = "center",
    behind: bool = False,
) -> Text:
    """Write text whose capitals and digits are centred on y, on a `canvas`.

    The baseline is set here, since a reader's font has other heights than the one measured with.
    `behind` puts a patch of the page's background behind the text.
    """
    box = {"boxstyle": "square,pad=0.15", "facecolor": BG, "edgecolor": "none"} if behind else None
    return axes.text(
        x, y + 0.36 * size, text, fontsize=size, color=color, ha=ha, va="baseline", bbox=box
    )


def write_symbol(axes: Axes, x: float, y: float, symbol: str) -> None:
    """Write a sign between two things, centred on (x, y) of a `canvas`."""
    size = _symbol_size(symbol)
    # Signs are centred a little lower above the baseline than capitals.
    write(axes, x, y - 0.05 * size, symbol, size=size)


def symbol_width(symbol: str) -> float:
    """Return how wide a sign is, in points."""
    return text_width(symbol, _symbol_size(symbol))


def _symbol_size(symbol: str) -> float:
    return STAR if symbol in ("⋆", "·") else SYMBOL


def text_width(text: str, size: float = TEXT) -> float:
    """Return how wide a line of text is, in points."""
    ismath: Literal["TeX"] | bool = text.count("$") >= 2
    width, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family="DejaVu Sans", size=size), ismath
    )
    return float(width)
