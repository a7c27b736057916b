"""A window that slides over an input: the drawing, and its arithmetic in words.

The parts of the drawing have names, `sliding.PART.ROWS.COLUMNS`, by which `docs/assets/sliding.js`
moves the window to the number that a reader points at.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import ArrayLike, NDArray

from figures.arithmetic import Arithmetic, maximum, mean, products, written
from figures.grids import Window, check_window, grid, outline
from figures.layers import Layer, rows
from figures.matrices import Item, lay
from figures.numbers import Format, matrix
from figures.positions import Size, positions, two
from figures.style import CELL, OUTLINE, WIDTH, styled
from worked.palette import ACCENT, MUTED


@styled
def sliding(
    x: ArrayLike,
    kernel: ArrayLike,
    stride: Size = 1,
    padding: Size = 0,
    dilation: Size = 1,
    *,
    at: tuple[int, int] = (0, 0),
    labels: Sequence[str] = ("input", "kernel", "output"),
    fmt: Format | None = None,
    signed: bool = True,
) -> tuple[Figure, Arithmetic]:
    """Draw x ⋆ kernel and what comes out; a reader who points at a number sees its window.

    x: (H, W), padded here with zeros; kernel: (K, L); stride, padding, dilation: one number or
    (rows, columns).  at: place of the output whose window is outlined at first.
    signed: whether the numbers may be negative.
    The second thing returned says the same in words.
    Raises ValueError where the sizes do not fit or the drawing is too wide for a phone.
    """
    values, taps, ring = matrix(x, "x"), matrix(kernel, "kernel"), two(padding, "padding", least=0)
    full = np.pad(values, [(side, side) for side in ring])
    swept = positions(full.shape, taps, stride, dilation)
    write = products(written(taps, fmt))
    layer = Layer(full, ring, swept, lambda part: float((part * taps).sum()), fmt, write, taps)
    return _draw(layer, at, labels, title="Every window and its sum", signed=signed)


@styled
def pooling(
    x: ArrayLike,
    size: Size,
    summary: Literal["max", "mean"] = "max",
    stride: Size | None = None,
    padding: Size = 0,
    *,
    at: tuple[int, int] = (0, 0),
    labels: Sequence[str] = ("input", "output"),
    fmt: Format | None = None,
    signed: bool = True,
) -> tuple[Figure, Arithmetic]:
    """Draw a map and its largest numbers, or its means; pointing and words as with `sliding`.

    x: (H, W), padded here with −∞ for the maximum and with zeros, which count, for the mean.
    size, stride, padding: one number or (rows, columns); the stride is the size unless given.
    signed: whether the numbers may be negative; a map after a ReLU has none that is.
    Raises ValueError as `sliding` does.
    """
    if summary not in ("max", "mean"):
        raise ValueError(f"pooling: expected the summary 'max' or 'mean', got {summary!r}")
    largest = summary == "max"
    values, ring = matrix(x, "x"), two(padding, "padding", least=0)
    full = np.pad(
        values, [(side, side) for side in ring], constant_values=-np.inf if largest else 0.0
    )
    swept = positions(full.shape, size, size if stride is None else stride)
    summarise: Callable[[NDArray[np.float64]], float] = np.max if largest else np.mean
    layer = Layer(full, ring, swept, summarise, fmt, maximum if largest else mean)
    title = f"Every window and its {'maximum' if largest else 'mean'}"
    return _draw(layer, at, labels, title=title, signed=signed)


def _draw(
    layer: Layer, at: tuple[int, int], labels: Sequence[str], *, title: str, signed: bool
) -> tuple[Figure, Arithmetic]:
    count = 2 if layer.kernel is None else 3
    if len(labels) != count:
        raise ValueError(f"labels: expected {count}, one for each matrix, got {len(labels)}")
    out = layer.out
    check_window((*at, 1, 1), out.shape, f"place {tuple(at)} of the output")
    seen, made = (grid(each, fmt=layer.fmt, signed=signed) for each in (layer.x, out))
    items = [Item(seen, labels[0], "", muted=layer.padding, name=_name("input", layer.x.shape))]
    if layer.kernel is not None:
        taps = grid(layer.kernel, fmt=layer.fmt, signed=signed)
        items.append(Item(taps, labels[1], "⋆"))
    sign = "→" if layer.kernel is None else "="
    items.append(Item(made, labels[-1], sign, name=_name("output", out.shape)))
    figure, corners = lay(items, within=WIDTH)  # a phone shows cells that a finger can touch
    axes, first, last = figure.axes[0], (corners[0], seen.cell), (corners[-1], made.cell)
    if layer.padding.any():
        inside = [side - 2 * ring for side, ring in zip(layer.x.shape, layer.ring, strict=True)]
        outline(axes, first[0], (seen.cell, CELL), (*layer.ring, *inside), color=MUTED, width=1.0)
    _frame(axes, *first, layer.swept.boxes(*at), _name("window", layer.swept.steps))
    _frame(axes, *last, [(*at, 1, 1)], _name("cell", at))
    window = "window, padded" if layer.padding.any() else "window"
    return figure, Arithmetic(title, window, rows(layer, labels[-1]))


def _name(part: str, numbers: tuple[int, ...]) -> str:
    return f"sliding.{part}.{numbers[0]}.{numbers[1]}"


def _frame(
    axes: Axes, corner: tuple[float, float], cell: float, boxes: list[Window], name: str
) -> None:
    """Outline some cells of a grid in the accent, as one path that has a name."""
    (x, y), unit = corner, Path.unit_rectangle()
    paths = [
        unit.transformed(
            Affine2D().scale(wide * cell, high * CELL).translate(x + c * cell, y + r * CELL)
        )
        for r, c, high, wide in boxes
    ]
    frame = PathPatch(
        Path.make_compound_path(*paths),
        fill=False,
        edgecolor=ACCENT,
        linewidth=OUTLINE,
        joinstyle="round",
        clip_on=False,
    )
    frame.set_gid(name)
    axes.add_patch(frame)
