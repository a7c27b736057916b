"""What becomes of boxes that unfold."""

from datetime import UTC, datetime

from handbook.book import Book, Section
from handbook.folds import unfolded
from handbook.settings import WORDS

CARD = '<details class="card x"><summary>Why <em>two</em>?</summary><p>So.</p></details>'
CODE = '<details class="code"><summary>Code</summary><pre>x = 1</pre></details>'


def book(html: str) -> Book:
    section = Section("Page", "1.2", "page.html", "page", html)
    return Book("T", "", "", "", "en", "", datetime(2026, 1, 1, tzinfo=UTC), (section,))


def test_a_box_without_a_rule_is_open() -> None:
    done = unfolded(book(CODE), {}, WORDS)
    assert '<details class="code" open' in done.chapters[0].html
    assert done.appendices == ()


def test_a_box_is_left_out_with_what_is_in_it_and_not_the_text_after_it() -> None:
    done = unfolded(book(f"<p>a</p>{CODE}<p>b</p>"), {"code": "omit"}, WORDS)
    assert done.chapters[0].html == "<p>a</p><p>b</p>"


def test_a_question_stays_and_its_answer_goes_to_the_end_and_both_lead_to_each_other() -> None:
    done = unfolded(book(f"<p>a</p>{CARD}<p>b</p>"), {"card": "answers"}, WORDS)
    page, (answers,) = done.chapters[0].html, done.appendices
    assert "Why <em>two</em>?" in page
    assert "So." not in page
    assert 'href="#handbook-answers.1"' in page
    assert 'id="handbook-answers-from.1"' in page
    assert "<p>So.</p>" in answers.html
    assert 'id="handbook-answers.1"' in answers.html
    assert 'href="#handbook-answers-from.1"' in answers.html
    assert '<h2><a href="#page">1.2 Page</a></h2>' in answers.html


def test_the_address_of_a_box_stays_with_its_question() -> None:
    card = CARD.replace("<details", '<details id="page.card-x"')
    done = unfolded(book(card), {"card": "answers"}, WORDS)
    assert 'id="page.card-x"' in done.chapters[0].html
    assert 'href="#page.card-x"' in done.appendices[0].html


def test_a_box_within_one_that_is_left_out_goes_with_it() -> None:
    outer = CODE.replace("<pre>", f"{CARD}<pre>")
    done = unfolded(book(outer), {"card": "answers", "code": "omit"}, WORDS)
    assert done.chapters[0].html == ""
    assert done.appendices == ()


def test_each_appendix_has_its_own_boxes() -> None:
    done = unfolded(book(CARD + CODE), {"card": "answers", "code": "appendix"}, WORDS)
    assert [one.title for one in done.appendices] == ["Answers", "Code"]
    assert "x = 1" in done.appendices[1].html


def test_within_an_answer_what_is_left_out_is_left_out_and_the_rest_is_open() -> None:
    note = '<details class="note"><summary>N</summary><p>n</p></details>'
    done = unfolded(
        book(CARD.replace("<p>So.</p>", f"{CODE}{note}")),
        {"card": "answers", "code": "omit"},
        WORDS,
    )
    assert "x = 1" not in done.appendices[0].html
    assert '<details class="note" open' in done.appendices[0].html
