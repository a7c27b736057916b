"""What of HTML is missed when it is cleaned; hostile sources are looked at in one pass."""

import pytest

from worked.markup import find_loss

N = 100_000


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("<p>a</p>", ""),
        ("<p style='content: none; opacity: 0.5; opacity: 1'>a</p>", ""),
        ("<p style='opacity: 0'>a</p>", "style of <p>, which says `opacity: 0`"),
        ("<p style='opacity:.0;'>a</p>", "style of <p>, which says `opacity:.0`"),
        ("<P STYLE='DISPLAY : NONE'>a</P>", "style of <p>, which says `DISPLAY : NONE`"),
        ("<style>a{visibility:hidden}</style>", "<style>, which says `visibility:hidden`"),
        ("<style>a{background:url(b)}</style>", "<style>, which says `background:url(`"),
        ("<style>/* display: none */ a { color: red }</style>", ""),
        ("<SCRIPT>a</SCRIPT>", "<script>"),
        ("<p title='<script>'>a</p>", ""),
        ("<!-- <script> --><p>a</p>", ""),
        ("<p OnClick=a()>a</p>", "`onclick` on <p>"),
        ("<img alt='src'>", "<img>, which has no picture"),
        ("<x-y>a</x-y>", "<x-y>"),
    ],
)
def test_a_loss_is_named(source: str, lost: str) -> None:
    assert find_loss(source) == lost


@pytest.mark.parametrize(
    "source",
    [
        *("<a '" * N, '<a "' * N, "<a b=\"'" * N, "<!--" * N, "<style>" * N, "<style>a{" * N),
        *("<a " * N, "<a b='x' " * N, f"<p style='{'display:' * N}'>", f"<a b{' ' * N}"),
        *(f"<p style='{'background:' * N}'>", f"<style>{'background:' * N}</style>"),
        *(f"<style>{'/*' * N}</style>", f"<p style='{' opacity: ' * N}'>", "<a b =  " * N),
        *(f"<p style='opacity:{'0' * N}x'>", f"<p style='display{' ' * N}'>"),
        f"<p style='position{' ' * N}:{' ' * N}'>",
    ],
)
def test_a_hostile_source_is_looked_at_in_one_pass(source: str) -> None:
    assert isinstance(find_loss(source), str)
