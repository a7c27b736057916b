"""What is wrong with ids ends a build; what a learner stumbles over is said by `revise check`."""

import pytest

from revise.boxes import boxes_in
from revise.checking import remarks, theme_classes, wrong_ids


def boxes(text, file="docs/a.md"):
    return list(boxes_in(text, file, ("card", "check")))


def card(answer, words="a", question="Q?"):
    indented = "\n".join(f"    {line}" if line else "" for line in answer.split("\n"))
    return f'??? card {words} "{question}"\n\n{indented}\n\n'


def said(problems):
    return [str(one) for one in problems]


def test_an_id_is_unique_in_the_site_and_both_places_are_named():
    two = [*boxes(card("1", "pool")), *boxes("\n" + card("2", "pool"), "docs/b.md")]
    assert said(wrong_ids(two, ())) == ["docs/b.md:2: card: the id 'pool' is taken by docs/a.md:1"]


def test_a_card_and_an_exercise_may_have_one_id():
    assert said(wrong_ids(boxes(card("1") + '??? check a "Q?"\n    1\n'), ())) == []


def test_a_class_of_the_theme_is_no_id():
    assert said(wrong_ids(boxes(card("1", "tip")), {"tip"})) == [
        "docs/a.md:1: card: 'tip' is a class of the theme: give it another id"
    ]


@pytest.mark.parametrize("words", ["pool inline", "end a b"])
def test_a_second_id_is_refused(words):
    (one,) = said(wrong_ids(boxes(card("1", words)), {"inline", "end"}))
    assert one == f"docs/a.md:1: card: one id, and then the question in quotes, not '{words}'"


def test_the_classes_of_a_theme_are_those_of_its_style_sheets(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/main.css").write_text(".md-typeset .tip,a.note:hover{margin:.5em}")
    assert theme_classes([str(tmp_path)]) == {"md-typeset", "tip", "note"}


def test_a_good_card_gets_no_remark():
    assert said(remarks(boxes(card("One fact, and\n\n- three\n- short\n- items")))) == []


def test_a_card_without_an_id_is_found():
    (one,) = said(remarks(boxes(card("1", ""))))
    assert one.startswith("docs/a.md:1: card: no id before the question")


def test_a_card_without_a_question_is_found():
    (one,) = said(remarks(boxes("??? card pool\n\n    1\n")))
    assert "no question" in one


@pytest.mark.parametrize("again", ["what is a stride", "What is the stride?", "A stride is what?"])
def test_two_cards_that_ask_the_same_are_found(again):
    text = card("1", "a", "What is a stride?") + card("2", "b", again)
    assert said(remarks(boxes(text))) == ["docs/a.md:5: card: it asks the same as docs/a.md:1"]


def test_cards_that_differ_by_a_number_or_a_sign_are_two():
    text = card("1", "a", "What is 2 + 2?") + card("2", "b", "What is 2 − 2?")
    assert said(remarks(boxes(text))) == []


@pytest.mark.parametrize("mark", ["-", "*", "1."])
def test_a_list_of_more_than_three_items_is_found(mark):
    (one,) = said(remarks(boxes(card("\n".join([f"{mark} item"] * 4)))))
    assert "a list of 4 items" in one


def test_an_answer_of_more_than_sixty_words_is_found():
    assert said(remarks(boxes(card("word " * 60)))) == []
    (one,) = said(remarks(boxes(card("word " * 61))))
    assert "an answer of 61 words" in one


def test_formulas_values_code_and_addresses_are_not_counted_word_by_word():
    long = "a + b + c + d + e + f + g + h + i + j + k + l + m + n"
    answer = f"${long}$ `{{python}} {long}` [link](a-b/c-d.md#e-f)\n\n```python\n{long}\n```\n"
    assert said(remarks(boxes(card(answer + "word " * 56)))) == []


def test_exercises_may_be_as_long_as_they_need():
    assert said(remarks(boxes('??? check "Q?"\n\n    ' + "word " * 99))) == []
