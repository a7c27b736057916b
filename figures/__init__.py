"""The drawings of these notes: functions that take arrays and return a matplotlib Figure."""

from figures import style
from figures.answers import answer
from figures.bars import bars
from figures.blocks import blocks
from figures.boxed import boxed
from figures.contours import contours
from figures.counts import counts
from figures.curves import curves
from figures.dots import dots
from figures.intervals import intervals
from figures.lines import lines
from figures.maps import maps
from figures.matrices import matrices, pair, windows
from figures.padding import padded
from figures.points import points
from figures.responses import kernels_and_maps
from figures.runs import runs
from figures.scatter import scatter
from figures.sliding import pooling, sliding
from figures.stacked import stacked
from figures.ushape import ushape
from figures.volumes import volumes

__all__ = [
    "answer",
    "bars",
    "blocks",
    "boxed",
    "contours",
    "counts",
    "curves",
    "dots",
    "intervals",
    "kernels_and_maps",
    "lines",
    "maps",
    "matrices",
    "padded",
    "pair",
    "points",
    "pooling",
    "runs",
    "scatter",
    "sliding",
    "stacked",
    "style",
    "ushape",
    "volumes",
    "windows",
]
