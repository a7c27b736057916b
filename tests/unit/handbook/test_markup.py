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


@pytest.mark.parametrize(
    "text",
    [
        "<p>a<wbr>b<i>c</i>d<wbr>e</p>f",
        "<p>a<wbr><i>c</i><wbr></p>",
        '<video><source src="a"><source src="b">text</video>',
    ],
)
def test_nothing_is_in_an_element_without_an_end(text: str) -> None:
    page = parse(text)
    for void in page.iter("wbr", "source"):
        assert len(void) == 0
        assert not void.text
    whole = write(page)
    for name in ("wbr", "source"):
        whole = whole.replace(f"</{name}>", "")
    assert whole == text
