"""What the tests of the drawings share: every drawing once, and what can be read off a figure."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Patch
from matplotlib.text import Text

import figures
from figures.entries import entries
from figures.floors import floors
from figures.graph import Node, graph
from figures.strip import strip
from figures.timeline import timeline
from worked.palette import SENTINELS

X = np.arange(25).reshape(5, 5)
K = np.array([[1, 0, -1]] * 3)
Y = np.full((3, 3), -6)
T = np.linspace(-3, 3, 61)

DRAWINGS: dict[str, Callable[[], Figure]] = {
    "answer": lambda: figures.answer(
        np.eye(8), {"maps": np.ones((8, 4, 4))}, [0.1, 0.9], -np.eye(8)
    ),
    "matrices": lambda: figures.matrices(X, K, Y, symbols=["⋆", "="], labels=["x", "k", "y"]),
    "pair": lambda: figures.pair(K, np.maximum(K, 0), labels=("x", "ReLU")),
    "windows": lambda: figures.windows(X, K, Y, (1, 2)),
    "counts": lambda: figures.counts(X, range(5), "abcde", names=("truth", "answer")),
    "strip": lambda: strip(
        {"a": [41, 99.5], "b, moved": [50]}, (40, 100), "%", guide=(50, "chance")
    ),
    "entries": lambda: entries(K, np.maximum(K, 0), ["ReLU"] * 9)[0],
    "floors": lambda: floors([["top"], ["a", "b"]], [("top", "a"), ("top", "b")]),
    "graph": lambda: graph({"x": Node(0, 0, "3", "6"), "y": Node(1, 0)}, [("x", "y", "2")]),
    "maps": lambda: figures.maps(np.ones((5, 4, 4)), titles=list("abcde")),
    "kernels": lambda: figures.maps(np.stack([K, -K]), kind="kernel"),
    "photographs": lambda: figures.maps([np.ones((4, 4)), np.ones((4, 4, 3))], kind="image"),
    "responses": lambda: figures.kernels_and_maps(X / 24, [K], [Y], ["edges"]),
    "timeline": lambda: timeline([(1959, "a cell"), (1989, "a CNN"), (1989, "another")]),
    "volumes": lambda: figures.volumes([(3, 8, 8), (10,)], ["image", "scores"], ["flatten"]),
    "curves": lambda: figures.curves(T, {"tanh": (np.tanh(T), 1 - np.tanh(T) ** 2)}),
    "lines": lambda: figures.lines(T, {"a": T, "b": T**2}, "x", "y"),
    "logarithmic lines": lambda: figures.lines(
        T + 4, {"a": T + 4}, "x", "y", logx=True, logy=True, points=True
    ),
    "bars": lambda: figures.bars(["one", "two"], [1, 2], "parameters"),
    "logarithmic bars": lambda: figures.bars(["one", "two"], [1, 2000], "parameters", log=True),
    "bars with long labels": lambda: figures.bars(["a layer of many neurons"], [9], log=True),
    "blocks": lambda: figures.blocks({"a": ([["3 × 3"], []], "+"), "b": ([["pool"]], "")}),
    "boxed": lambda: figures.boxed([X / 24], [[(1, 1, 4, 3)]], ["scene"], [["A"]]),
    "ushape": lambda: figures.ushape(["4 × 8²"], "8 × 4²", ["4 × 8²"], ["8²"]),
    "contours": lambda: figures.contours(T, T, T**2 + T[:, None] ** 2, {"a": X[:, :2] / 9}),
    "dots": lambda: figures.dots(["a step", "another"], [76.1, 78.8], "accuracy", marked=[1]),
    "scatter": lambda: figures.scatter(
        {"small": (0.4, 77.1), "large": (4.1, 76.1)}, "x", "y", logx=True, marked="large"
    ),
    "points": lambda: figures.points([X[:, :2]], [0, 1, 0, 1, 0], [[(1, 1, 5)]], [("x", "y")]),
    "sliding": lambda: figures.sliding(X, K, 2, 1, dilation=2)[0],
    "max pooling": lambda: figures.pooling(X, 3, stride=2, padding=1)[0],
    "stacked": lambda: figures.stacked([(3, 1, 1), (2, 2, 1)], ["pixels", "3 × 3", "pooling"]),
    "padded": lambda: figures.padded(X, 1, 3, 2, dilation=2),
}


@pytest.fixture(scope="module", params=list(DRAWINGS))
def drawing(request: pytest.FixtureRequest) -> Figure:
    """Every drawing in turn, drawn once for all that is asked of it."""
    return DRAWINGS[request.param]()


@pytest.fixture
def texts() -> Callable[[Figure], list[str]]:
    """Return what a figure says, in the order of drawing."""
    return lambda figure: [
        text.get_text() for text in figure.findobj(Text) if text.get_text() and text.get_visible()
    ]


@pytest.fixture
def outlines() -> Callable[[Figure, str], list[tuple[float, ...]]]:
    """Return left, top, width and height of the unfilled rectangles of a colour, points."""

    def find(figure: Figure, name: str) -> list[tuple[float, ...]]:
        found = [
            patch
            for patch in figure.axes[0].patches
            if hasattr(patch, "get_bbox")
            and not patch.get_fill()
            and to_hex(patch) == SENTINELS[name]
        ]
        return [tuple(np.round(patch.get_bbox().bounds, 6)) for patch in found]

    return find


@pytest.fixture
def tinted() -> Callable[[Figure], list[np.ndarray]]:
    """Return the RGBA of the tinted cells, an array for each matrix that has any."""
    return lambda figure: [cells.get_facecolor() for cells in figure.findobj(PolyCollection)]


@pytest.fixture
def pictures() -> Callable[[Figure], list[np.ndarray]]:
    """Return the pixels of a figure's images."""
    return lambda figure: [np.asarray(image.get_array()) for image in figure.findobj(AxesImage)]


def to_hex(patch: Patch) -> str:
    """Return the colour of a patch's edge."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in patch.get_edgecolor()[:3])
