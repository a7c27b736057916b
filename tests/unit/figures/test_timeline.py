"""Dated events on a line."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from figures.timeline import APART, YEAR, timeline
from worked.palette import FG

EVENTS = [(1959, "cells"), (1989, "one"), (1989, "other"), (1990, "third")]


def heights(figure: Figure) -> list[float]:
    """Return how far down each dot stands."""
    lines = [line for line in figure.axes[0].lines if line.get_color() == FG]
    return [float(line.get_ydata()[0]) for line in lines]


def test_dots_stand_where_their_years_are() -> None:
    places = heights(timeline(EVENTS))
    assert places[1] - places[0] == pytest.approx(30 * YEAR)
    assert places[2] == places[1]
    assert places[3] - places[2] == pytest.approx(YEAR)


def test_names_keep_their_order_and_their_distance() -> None:
    figure = timeline(EVENTS)
    names = {text.get_text(): text.get_position()[1] for text in figure.findobj(Text)}
    places = [names[name] for _, name in EVENTS]
    assert all(lower - upper > APART - 1e-6 for upper, lower in pairwise(places))


def test_each_event_has_its_year_and_its_name(texts: Callable[[Figure], list[str]]) -> None:
    assert texts(timeline(EVENTS)) == [part for year, name in EVENTS for part in (str(year), name)]


@pytest.mark.parametrize(
    "events", [[], [(1959, "a")], [(1989, "a"), (1959, "b")], [(1959, "a"), (1960, "b" * 60)]]
)
def test_what_cannot_be_drawn_is_refused(events: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match=r"expected"):
        timeline(events)
