"""What a page takes along, in a Python that finds nothing of the site."""

import base64
import subprocess
import sys

import pytest

from packed_pages import needed, packed
from worked.downloads.bundle import bootstrap_code
from worked.palette import LIGHT


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
