"""What a terminal shows at the end is what stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worked.protocol.terminal import plain_text, runs, settle

E = "\x1b["
SHOWN = {
    "a\rb": "b",
    "abc\rd": "dbc",
    "10%\r50%\r100%\n": "100%\n",
    "a\r\nb": "a\nb",
    "abc\b\bX": "aXc",
    f"abc\r{E}Kd": "d",
    f"abc{E}2Kd": "   d",
    f"abcd{E}2D{E}1Kx": "  xd",
    f"1\n2\n3{E}2A\rX": "X\n2\n3",
    f"1\n2{E}1A\r{E}JX": "X",
    f"old\n{E}2Jnew": "new",
    f"old\n{E}H{E}Jnew": "new",
    f"a{E}3Cb": "a   b",
    f"ab{E}1Gc": "cb",
    f"a{E}?25l{E}?25hb": "ab",
    "\x1b]0;title\x07a": "a",
    "\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\": "a",
    "a\x07b": "ab",
    "a\x1b(Bb\x1b7c\x1b8": "abc",
    "a\x1b": "a",
    f"a{E}": "a",
    f"{E}8mhidden{E}0m": "hidden",
    f"{E}30;40mhidden{E}0m": "hidden",
}


@pytest.mark.parametrize("printed", SHOWN)
def test_the_text_is_that_of_the_last_state(printed: str) -> None:
    assert plain_text(settle(printed)) == SHOWN[printed]


STYLED = {
    f"{E}31ma{E}0m": {"red"},
    f"{E}1;31ma": {"red", "bold"},
    f"{E}91ma": {"red"},
    f"{E}90ma": {"grey"},
    f"{E}31m{E}39ma": set(),
    f"{E}1m{E}22ma": set(),
    f"{E}31m{E}32ma": {"green"},
    f"{E}38;5;196ma": {"red"},
    f"{E}38;5;21ma": {"blue"},
    f"{E}38;5;244ma": {"grey"},
    f"{E}38;2;0;200;0ma": {"green"},
    f"{E}38;2;250;250;250ma": set(),
    f"{E}48;5;196;1ma": {"marked", "bold"},
    f"{E}7ma": {"marked"},
    f"{E}3;4;9ma": {"italic", "underlined", "struck"},
    f"{E}37ma": set(),
    f"{E}97ma": set(),
    f"{E}30ma": set(),
}


@pytest.mark.parametrize("printed", STYLED)
def test_colours_and_weights_have_names(printed: str) -> None:
    assert list(runs(settle(printed))) == [("a", frozenset(STYLED[printed]))]


def test_a_progress_bar_shows_its_last_state() -> None:
    frames = "".join(f"\r{n:3}%|{'#' * (n // 10):10}|" for n in range(101))
    assert settle(frames) == "100%|##########|"


def test_what_was_settled_stays() -> None:
    once = settle(f"a {E}1;31mb{E}0m c")
    assert re.sub(r"\x1b\[[a-z ]*\]", "", once) == "a b c" == plain_text(once)


def test_a_forged_style_stays_text() -> None:
    assert list(runs("\x1b[hidden]a")) == [("\x1b[hidden]a", frozenset())]


@given(st.text(alphabet="ab\n\r\b\x07\x1b[]0123456789;?mKJHABCDG ", max_size=200))
def test_anything_can_be_settled(text: str) -> None:
    shown = plain_text(settle(text))
    assert not set(shown) & set("\r\b\x07\x1b")
    assert len(shown) <= 300 * (len(text) + 1)


@pytest.mark.parametrize(
    "text", [f"{E}9999999999C\n" * 10_000, "\x1b" * 100_000, f"{E}" * 50_000, "\x1b]" * 50_000]
)
def test_hostile_sequences_cost_little(text: str) -> None:
    assert len(settle(text + "end")) < 3_000_000
