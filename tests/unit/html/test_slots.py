"""Drawings and colours into finished pages."""

from itertools import combinations

import pytest

from worked.html.slots import FilledSlots, Slots, drawing_name
from worked.page.model import Cell
from worked.page.parser import parse
from worked.protocol.outputs import Drawing

SQUARE = Drawing('<svg viewBox="0 0 3 3"><rect/></svg>', 3, 3)


def cell(index: int = 0) -> Cell:
    return parse("```python {.run}\nx\n```\n\n" * (index + 1), "docs/a.md").cells[index]


def test_a_slot_gets_its_drawing() -> None:
    slots = Slots("a.md")
    html = f"<p>a</p>{slots.drawing(cell(), 0, 'A square.', SQUARE)}<p>b</p>"
    done = slots.fill(html)
    at_once = FilledSlots("a.md").drawing(cell(), 0, "A square.", SQUARE)
    assert done == f"<p>a</p>{at_once}<p>b</p>"
    assert "<title id=" in done
    assert "A square." in done


def test_every_slot_gets_its_own_drawing() -> None:
    slots = Slots("a.md")
    one = slots.drawing(cell(), 0, "A square.", SQUARE)
    other = slots.drawing(cell(1), 0, "Another.", SQUARE)
    done = slots.fill(other + one)
    assert done.index("Another.") < done.index("A square.")


def test_a_drawing_is_put_in_as_it_is() -> None:
    drawing = Drawing(r'<svg viewBox="0 0 3 3"><text>\1 \g<0></text></svg>', 3, 3)
    slots = Slots("a.md")
    assert r"\1 \g<0>" in slots.fill(slots.drawing(cell(), 0, "", drawing))


def test_a_page_without_slots_stays_as_it_is() -> None:
    slots = Slots("a.md")
    slots.drawing(cell(), 0, "A square.", SQUARE)
    assert slots.fill("<p>a</p>") == "<p>a</p>"


def test_a_slot_that_the_page_has_written_itself_is_named_and_stays_empty() -> None:
    slots = Slots("a.md")
    element = slots.drawing(cell(), 0, "A square.", SQUARE)
    forged = element.replace("w-a-0-0", "w-a-0-7")
    assert slots.foreign(element) == ""
    assert slots.foreign(element + forged) == "w-a-0-7"
    assert slots.foreign(element * 2) == "w-a-0-0"
    assert slots.fill(forged) == forged


def test_a_plain_path_gives_a_plain_name() -> None:
    assert drawing_name("convolution/output-size.md", 2, 1) == "w-convolution--output-size-2-1"


@pytest.mark.parametrize("path", ["a b.md", "é.md", "A.md", "a.b/c_d.md", "-.md", "a--b.md", ".md"])
def test_the_name_of_any_path_fits_into_a_slot(path: str) -> None:
    slots = Slots(path)
    assert "<svg" in slots.fill(slots.drawing(cell(), 0, "A square.", SQUARE))


def test_no_two_drawings_of_a_site_share_a_name() -> None:
    paths = ["a/b", "a-b", "a_b", "A-b", "a--b", "a/-b", "é", "ü", "a", "a-1", "a-1-0", "1", "a/1"]
    names = [drawing_name(f"{path}.md", cell, 0) for path in paths for cell in (0, 1)]
    assert all(one != other for one, other in combinations(names, 2))


def test_code_gets_its_colours() -> None:
    slots = Slots("a.md")
    plain = slots.code(cell(), "if a < b:\n    '\x1b'", "<i>if</i>")
    assert "if a &lt; b:" in plain
    assert slots.fill(f"<p>{plain}</p>") == "<p><i>if</i></p>"
