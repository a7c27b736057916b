"""Boxes are found in Markdown as their authors write them, with the line where they begin."""

import pytest

from revise.boxes import boxes_in

KINDS = ("card", "check")


def found(text, *, cut=0):
    return list(boxes_in(text, "docs/a.md", KINDS, cut=cut))


def test_a_box_has_its_line_id_question_and_answer():
    (box,) = found('# Page\n\n??? card pool "How?"\n\n    So.\n\n    And so.\n\nMore.\n', cut=3)
    assert (box.file, box.line, box.kind, box.names) == ("docs/a.md", 6, "card", ("pool",))
    assert (box.question, box.answer) == ("How?", "So.\n\nAnd so.")


@pytest.mark.parametrize(
    "written",
    ['??? card a "Q?"', '???+ card a "Q?"', '???card a "Q?"', '??? card  a  "Q?"  '],
)
def test_every_way_to_write_a_box_that_the_extension_knows_is_found(written):
    (box,) = found(f"{written}\n    So.")
    assert (box.names, box.question) == (("a",), "Q?")


def test_a_box_may_stand_in_a_list_or_a_tab():
    (box,) = found('- point\n\n    ??? check "Q?"\n\n        So.\n\n    Not any more.\n')
    assert (box.line, box.answer) == (3, "So.")


def test_a_box_that_a_page_shows_as_code_is_none():
    fence = '````markdown\n```python\n```\n??? card a "Q?"\n````\n'
    assert found(f'{fence}??? card b "Q?"\n    So.')[0].names == ("b",)
    assert len(found(fence)) == 0


def test_code_in_an_answer_belongs_to_it():
    (box,) = found('??? card a "Q?"\n\n    ```python\n    x = 1\n\n    y = 2\n    ```\n')
    assert box.answer == "```python\nx = 1\n\ny = 2\n```"


def test_tabs_indent_as_four_spaces():
    (box,) = found('??? card a "Q?"\n\n\tSo.\n')
    assert box.answer == "So."


def test_other_boxes_are_passed_over():
    assert found('??? note "Q?"\n    So.\n!!! card "no box that unfolds"\n    So.') == []
