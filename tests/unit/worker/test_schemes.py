"""A drawing of any style can be read in the light and in the dark scheme."""

import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from worked.palette import DARK, LIGHT
from worked.svg import check_svg
from worked.worker.drawing import RC_PARAMS, draw_figure
from worked.worker.schemes import ContrastWarning

SEABORN = {  # what `seaborn.set_theme()` sets of colours
    "figure.facecolor": "white",
    "axes.facecolor": "#EAEAF2",
    "axes.edgecolor": "white",
    "axes.labelcolor": ".15",
    "text.color": ".15",
    "xtick.color": ".15",
    "ytick.color": ".15",
    "grid.color": "white",
}


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    with mpl.rc_context(RC_PARAMS), warnings.catch_warnings():
        warnings.simplefilter("error", ContrastWarning)
        yield
    plt.close("all")


def axes() -> tuple[Figure, Any]:
    return plt.subplots()


def drawn(draw: Callable[[Any], object]) -> str:
    figure, ax = axes()
    draw(ax)
    svg = draw_figure(figure).svg
    check_svg(svg)
    return svg


def colours(svg: str) -> set[str]:
    return set(re.findall(r"(?:fill|stroke): (#\w+)", svg))


FOLLOW: dict[str, Callable[[Any], object]] = {
    "black line": lambda ax: ax.plot([1, 2], "k--"),
    "black marks": lambda ax: ax.plot([1, 2], "ko"),
    "black bars": lambda ax: ax.bar([1], [1], color="k"),
    "grey line": lambda ax: ax.axhline(1, color="grey"),
    "light grid": lambda ax: ax.grid(color="0.9"),
    "title": lambda ax: ax.set_title("t", color="black"),
    "arrow": lambda ax: ax.annotate("a", (0, 0), (1, 1), arrowprops={"color": "k"}),
    "text in a white box": lambda ax: ax.text(0, 0, "a", color="k", bbox={"facecolor": "white"}),
    "white edge": lambda ax: ax.bar([1], [1], edgecolor="white"),
    "text on figure": lambda ax: ax.figure.suptitle("t", color="k"),
}


@pytest.mark.parametrize("name", FOLLOW)
def test_ink_and_paper_follow_the_scheme(name: str) -> None:
    svg = drawn(FOLLOW[name])
    assert colours(svg) == set()
    bare = re.sub(r"<defs>.*?</defs>", "", svg, flags=re.DOTALL)
    assert not re.search(r'<(?:text|use)\b[^>]* style="(?![^"]*fill:)', bare)


def test_many_greys_are_data() -> None:
    svg = drawn(lambda ax: ax.scatter(range(9), range(9), c=range(9), cmap="Greys"))
    assert len(colours(svg)) > 4


def on_map(ax: Any) -> None:
    x = np.arange(4.0).reshape(2, 2)
    ax.imshow(x, cmap="Greys")
    for (row, column), number in np.ndenumerate(x):
        ax.text(column, row, f"{number:g}", ha="center")


def test_numbers_on_a_map_are_read_on_its_pixels() -> None:
    inks = re.findall(
        r"<text([^>]*)>(\d)</text>", drawn(on_map).partition("axis_1")[2] or drawn(on_map)
    )
    found = {
        number: "#ffffff" if "#ffffff" in its else "black"
        for its, number in inks
        if "var" not in its
    }
    assert found == {"0": "black", "1": "black", "2": "#ffffff", "3": "#ffffff"}


def test_a_figure_is_as_it_was_after_it_was_drawn() -> None:
    figure, ax = axes()
    on_map(ax)
    before = [text.get_color() for text in ax.texts]
    assert draw_figure(figure) == draw_figure(figure)
    assert [text.get_color() for text in ax.texts] == before


def test_black_on_a_map_stays_black() -> None:
    def both(ax: Any) -> None:
        ax.imshow(np.zeros((2, 2)), cmap="Greys")
        ax.plot([0, 1], color="black")
        ax.text(0, 0, "a", color="black")
        ax.figure.suptitle("t", color="black")

    svg = drawn(both)
    assert "stroke: #000000" in svg
    assert re.search(r'<text style="(?![^"]*fill)[^"]*"[^>]*>a<', svg)
    assert re.search(r'<text style="fill: var\(--fig-fg\)[^"]*"[^>]*>t<', svg)


PLATES: dict[str, Callable[[Any], object]] = {
    "axes": lambda ax: ax.set_facecolor("#EAEAF2"),
    "figure": lambda ax: ax.figure.set_facecolor("lightyellow"),
    "text on bars": lambda ax: ax.bar_label(ax.bar([1], [1], color="gold")),
    "text in a box": lambda ax: ax.text(0, 0, "a", bbox={"facecolor": "wheat"}),
    "black on a band": lambda ax: (ax.axvspan(0, 1, color="gold"), ax.axhline(0, color="k")),
}


@pytest.mark.parametrize("name", PLATES)
def test_what_stands_on_a_colour_of_its_own_keeps_all_its_colours(name: str) -> None:
    svg = drawn(PLATES[name])
    assert "var(" not in svg
    ground = "#ffffe0" if name == "figure" else LIGHT["bg"]
    assert re.match(rf'<svg[^>]*><rect width="100%" height="100%" style="fill: {ground}"/>', svg)


def test_a_dark_plate_has_the_colours_of_the_dark_scheme() -> None:
    with plt.style.context("dark_background"):
        svg = drawn(lambda ax: ax.set_title("t"))
    assert f"fill: {DARK['fg']}" in svg


def test_a_style_as_of_seaborn_is_a_plate() -> None:
    with mpl.rc_context(SEABORN):
        svg = drawn(lambda ax: ax.set(xlabel="x", title="t"))
    assert "var(" not in svg


def test_fixed_colours_alone_need_no_plate() -> None:
    svg = drawn(lambda ax: ax.fill_between([0, 1], [1, 1], color="#3b82c4"))
    assert "var(--fig-muted)" in svg


WEAK = {
    "yellow": (lambda ax: ax.plot([1, 2], color="yellow"), "a line in #ffff00", "light page"),
    "navy": (lambda ax: ax.set_xlabel("x", color="navy"), "a text in #000080", "dark page"),
    "plate": (
        lambda ax: (ax.set_facecolor("#ddddcc"), ax.set_title("t", color="#ffff00")),
        "a text in #ffff00",
        "plate",
    ),
}


@pytest.mark.parametrize("name", WEAK)
def test_what_can_hardly_be_seen_is_warned_of(name: str) -> None:
    draw, said, where = WEAK[name]
    figure, ax = axes()
    draw(ax)
    with pytest.warns(ContrastWarning) as caught:
        draw_figure(figure)
    (message,) = [str(one.message) for one in caught]
    assert message.startswith(said)
    assert where in message


@pytest.mark.parametrize("colour", ["C0", "C1", "C5", "#808080", "tab:gray"])
def test_colours_of_our_own_and_greys_are_seen(colour: str) -> None:
    drawn(lambda ax: (ax.plot([1, 2], color=colour), ax.set_xlabel("x", color=colour)))
