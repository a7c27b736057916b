"""Drawings into finished pages."""

from itertools import combinations

import pytest

from worked.html.splice import (
    PlacedDrawing,
    code_slot,
    drawing_name,
    drawing_slot,
    fill_slot,
    splice,
)
from worked.protocol.outputs import Drawing

PLACED = PlacedDrawing(Drawing('<svg viewBox="0 0 3 3"><rect/></svg>', 3, 3), alt="A square.")


def test_a_holder_gets_its_drawing() -> None:
    html = f"<p>a</p>{drawing_slot('w-a-0-0')}<p>b</p>"
    done = splice(html, {"w-a-0-0": PLACED})
    assert done == f"<p>a</p>{fill_slot('w-a-0-0', PLACED)}<p>b</p>"
    assert "<title id=" in done
    assert "A square." in done


def test_every_holder_gets_its_own_drawing() -> None:
    other = PlacedDrawing(PLACED.drawing, alt="Another.")
    done = splice(
        drawing_slot("w-a-1-0") + drawing_slot("w-a-0-0"), {"w-a-0-0": PLACED, "w-a-1-0": other}
    )
    assert done.index("Another.") < done.index("A square.")


def test_a_drawing_is_put_in_as_it_is() -> None:
    drawing = Drawing(r'<svg viewBox="0 0 3 3"><text>\1 \g<0></text></svg>', 3, 3)
    assert r"\1 \g<0>" in splice(drawing_slot("w-a-0-0"), {"w-a-0-0": PlacedDrawing(drawing, "")})


def test_a_page_without_holders_stays_as_it_is() -> None:
    assert splice("<p>a</p>", {"w-a-0-0": PLACED}) == "<p>a</p>"


def test_a_drawing_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        splice(drawing_slot("w-a-0-0"), {})


def test_a_plain_path_gives_a_plain_name() -> None:
    assert drawing_name("convolution/output-size.md", 2, 1) == "w-convolution--output-size-2-1"


@pytest.mark.parametrize("path", ["a b.md", "é.md", "A.md", "a.b/c_d.md", "-.md", "a--b.md", ".md"])
def test_the_name_of_any_path_fits_into_a_holder(path: str) -> None:
    name = drawing_name(path, 0, 0)
    assert "<svg" in splice(drawing_slot(name), {name: PLACED})


def test_no_two_drawings_of_a_site_share_a_name() -> None:
    paths = ["a/b", "a-b", "a_b", "A-b", "a--b", "a/-b", "é", "ü", "a", "a-1", "a-1-0", "1", "a/1"]
    names = [drawing_name(f"{path}.md", cell, 0) for path in paths for cell in (0, 1)]
    assert all(one != other for one, other in combinations(names, 2))


def test_code_gets_its_colours() -> None:
    plain = code_slot("w-a-0-code", "if a < b:\n    '\x1b'")
    assert "if a &lt; b:" in plain
    assert splice(f"<p>{plain}</p>", {"w-a-0-code": "<i>if</i>"}) == "<p><i>if</i></p>"
