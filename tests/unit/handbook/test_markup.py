"""HTML that is read, changed and written."""

import pytest

from handbook.markup import drop, parse, write


@pytest.mark.parametrize(
    "text",
    [
        "text <b>and</b> more",
        "<p>a</p>\n<p>b &lt; c &amp; d</p>",
        '<svg viewBox="0 0 1 1" preserveAspectRatio="none"><linearGradient id="g" '
        'gradientUnits="userSpaceOnUse"></linearGradient></svg>',
        '<math><mi mathvariant="normal">x</mi><mo>≤</mo></math>',
        "<details open><summary>S</summary><pre><code>a\n  b\n</code></pre></details>",
        "",
    ],
)
def test_what_is_read_is_written_again(text: str) -> None:
    assert write(parse(text)) == text


def test_the_text_after_an_element_stays_when_it_is_dropped() -> None:
    page = parse("<p>a <i>b</i> c</p>")
    drop(page[0][0])
    assert write(page) == "<p>a  c</p>"
