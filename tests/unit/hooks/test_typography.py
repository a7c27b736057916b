"""Sizes stay on one line."""

import pytest

from typography import on_post_page

GLUE = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3 × 3", f"3{GLUE}3"),
        ("3 × 4 × 5", f"3{GLUE}4{GLUE}5"),
        ("<b>3</b> × <i><b>3</b></i>", f"<b>3</b>{GLUE}<i><b>3</b></i>"),
        ("a × 3", "a × 3"),
        ("3 × b", "3 × b"),
        ("3<b> × 3</b>", "3<b> × 3</b>"),
        ("<pre>3 × 3</pre> 3 × 3", f"<pre>3 × 3</pre> 3{GLUE}3"),
        ("text", "text"),
    ],
)
def test_a_size_is_joined_and_code_is_not(written, shown):
    assert on_post_page(written) == shown
