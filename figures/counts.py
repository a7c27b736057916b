"""A table of counts as a heat map, with the names of its rows and columns."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from figures.grids import NARROW, draw_grid, grid
from figures.numbers import matrix, one_each
from figures.style import CELL, MARGIN, TEXT, WIDTH, canvas, styled, text_width, write
from worked.palette import MUTED

HEAD = 16.0
"""Height of a line of text above the counts, points."""


@styled
def counts(
    array: ArrayLike,
    rows: Sequence[object] = (),
    columns: Sequence[object] = (),
    *,
    names: tuple[str, str] = ("", ""),
) -> Figure:
    """Draw a matrix of counts as a heat map with its integers.

    rows, columns: what each row and each column stands for; names: what all rows and all columns
    are, such as the truth and the answer.
    Raises ValueError for negative or fractional numbers, and where the words do not fit.
    """
    values = matrix(array, "counts")
    if (values < 0).any() or not np.array_equal(values, np.round(values)):
        raise ValueError("counts: expected integers from 0 up, got negative or fractional numbers")
    heads = [str(row) for row in rows], [str(column) for column in columns]
    one_each("rows", heads[0], "row", values.shape[0])
    one_each("columns", heads[1], "column", values.shape[1])
    left = (
        MARGIN + HEAD * bool(names[0]) + max((text_width(row) + 5 for row in heads[0]), default=0)
    )
    top = MARGIN + HEAD * (bool(names[1]) + bool(heads[1]))
    room = (WIDTH - left - MARGIN) / values.shape[1]
    drawn = grid(values, signed=False).narrowed(max(NARROW, room), air=2.0)
    figure, axes = canvas(left + drawn.width + MARGIN, top + drawn.height + MARGIN)
    draw_grid(axes, drawn, left, top)
    for n, row in enumerate(heads[0]):
        write(axes, left - 5, top + (n + 0.5) * CELL, row, color=MUTED, ha="right")
    for n, column in enumerate(heads[1]):
        write(axes, left + (n + 0.5) * drawn.cell, top - HEAD / 2, column, color=MUTED)
    _name(axes, names, (left + drawn.width / 2, top + drawn.height / 2))
    return figure


def _name(axes: Axes, names: tuple[str, str], middle: tuple[float, float]) -> None:
    """Write the name of the rows upwards along them, and that of the columns above them."""
    across, down = middle
    write(axes, across, MARGIN + HEAD / 2, names[1], color=MUTED)
    axes.text(
        MARGIN + HEAD / 2 + 0.36 * TEXT,
        down,
        names[0],
        fontsize=TEXT,
        color=MUTED,
        rotation=90,
        ha="center",
        va="baseline",
        rotation_mode="anchor",
    )
