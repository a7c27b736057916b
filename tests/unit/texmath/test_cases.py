"""Golden pairs: `cases/*.md` and the HTML that a host gets, plain text in place of MathML."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown

CASES = Path(__file__).with_name("cases")
KEY = re.compile(r' data-texmath="[0-9a-f]{16}" data-tex="[^"]*"')


def render(make: Callable[..., Markdown], host: object, source: Path) -> str:
    html = make(host).convert(source.read_text("utf-8"))
    return KEY.sub("", html) + "\n"


@pytest.mark.parametrize("source", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_page_comes_out_as_its_golden_file(source, markdown, site):
    assert render(markdown, site, source) == source.with_suffix(".html").read_text("utf-8")
    assert not site.problems
