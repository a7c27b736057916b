"""Code in colours: the site's own highlighter makes it once."""

import pytest
from markdown import Markdown

from worked.cache.store import Store
from worked.html import highlight as colours
from worked.html.highlight import highlighted


@pytest.fixture
def made(monkeypatch):
    """Count what is highlighted, not remembered."""
    made = []

    class Highlight(colours.Highlight):
        def highlight(self, *arguments, **named):
            made.append(arguments)
            return super().highlight(*arguments, **named)

    monkeypatch.setattr(colours, "Highlight", Highlight)
    return made


def md(**options):
    options = {"pymdownx.highlight": {"anchor_linenums": False, **options}}
    return Markdown(extensions=["pymdownx.highlight"], extension_configs=options)


def test_the_same_code_is_highlighted_once(made, tmp_path):
    first = highlighted(md(), "x = 1", ["mine"], Store(tmp_path).recall)
    again = highlighted(md(), "x = 1", ["mine"], Store(tmp_path).recall)
    assert len(made) == 1
    assert first == again == highlighted(md(), "x = 1", ["mine"])
    assert '<div class="mine highlight">' in first


@pytest.mark.parametrize(
    ("options", "code", "classes"),
    [
        ({}, "x = 2", ["mine"]),
        ({}, "x = 1", ["other"]),
        ({"linenums": True}, "x = 1", ["mine"]),
        ({"use_pygments": False}, "x = 1", ["mine"]),
    ],
)
def test_other_code_or_settings_are_highlighted_anew(made, tmp_path, options, code, classes):
    memo = Store(tmp_path).recall
    highlighted(md(), "x = 1", ["mine"], memo)
    shown = highlighted(md(**options), code, classes, memo)
    assert len(made) == 2
    assert shown == highlighted(md(**options), code, classes)


def test_lines_are_numbered_by_their_place_on_the_page(tmp_path):
    memo = Store(tmp_path).recall
    page = md(line_spans="line")
    shown = [highlighted(page, "x = 1", [], memo) for _ in range(2)]
    assert 'id="line-0-1"' in shown[0]
    assert 'id="line-1-1"' in shown[1]
