"""A page as a script: it reads like the page."""

from pathlib import Path

import pytest

from worked.downloads.bundle import Bundle
from worked.downloads.harmless import as_comment
from worked.downloads.script import write_script
from worked.page.references import number_labels

GOLDEN = Path(__file__).with_name("taken") / "page.py.txt"
PAGE = GOLDEN.with_name("page.md").read_text("utf-8")


@pytest.fixture
def made(ran):
    def script(text, carried=None, **values):
        result = ran(text, *([[]] * text.count("{.run}")), **values)
        return write_script(result, number_labels([(result.page, 1)]), carried or Bundle())

    return script


def test_a_page_comes_out_as_its_golden_file(made):
    text = made(PAGE, Bundle(modules={"tools": "x = 1\n"}), total="a_b|-1")
    if not GOLDEN.exists():
        GOLDEN.write_text(text, "utf-8")
        pytest.fail(f"{GOLDEN} was missing and is written now: read it, then run the tests again")
    assert text == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_of_prose_leaves_its_comment(end):
    assert as_comment(f"a{end}import os") == "# a\n# import os"


def test_a_page_that_names_an_encoding_changes_none(made):
    text = made("# -*- coding: latin-1 -*-\n\n```python {.run}\nprint('é')\n```\n")
    assert compile(text.encode("utf-8"), "page.py", "exec")
