"""A page as a script: it reads like the page and runs to its end."""

import subprocess
import sys
from pathlib import Path

import pytest

from worked.downloads.bundle import Bundle
from worked.downloads.script import as_comment, write_script
from worked.page.references import number_labels

GOLDEN = Path(__file__).with_name("taken") / "page.py.txt"
PAGE = GOLDEN.with_name("page.md").read_text("utf-8")


@pytest.fixture
def made(ran):
    def script(text, carried=None, **values):
        result = ran(text, *([[]] * text.count("{.run}")), **values)
        return write_script(result, number_labels([(result.page, 1)]), carried or Bundle())

    return script


@pytest.fixture
def said(made, tmp_path):
    def output(*codes):
        text = made("\n".join(f"```python {{.run}}\n{code}\n```\n" for code in codes))
        path = tmp_path / "page.py"
        path.write_text(text, "utf-8")
        done = subprocess.run(
            [sys.executable, "-I", path], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return output


def test_a_page_comes_out_as_its_golden_file(made):
    text = made(PAGE, Bundle(modules={"tools": "x = 1\n"}), total="a_b|-1")
    if not GOLDEN.exists():
        GOLDEN.write_text(text, "utf-8")
        pytest.fail(f"{GOLDEN} was missing and is written now: read it, then run the tests again")
    assert text == GOLDEN.read_text("utf-8")


def test_an_exception_is_said_and_the_script_goes_on(said):
    raises = "#| raises: ValueError\ntext = '''\n  a\n'''\nint('x')"
    assert said(raises, "print(repr(text))") == (
        "ValueError: invalid literal for int() with base 10: 'x'\n'\\n  a\\n'\n"
    )


def test_what_a_cell_displays_is_printed(said):
    assert said("display([1, 2])") == "[1, 2]\n"


def test_a_cell_that_is_no_python_raises_in_its_place(said):
    assert said("print(1)", "#| raises: SyntaxError\n1 +", "print(2)").startswith("1\nSyntaxError")


def test_an_exception_of_a_library_is_caught_by_any_name(said):
    assert said("#| raises: json.JSONDecodeError\nimport json\njson.loads('')").startswith(
        "JSONDec"
    )


def test_future_imports_come_first(said):
    assert said("print(1)", "from __future__ import annotations\nx: y = 2\nprint(x)") == "1\n2\n"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_of_prose_leaves_its_comment(end):
    assert as_comment(f"a{end}import os") == "# a\n# import os"


def test_a_page_that_names_an_encoding_changes_none(made):
    text = made("# -*- coding: latin-1 -*-\n\n```python {.run}\nprint('é')\n```\n")
    assert compile(text.encode("utf-8"), "page.py", "exec")
