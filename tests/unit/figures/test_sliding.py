"""A window that slides over an input, and its arithmetic in words."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import scipy
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text

import figures
from figures.style import CELL, WIDTH
from worked.palette import ACCENT, MUTED
from worked.svg.check import check_svg
from worked.worker.drawing import draw_figure

Texts = Callable[[Figure], list[str]]
X = np.arange(1, 26).reshape(5, 5)
K = np.array([[0, 1], [2, -3]])


def parts(figure: Figure) -> dict[str, PathPatch]:
    """The named parts of a drawing: `input.5.5` -> its path."""
    found = figure.findobj(lambda artist: str(artist.get_gid()).startswith("sliding."))
    return {str(patch.get_gid()).removeprefix("sliding."): patch for patch in found}


def box(patch: PathPatch) -> tuple[float, ...]:
    return tuple(patch.get_path().get_extents().bounds)


def lines(arithmetic: object) -> list[str]:
    return [row.line for row in arithmetic.rows]


def results(arithmetic: object) -> list[float]:
    return [float(line.rpartition(" ")[2].replace("−", "-")) for line in lines(arithmetic)]


def test_input_kernel_and_output_are_drawn_with_their_numbers(texts: Texts) -> None:
    figure, _ = figures.sliding([[1, 2], [3, 4]], [[5, 6]], labels=("x", "k", "y"))
    assert sorted(texts(figure)) == sorted(["x", "k", "y", "⋆", "=", *"1234", *"56", "17", "39"])


def test_the_parts_are_named_with_their_rows_and_columns() -> None:
    figure, _ = figures.sliding(X, K, (2, 1), at=(1, 2))
    assert set(parts(figure)) == {"input.5.5", "output.2.4", "window.2.1", "cell.1.2"}


def test_the_names_reach_the_page_and_pass_its_check() -> None:
    svg = draw_figure(figures.sliding(X, K)[0]).svg
    check_svg(svg)
    assert sorted(re.findall(r'id="@-sliding\.(\w+)', svg)) == ["cell", "input", "output", "window"]


def test_the_window_and_its_number_are_outlined_in_the_accent() -> None:
    named = parts(figures.sliding(X, K, 2, at=(1, 0))[0])
    left, top, *_ = box(named["input.5.5"])
    assert box(named["window.2.2"]) == pytest.approx((left, top + 2 * CELL, 2 * CELL, 2 * CELL))
    left, top, width, _ = box(named["output.2.2"])
    assert box(named["cell.1.0"]) == pytest.approx((left, top + CELL, width / 2, CELL))
    assert to_hex(named["window.2.2"].get_edgecolor()) == ACCENT


def test_the_taps_of_a_dilated_window_are_outlined_too() -> None:
    named = parts(figures.sliding(X, K, dilation=3)[0])
    path = named["window.1.1"].get_path()
    assert len(path.to_polygons(closed_only=True)) == 1 + 4
    assert box(named["window.1.1"])[2:] == pytest.approx((4 * CELL, 4 * CELL))


def test_the_padding_stands_back(texts: Texts) -> None:
    figure, _ = figures.sliding(np.ones((2, 2)), K, padding=1)
    zeros = [text for text in figure.findobj(Text) if text.get_color() == MUTED]
    assert sum(text.get_text() == "0" for text in zeros) == 16 - 4
    assert "input.4.4" in parts(figure)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_every_sum_is_that_of_scipy(stride: int, padding: int) -> None:
    _, arithmetic = figures.sliding(X[:, :4], K, stride, padding)
    full = scipy.signal.correlate2d(np.pad(X[:, :4], padding), K, mode="valid")
    assert results(arithmetic) == full[::stride, ::stride].ravel().tolist()


def test_every_maximum_is_that_of_scipy() -> None:
    _, arithmetic = figures.pooling(-X, 3, stride=2, padding=1)
    expected = scipy.ndimage.maximum_filter(-X, 3, mode="constant", cval=-999)[::2, ::2]
    assert results(arithmetic) == expected.ravel().tolist()


def test_a_row_says_place_window_and_products() -> None:
    _, arithmetic = figures.sliding(X, K, 2, dilation=2, labels=("X", "K", "Y"))
    row = arithmetic.rows[1]
    assert (row.place, row.window) == ("Y[0,1]", "[0:3:2,2:5:2]")
    assert row.line == "3·0 + 5·1 + 13·2 + 15·(−3) = −14"


def test_a_maximum_and_a_mean_are_written_out() -> None:
    x = [[1, 3], [5, -6]]
    assert lines(figures.pooling(x, 2)[1]) == ["max(1, 3, 5, −6) = 5"]
    assert lines(figures.pooling(x, 2, "mean")[1]) == ["(1 + 3 + 5 + (−6)) / 4 = 0.75"]


def test_a_maximum_is_padded_with_what_never_wins_and_a_mean_with_zeros() -> None:
    assert lines(figures.pooling([[-1]], 2, padding=1, stride=2)[1]) == ["max(−∞, −∞, −∞, −1) = −1"]
    assert lines(figures.pooling([[-1]], 2, "mean", padding=1, stride=2)[1]) == [
        "(0 + 0 + 0 + (−1)) / 4 = −0.25"
    ]


def test_a_rounded_result_is_only_about_equal() -> None:
    assert lines(figures.pooling([[1, 0, 0]], (1, 3), "mean")[1]) == ["(1 + 0 + 0) / 3 ≈ 0.333"]
    assert lines(figures.sliding([[1 / 3]], [[3]], fmt=".2f")[1]) == ["0.33·3.00 ≈ 1.00"]


def test_the_words_are_a_table_to_unfold_that_escapes_labels() -> None:
    html = figures.sliding(X, K, 3, labels=("", "", "<y>"))[1]._repr_html_()
    assert html.startswith("<details><summary>Every window and its sum</summary><table>")
    assert html.count("<tr>") == 1 + 4
    assert "&lt;y&gt;[0,0]" in html


def test_matrices_that_do_not_fit_a_line_stand_below_each_other() -> None:
    figure, _ = figures.sliding(np.ones((3, 12)), np.ones((2, 2)))
    assert figure.get_figwidth() * 72 <= WIDTH
    named = parts(figure)
    assert box(named["output.2.11"])[1] > box(named["input.3.12"])[1] + 3 * CELL


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: figures.sliding(X, np.ones((6, 6))), "fits into 5 × 5, got 6 × 6"),
        (lambda: figures.sliding(X, K, 0), "stride: expected one integer from 1 up"),
        (lambda: figures.sliding(X, K, at=(4, 0)), r"place \(4, 0\) of the output: .* 4 × 4"),
        (lambda: figures.sliding(X, K, labels=("a", "b")), "labels: expected 3, .* got 2"),
        (lambda: figures.sliding(np.ones((2, 20)), K), "fit into 272 points, got"),
        (lambda: figures.pooling(X, 2, "median"), "expected the summary 'max' or 'mean'"),
    ],
)
def test_what_does_not_fit_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
