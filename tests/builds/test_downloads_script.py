"""A page as a script runs to its end."""

import subprocess
import sys

import pytest

from unrun_pages import unrun
from worked.downloads.bundle import Bundle
from worked.downloads.script import write_script
from worked.page.references import number_labels


@pytest.fixture
def said(tmp_path):
    def output(*codes):
        page = "\n".join(f"```python {{.run}}\n{code}\n```\n" for code in codes)
        result = unrun(page, *([[]] * len(codes)))
        text = write_script(result, number_labels([(result.page, 1)]), Bundle())
        path = tmp_path / "page.py"
        path.write_text(text, "utf-8")
        done = subprocess.run(
            [sys.executable, "-I", path], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return output


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
