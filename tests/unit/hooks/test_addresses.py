"""Cards and exercises get an address from their second word, or from their question."""

from types import SimpleNamespace

import markdown
import pytest
from mkdocs.exceptions import PluginError

from addresses import on_config, on_page_content, on_page_markdown


def html(text):
    config = SimpleNamespace(markdown_extensions=["pymdownx.details"])
    on_config(config)
    return markdown.markdown(text, extensions=config.markdown_extensions)


def test_the_second_word_is_the_id_and_no_class():
    shown = html('??? card pool "How?"\n\n    So.')
    assert '<details class="card" id="card-pool">' in shown
    assert '<p>So.<a class="headerlink" href="#card-pool"' in shown


def test_a_box_without_an_id_has_the_words_of_its_question_without_numbers():
    shown = html(
        '??? check "How many of 12 `x`? Count them one by one, then again, and once more"\n\n    3'
    )
    assert 'id="check-how-many-of-x-count-them-one-by-one-then"' in shown


def test_equal_questions_have_different_addresses():
    shown = html('??? check "How?"\n\n    1\n\n??? check "How?"\n\n    2')
    assert 'id="check-how"' in shown
    assert 'id="check-how-2"' in shown


def test_other_boxes_are_left_alone():
    assert html('??? note "How?"\n\n    So.').startswith('<details class="note">')


@pytest.mark.parametrize("words", ["card pool inline", "check end a"])
def test_a_third_word_is_refused_with_its_line(words):
    text = f'---\na: b\n---\n\n??? {words} "How?"\n\n    So.\n'
    page = SimpleNamespace(file=SimpleNamespace(content_string=text, src_uri="a.md"))
    with pytest.raises(PluginError, match=r"docs/a\.md:5: (card|check): one id"):
        on_page_markdown(text, page)


def test_the_number_of_a_caption_links_to_its_figure():
    figure = '<figure class="worked-figure" id="fig-a"><span class="worked-number">Figure 1.</span>'
    assert '"worked-number"><a href="#fig-a">Figure 1.</a></span>' in on_page_content(figure)
