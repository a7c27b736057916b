"""The shapes of a U-Net."""

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures

Texts = Callable[[Figure], list[str]]


def places(figure: Figure) -> dict[str, tuple[float, float]]:
    return {t.get_text(): t.get_position() for t in figure.findobj(Text) if t.get_text()}


def test_every_level_and_every_bridge_is_written(texts: Texts) -> None:
    figure = figures.ushape(["a", "b"], "c", ["e", "d"], ["x", "y"])
    assert sorted(texts(figure)) == ["a", "b", "c", "d", "e", "x", "y"]


def test_it_goes_down_on_the_left_and_up_on_the_right() -> None:
    at = places(figures.ushape(["a", "b"], "c", ["e", "d"], ["x", "y"]))
    assert at["a"][1] < at["b"][1] < at["c"][1]
    assert at["e"][1] == at["a"][1]
    assert at["a"][0] < at["b"][0] < at["c"][0] < at["d"][0] < at["e"][0]
    assert at["a"][0] < at["x"][0] < at["e"][0]


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ((["a"], "c", ["e", "d"], ["x"]), "as many levels"),
        (([], "c", [], []), "as many levels"),
        ((["a" * 40], "c", ["e"], ["x"]), "level 1: expected texts that fit"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    levels: tuple[list[str], str, list[str], list[str]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        figures.ushape(*levels)
