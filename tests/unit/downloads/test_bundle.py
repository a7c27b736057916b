"""What a page takes along: found by its imports, and written as code that serves it."""

import ast

from hypothesis import example, given
from hypothesis import strategies as st

from packed_pages import needed, packed
from worked import limits
from worked.downloads.bundle import literal, remark
from worked.palette import LIGHT


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("'''")
@example("a\\")
@example("'" * 7 + "\r\n\0001")
def test_a_literal_reads_back_as_its_text(text):
    assert ast.literal_eval(literal(text)) == text


def test_a_page_without_imports_takes_nothing():
    assert packed("x = 1").is_empty


def test_modules_come_with_all_that_they_import_and_no_more():
    assert [*packed("import tools").modules] == [
        "tools",
        "tools.ink",
        "tools.pens",
        "worked.palette",
    ]


def test_libraries_are_found_through_modules():
    assert packed("from tools import pens").libraries == ("numpy",)


def test_the_palette_has_the_colours_of_the_light_scheme():
    space = {}
    exec(packed("import worked.palette").modules["worked.palette"], space)
    assert space["FG"] == LIGHT["fg"]
    assert len(space["CYCLE"]) == 6


def test_a_cell_that_is_no_python_imports_nothing():
    assert packed("import tools(").is_empty


def test_what_a_page_lends_has_future_imports_first():
    lent = packed("x", imported_modules=[needed("import os", "from __future__ import annotations")])
    assert lent.modules["notes.a"].startswith("from __future__")


def test_data_that_does_not_fit_is_left_out_and_named_with_its_size(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CARRIED", 2**20)
    found = packed("x", files={"big.npz": "A" * 2**21, "small.npz": "AAAA"})
    assert [*found.files] == ["small.npz"]
    assert "Left out is `big.npz`: it has 2.0 MiB, and 1 MiB fit." in remark(found)


def test_a_remark_names_what_comes_along():
    found = packed("import tools", imported_modules=[needed("f = 1")], files={"a.csv": ""})
    assert "`notes.a`, `tools`, `a.csv`" in remark(found)
