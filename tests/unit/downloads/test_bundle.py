"""What a page takes along: found by its imports, and written as code that serves it."""

import ast
import base64
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worked import limits
from worked.downloads.bundle import bootstrap_code, literal, pack_bundle, remark
from worked.exports.graph import ImportedModule
from worked.palette import LIGHT

SOURCES = {
    "tools": "from tools import pens\nfrom .ink import dark\n",
    "tools.__init__": "",
    "tools.pens": "import numpy as np\nfrom worked.palette import FG\n",
    "tools.ink": "dark = 1\n",
    "tools.unused": "never = 1\n",
}


def packed(*codes, imported_modules=(), values=None, files=None):
    return pack_bundle(
        codes,
        imported_modules=imported_modules,
        values=values or {},
        files=files or {},
        find=SOURCES.get,
    )


def needed(*code, values=()):
    return ImportedModule("notes.a", "docs/a.md", ("f",), values, "", code)


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


@pytest.fixture
def alone(tmp_path):
    """Run code in an empty folder, in a Python that finds nothing of the site."""

    def run(code):
        done = subprocess.run(
            [sys.executable, "-I", "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_opening_serves_modules_with_their_values(alone):
    values = {"docs/a.md": {"v": ["list", ["plain", 1.5], ["complex", 0.0, 1.0]]}}
    lent = needed("def f():\n    return v", values=("v",))
    code = bootstrap_code(packed("import tools", imported_modules=[lent], values=values))
    asked = "from notes.a import f; from tools import pens, dark; print(f(), dark, pens.FG)"
    assert alone(f"{code}\n{asked}") == f"[1.5, 1j] 1 {LIGHT['fg']}\n"


def test_the_opening_leaves_no_names_behind(alone):
    said = alone(
        f"{bootstrap_code(packed('import tools'))}\nprint([n for n in dir() if n[:2] != '__'])"
    )
    assert said == "[]\n"


@pytest.mark.parametrize("mine", ["", "mine"])
def test_the_opening_writes_data_files_and_leaves_those_that_are_there(mine, alone, tmp_path):
    path = tmp_path / "data/a.txt"
    if mine:
        path.parent.mkdir()
        path.write_text(mine)
    alone(bootstrap_code(packed("x", files={"data/a.txt": base64.b64encode(b"theirs").decode()})))
    assert path.read_text() == (mine or "theirs")
