"""Volumes that flow through a network."""

from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import figures
from worked.palette import FG

Texts = Callable[[Figure], list[str]]


def sheets(figure: Figure) -> list[Rectangle]:
    return [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_edgecolor()) == FG
    ]


def test_shapes_labels_and_operations_are_written(texts: Texts) -> None:
    figure = figures.volumes([(3, 32, 32), (10,)], ["image", "scores"], ["flatten"])
    assert set(texts(figure)) == {"3 × 32 × 32", "10", "image", "scores", "flatten"}


def test_more_channels_are_more_sheets() -> None:
    counts = [len(sheets(figures.volumes([(c, 8, 8)]))) for c in (1, 3, 4, 8, 64, 512)]
    assert counts == [1, 3, 4, 5, 8, 11]


def test_smaller_maps_are_smaller_sheets() -> None:
    large, small = sheets(figures.volumes([(1, 32, 16), (1, 8, 4)]))
    assert large.get_height() == pytest.approx(2 * small.get_height())
    assert large.get_width() < large.get_height()


def test_volumes_follow_each_other_from_top_to_bottom() -> None:
    figure = figures.volumes([(1, 8, 8), (1, 4, 4), (1, 2, 2)], operations=["a", "b"])
    tops = [sheet.get_y() for sheet in sheets(figure)]
    assert tops == sorted(tops)
    between = [t.get_position()[1] for t in figure.findobj(Text) if t.get_text() in ("a", "b")]
    assert tops[0] < between[0] < tops[1] < between[1] < tops[2]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.volumes([]), "expected at least one shape"),
        (
            lambda: figures.volumes([(3, 3)]),
            r"shape 1: expected \(C, H, W\) or \(D,\), got \(3, 3\)",
        ),
        (lambda: figures.volumes([(0, 3, 3)]), "shape 1"),
        (lambda: figures.volumes([(3,)], labels=["a", "b"]), "labels: expected 1, .* got 2"),
        (lambda: figures.volumes([(3,)], operations=["a"]), "operations: expected 0, .* got 1"),
    ],
)
def test_what_does_not_fit_together_is_refused(draw: Callable[[], Figure], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()
