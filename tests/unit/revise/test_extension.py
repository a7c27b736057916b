"""Cards and exercises get an address from their second word, or from their question."""

import markdown

from revise.cards import cards_in
from revise.extension import ReviseExtension


def html(text):
    return markdown.markdown(text, extensions=["pymdownx.details", ReviseExtension(["check"])])


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


def test_boxes_that_a_site_does_not_name_are_left_alone():
    shown = markdown.markdown(
        '??? check "How?"\n\n    So.', extensions=["pymdownx.details", "revise"]
    )
    assert shown.startswith('<details class="check">')


def test_the_cards_of_a_page_are_read_from_its_html():
    shown = html(
        '??? card a "What *is* it?"\n\n    This.\n\n    - That.\n\n??? check b "Q?"\n\n    1'
    )
    (card,) = cards_in(shown)
    assert (card.id, card.question) == ("a", "What <em>is</em> it?")
    assert card.answer == "<p>This.</p>\n<ul>\n<li>That.</li>\n</ul>"


def test_a_box_within_an_answer_belongs_to_it():
    shown = html(
        '??? card a "Q?"\n\n    ??? note "Why?"\n\n        So.\n\n??? card b "R?"\n\n    1'
    )
    first, second = cards_in(shown)
    assert first.answer.count("<details") == first.answer.count("</details>") == 1
    assert (second.id, second.answer) == ("b", "<p>1</p>")


def test_a_page_whose_quotes_were_taken_away_has_its_cards():
    small = "<details class=card id=card-a><summary>Q?</summary><p>1</p></details>"
    (card,) = cards_in(small)
    assert (card.id, card.question, card.answer) == ("a", "Q?", "<p>1</p>")
