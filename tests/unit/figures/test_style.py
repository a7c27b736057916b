"""What holds for every drawing."""

import io
import re
from collections.abc import Callable

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures
from figures.style import BOXED, MARGIN, TEXT, WIDTH
from worked.palette import SENTINELS

# pixels: what a screen of 360 px leaves a drawing, and the least size of its text there
BESIDE_CODE, IN_A_BOX = 301, 265
SMALLEST = 11


def svg(figure: Figure) -> str:
    """Return the figure as SVG with text as text."""
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "a"}):
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


@pytest.fixture(scope="module")
def written(drawing: Figure) -> str:
    """Every drawing as it is saved."""
    return svg(drawing)


def test_every_colour_outside_pixels_follows_the_scheme_of_the_page(written: str) -> None:
    written = re.sub(r"<image\b.*?/>", "", written, flags=re.DOTALL)
    colours = set(re.findall(r"#[0-9a-f]{6}\b", written))
    assert colours <= set(SENTINELS.values())
    # Without a colour of its own, a path or a text is black: on the dark page it is not seen.
    assert all("fill: #" in style for style in re.findall(r"<text style=\"([^\"]*)\"", written))


def test_every_text_can_be_read_on_a_phone(drawing: Figure) -> None:
    scale = min(1.0, BESIDE_CODE / (drawing.get_figwidth() * 96))
    sizes = [text.get_fontsize() for text in drawing.findobj(Text) if text.get_text()]
    assert min(sizes, default=TEXT) * 96 / 72 * scale >= SMALLEST


def test_no_drawing_is_wider_than_a_page(drawing: Figure) -> None:
    assert drawing.get_figwidth() * 72 <= WIDTH


def test_the_widths_leave_text_its_size_on_a_phone() -> None:
    for width, room in ((WIDTH, BESIDE_CODE), (BOXED, IN_A_BOX)):
        assert TEXT * min(96 / 72, room / width) >= SMALLEST


def test_nothing_is_cut_at_the_edge(drawing: Figure, written: str) -> None:
    assert written  # it is laid out by then
    box = drawing.get_tightbbox().transformed(matplotlib.transforms.Affine2D().scale(72))
    width, height = 72 * drawing.get_size_inches()
    assert box.x0 >= -0.5
    assert box.y0 >= -0.5
    assert box.x1 <= width + 0.5
    assert box.y1 <= height + 0.5
    assert MARGIN > 0.5


def test_the_background_is_that_of_the_page(drawing: Figure) -> None:
    assert not drawing.patch.get_visible()
    assert all(not axes.axison or not axes.patch.get_visible() for axes in drawing.axes)


def test_the_same_arrays_give_the_same_bytes() -> None:
    def draw() -> str:
        return svg(figures.windows(np.eye(4), np.ones((2, 2)), np.ones((3, 3)), (0, 1)))

    assert draw() == draw()


def test_drawing_opens_no_pyplot_figure_and_changes_no_setting(drawing: Figure) -> None:
    before = dict(matplotlib.rcParams)
    figures.bars(["a"], [1])
    assert plt.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_what_a_page_sets_for_its_own_drawings_does_not_reach_ours(
    texts: Callable[[Figure], list[str]],
) -> None:
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "lines.marker": "x"}):
        figure = figures.lines([1, 2], {"a": [1, 2]})
    assert max(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) <= 10
    assert all(line.get_marker() == "None" for line in figure.axes[0].lines)
    assert "#ff0000" not in svg(figure)
