"""Links that are formulas have names."""

import pytest

from links import on_post_page

MATH = "<math><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f'<a href="b.html">{MATH}</a>', f'<a aria-label="x&lt;1" href="b.html">{MATH}</a>'),
        (f'<a href="b.html">so {MATH}</a>', f'<a href="b.html">so {MATH}</a>'),
        (f'<a href="b.html">b</a> {MATH}', f'<a href="b.html">b</a> {MATH}'),
        (
            f'<a href="#c">{MATH}</a> <a>c</a>',
            f'<a aria-label="x&lt;1" href="#c">{MATH}</a> <a>c</a>',
        ),
        (f'<a aria-label="x" href="#c">{MATH}</a>', f'<a aria-label="x" href="#c">{MATH}</a>'),
    ],
)
def test_a_link_that_is_a_formula_is_named_by_it(written, shown):
    assert on_post_page(written) == shown
