"""The blocks that networks repeat."""

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import figures

Texts = Callable[[Figure], list[str]]
RESIDUAL = ([["3 × 3", "3 × 3"], []], "+")


def test_names_operations_and_joins_are_written(texts: Texts) -> None:
    figure = figures.blocks({"residual": RESIDUAL, "plain": ([["pool"]], "")})
    assert texts(figure) == ["residual", "3 × 3", "3 × 3", "+", "plain", "pool"]


def test_operations_of_a_path_follow_each_other_downwards() -> None:
    figure = figures.blocks({"chain": ([["a", "b", "c"]], "")})
    places = {t.get_text(): t.get_position()[1] for t in figure.findobj(Text)}
    assert places["chain"] < places["a"] < places["b"] < places["c"]


def test_a_shortcut_is_a_line_without_a_box() -> None:
    def boxes(paths: list[list[str]]) -> int:
        return len(figures.blocks({"": (paths, "+")}).axes[0].patches)

    assert boxes([["a"], []]) == boxes([["a"]]) == 1


def test_blocks_that_do_not_fit_beside_each_other_go_below() -> None:
    one = figures.blocks({"a": ([["a long operation"] * 2], "")})
    many = figures.blocks({name: ([["a long operation"] * 2], "") for name in "abcdef"})
    assert many.get_size_inches()[1] > 2 * one.get_size_inches()[1]
    assert 72 * many.get_size_inches()[0] <= figures.style.WIDTH


@pytest.mark.parametrize(
    ("drawn", "message"),
    [
        ({}, "expected at least one block"),
        ({"a": ([], "+")}, "a: expected at least one path"),
        ({"a": ([["b"], []], "")}, "a: expected what joins the 2 paths"),
    ],
)
def test_what_cannot_be_drawn_is_refused(drawn: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        figures.blocks(drawn)  # type: ignore[arg-type]
