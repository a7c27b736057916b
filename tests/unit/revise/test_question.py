"""What the cell of a question says."""

import numpy as np
import pytest

from revise import Question, matrix
from revise.questions.judging import is_question, judge
from revise.questions.spelling import answer_text, spelled


def data(**changed):
    return {**Question("How many?", 1)._variant_(), **changed}


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        (3, "number"),
        (np.int64(3), "number"),
        (0.25, "number"),
        ([1, 2], "list"),
        ((1, 2), "list"),
        (np.arange(3), "list"),
        (np.eye(2), "matrix"),
        ([[1, 2], [3, 4]], "matrix"),
    ],
)
def test_the_answer_says_its_form(answer, form):
    assert Question("How many?", answer)._variant_()["form"] == form


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (float("nan"), "no answer that a reader can type"),
        (float("inf"), "no answer that a reader can type"),
        (10**12, "no answer that a reader can type"),
        (1 / 3, "give `tolerance=`"),
        ([1 / 3], "give `tolerance=`"),
        (True, "of type bool"),
        ("three", "of type str"),
        (None, "of type NoneType"),
        ([], "0 numbers"),
        (np.arange(17), "17 numbers"),
        ([[1], [1, 2]], "rows of the same length"),
        (np.zeros((2, 2, 2)), "of type list"),
    ],
)
def test_an_answer_that_no_reader_can_type_is_refused(answer, said):
    with pytest.raises(ValueError, match=said):
        Question("How many?", answer)


def test_a_tolerance_makes_any_number_an_answer():
    assert Question("How many?", 1 / 3, tolerance=0.01).answer == 1 / 3
    assert Question("How many?", 1 / 3, relative=0.01).answer == 1 / 3


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"mistakes": {"a": float("nan")}}, "mistake 'a'"),
        ({"mistakes": {"a": [1, 2]}}, "mistake 'a' has another form"),
        ({"mistakes": {"a": "1"}}, "mistake 'a'"),
        ({"mistakes": [1]}, "mistakes are a dict"),
        ({"choices": ["1", "2"]}, "none of the choices"),
        ({"tolerance": -1}, "tolerance is a number"),
        ({"steps": "one"}, "steps is a list of texts"),
        ({"unit": 1}, "unit is a text"),
        ({"marking": ["a"]}, "the answer is a text"),
    ],
)
def test_what_does_not_fit_the_answer_is_refused(named, said):
    with pytest.raises(ValueError, match=said):
        Question("How many?", 1, **named)


def test_a_mistake_that_comes_to_the_answer_is_left_out():
    one = Question("?", 2, mistakes={"a": 2, "b": 3, "c": 3.0}, tolerance=0.1)._variant_()
    assert one["mistakes"] == [["b", 3]]
    assert one["left_out"] == ["a", "c"]


def test_the_order_of_choices_says_nothing_of_the_answer():
    texts = [f"Which, {n}?" for n in range(40)]
    places = [
        Question(text, "a", choices=["a", "b", "c"])._variant_()["choices"].index("a")
        for text in texts
    ]
    assert set(places) == {0, 1, 2}


def test_variants_that_all_have_one_answer_are_no_question():
    assert "the same answer, 1" in " ".join(judge([data(), data()]))
    assert list(judge([data(), data(answer=2)])) == []


def test_a_mistake_that_is_always_right_is_an_error():
    variants = [data(answer=n, left_out=["a", "b"]) for n in (1, 2)]
    variants[0]["mistakes"], variants[0]["left_out"] = [["b", 5]], ["a"]
    (said,) = judge(variants)
    assert "'a' always leads to the right answer" in said


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "other"},
        {"answer": "1"},
        {"answer": [1]},
        {"steps": "a"},
        {"steps": [1]},
        {"tolerance": "1"},
        {"tolerance": -1},
        {"mistakes": [["a"]]},
        {"mistakes": [[1, 1]]},
        {"mistakes": [["a", "1"]]},
        {"text": 1},
        {"more": 1},
        {"form": "choice", "answer": "a"},
    ],
)
def test_data_that_are_no_question_are_told_from_one(changed):
    assert is_question(data())
    assert not is_question(data(**changed))
    assert "something else than a question" in next(judge([data(**changed)]))


@pytest.mark.parametrize(
    ("number", "text"),
    [(-3, "−3"), (50348032, "50,348,032"), (0.25, "0.25"), (2.0, "2"), (1e-9, "1e−09")],
)
def test_a_number_is_written_as_readers_read_it(number, text):
    assert spelled(number) == text


def test_digits_below_the_tolerance_are_not_written():
    assert answer_text(1 / 3, tolerance=0.005) == "0.333"
    assert answer_text(100 / 3, relative=0.01) == "33.3"


def test_a_matrix_is_tex():
    assert matrix([[1, -2], [3, 4]]) == r"\begin{pmatrix}1 & -2\\ 3 & 4\end{pmatrix}"
    assert matrix(np.arange(2)) == r"\begin{pmatrix}0 & 1\end{pmatrix}"
