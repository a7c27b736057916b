"""What readers take away runs the page's cells and nothing else, whatever the page holds."""

import ast
import html
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from mutated_pages import LINES, mutated
from worked.downloads.bundle import Bundle
from worked.downloads.harmless import as_comment, as_markdown
from worked.downloads.loop import split_futures
from worked.downloads.notebook import write_notebook
from worked.downloads.script import write_script
from worked.errors import CONTROL_PICTURES
from worked.page.parser import parse
from worked.page.references import number_labels
from worked.page.result import PageResult
from worked.protocol.outputs import CellResult

EVIL = "import os; os.system('true')"
PROSE = (
    *(f"a{end}{EVIL}" for end in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\0\ufeff"),
    *("# %%\n%%bash\nrm -rf ~", f"%%\n!{EVIL}", "%% [code]\nx", "# In[1]:\nx", "<codecell>\nx"),
    *(
        '/// script\ndependencies = ["evil"]\n///',
        "# -*- coding: utf-7 -*-",
        "#!/bin/sh",
        '"""',
        "'''",
    ),
    *(
        "\u202e evil \u2066",
        "\\",
        "a\\\n" + EVIL,
        "\t" + EVIL,
        "    " + EVIL,
        f"```python\n{EVIL}\n```",
    ),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "`<script>` `\n`<script>`"),
    *(
        "[x](javascript:alert(1))",
        "[x]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "      ```\n<script>",
    ),
    *(
        "[x](<java\tscript:a>)",
        "[x](java\\script:a)",
        "[x](&#106;avascript:a)",
        "$\\href{javascript:a}{b}$",
    ),
    *(
        "<!--> <script> -->",
        "<p title='<script>'>",
        "<iframe\nsrc=a>",
        "<a href=//a\nonclick=a>",
        "> <svg/onload=a>",
    ),
    *("![a](https://example.org/a.png)", "<https://example.org>", "A <kbd>b</kbd><br> x < y <- z"),
)
CODE = (
    *(
        "x = 1",
        "x = '''\nfrom __future__ import annotations; import os\n'''",
        "#",
        "if x:\n\ty = 1",
    ),
    *(
        "from __future__ import annotations; y = 2",
        "from __future__ import (\n    division,\n)\nz = 1",
    ),
    *(
        "def f():\n    '''a\n  b'''\n",
        "s = 'a\\\nb'",
        "\fx = 2",
        "x = '\u2028\u200e\ufeff'",
    ),
    *(
        "# %%\nx = 1",
        "In [1]: int",
        "'''\n...: a\n'''",
        "'''\n>>> a\n%%bash\n!ls\n'''",
        "x = (5\n% 3)",
    ),
    *(
        "display(1)",
        "x = 'é'; (1, 2)",
        "'''\\\n'''",
        "# /// script",
        "try:\n    x\nfinally:\n    pass",
    ),
)
RAISING = (
    *(
        "!rm -rf ~",
        "%%bash\nrm -rf ~",
        "x?",
        "return 1",
        "await x",
        "break",
        "x = '\0'",
        "1 +",
        "(",
        "'''",
    ),
    *(
        "%run evil.py",
        "x = !ls",
        "def f(:\n",
        "\\",
        "'''''\\",
        "int('x')",
        "# a\nint('x')",
        "from __future__ import no",
    ),
    *(
        "x = '''\n  a\n'''\nint(x)",
        "x = 1 \\\n",
        "  x = 1",
        "from __future__ import annotations\nint('x')",
    ),
)


def fenced(code, options=""):
    return f"````python {{.run}}\n{options}{code}\n````\n"


def good(page):
    """Whether a page with these cells could be published: each runs, or is said to raise."""
    return not page.problems and all(
        cell.options.run.raises or not failing(cell.code) for cell in page.cells
    )


def failing(code):
    try:
        compile(code, "cell", "exec")
    except (SyntaxError, ValueError):
        return True
    return False


def taken(text):
    page = parse(text, "docs/page.md")
    if not good(page):
        return None
    cells = tuple(CellResult(()) for _ in page.cells)
    values = {value.index: "1; import os" for step in page.steps for value in step.values}
    result = PageResult(page, cells, values, (), ran=0)
    labels = number_labels([(page, 1)])
    return page, write_script(result, labels, Bundle()), write_notebook(result, labels, Bundle())


def dumped(body):
    """Give statements in a form to compare, `pass` left out: one may stand for another."""
    return [ast.dump(node) for node in body if not isinstance(node, ast.Pass)]


def statements(code):
    body = ast.parse(code).body
    return [one for one in body if getattr(one, "module", "") != "__future__"]


def called(node):
    """Give the text of `exec('…')`."""
    match node:
        case ast.Expr(ast.Call(ast.Name("exec"), [ast.Constant(text)])):
            return text
    return None


def is_cell(cell, node, rest):
    """Take the statements of one cell from those of a script."""
    code, raises, sweep = cell.code.strip("\n"), cell.options.run.raises, cell.options.sweep
    if sweep:
        assert isinstance(node, ast.For)
        assert isinstance(node.body[0], ast.Expr)
        assert dumped(node.body[1:]) == dumped(statements(code))
    elif raises:
        assert isinstance(node, ast.Try)
        assert ast.unparse(node.handlers[0].body[0]).startswith("print(f'{type(_error)")
        assert len(node.handlers[0].body) == 1
        text = called(node.body[0])
        if text is None:
            assert dumped(node.body) == dumped(statements(code))
        else:
            assert len(node.body) == 1
            assert text == code
            assert failing(code)
    else:
        wanted = dumped(statements(code))
        given = [node, *rest[: len(wanted) - 1]] if wanted else []
        assert dumped(given) == wanted
        del rest[: len(wanted) - 1]


def script_runs_the_cells(page, text):
    body = [one for one in ast.parse(text.encode()).body if not isinstance(one, ast.Pass)]
    while body and getattr(body[0], "module", "") == "__future__":
        node = body.pop(0)
        futures = "\n".join(split_futures(cell.code)[0] for cell in page.cells)
        assert ast.unparse(node) in futures
    if any("display(" in cell.code for cell in page.cells):
        assert ast.unparse(body.pop(0)) == "display = print"
    for cell in page.cells:
        wants = cell.options.run.raises or cell.options.sweep
        if wants or dumped(statements(cell.code)):
            is_cell(cell, body.pop(0), body)
    assert body == []
    signs = {*map(chr, CONTROL_PICTURES), "\ufeff", "\0"}
    for row in text.split("\n"):
        if row.startswith("#") and not any(row in cell.code for cell in page.cells):
            assert not signs & set(row)
            assert not re.match(
                r"#\s*(%%(?! \[markdown\]$|$| tags=)|<codecell>|In\s*\[|///)", row
            ), row


def notebook_runs_the_cells(page, text):
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert len(cells) == len(page.cells)
    for made, cell in zip(cells, page.cells, strict=True):
        source, code = "".join(made["source"]), cell.code.strip("\n")
        read = ast.parse(TransformerManager().transform_cell(source))
        assert ast.dump(read) == ast.dump(ast.parse(source))  # as a notebook reads it
        whole = called(read.body[0]) if read.body else None
        if whole is not None:
            source, read = whole, None if failing(whole) else ast.parse(whole)
        if not cell.options.sweep:
            assert (
                source == code
                if failing(code)
                else dumped(read.body) == dumped(ast.parse(code).body)
            )
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "markdown":
            shows_only("".join(cell["source"]))


class First(HTMLParser):
    """Notes the first tag of some HTML."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tag = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tag = self.tag or (tag, attrs)


def shows_only(text):
    """Assert that whatever tag or link a viewer finds in Markdown, it runs nothing."""
    for sign in re.finditer("<(?=[a-zA-Z])", text):
        tag, attributes = First(text[sign.start() :]).tag or ("", ())
        bad = (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "math",
            "form",
            "base",
            "meta",
        )
        assert tag not in bad, text
        assert not any(name.startswith("on") for name, _ in attributes), text
        for _, written in attributes:
            assert not runs(written or ""), text
    for target in re.findall(r"\](?:\(|:)\s*<?([^>\n]*)|<([^<>]*)>", text):
        assert not runs(html.unescape(re.sub(r"\\(\W)", r"\1", "".join(target)))), text
    assert "\\href" not in text


def runs(address):
    plain = re.sub(r"[\t\r\n]|^[\0- ]+", "", address).lower()
    return re.match(r"(javascript|vbscript|data|blob|file):", plain) is not None


def holds(text):
    if made := taken(text):
        page, script, notebook = made
        script_runs_the_cells(page, script)
        notebook_runs_the_cells(page, notebook)


@pytest.mark.parametrize("prose", PROSE)
def test_no_prose_is_code(prose):
    # as files are read
    text = prose.replace("\r\n", "\n").replace("\r", "\n")
    holds(f"{text}\n\n{fenced('x = 1')}\n{text}\n")
    holds(f'> {text}\n\n!!! note "{text}"\n\n    a\n\n{fenced("x = 1")}\n{text}')
    assert all(row.startswith("#") for row in as_comment(prose).splitlines())
    shows_only(as_markdown(prose))


@pytest.mark.parametrize("code", CODE)
def test_the_code_of_a_cell_is_what_runs(code):
    page = f"a\n\n{fenced(code)}\nb\n\n{fenced(code)}"
    assert good(parse(page, "")), parse(page, "").problems
    holds(page)
    holds(fenced(code, "#| sweep: {k: [1, 2]}\n"))


@pytest.mark.parametrize("code", RAISING)
def test_a_cell_that_raises_runs_as_itself_and_as_nothing_else(code):
    page = f"{fenced(code, '#| raises: SyntaxError' + chr(10))}\nb\n\n{fenced('x = 1')}"
    assert good(parse(page, ""))
    holds(page)


@pytest.mark.parametrize(
    "option", ["fig-cap", "fig-alt", "tbl-cap", "label", "raises", "export", "files", "sweep"]
)
@pytest.mark.parametrize(
    "text", ["a\u2028import os", "x; import os", "'''", "{__import__('os')}", "%%"]
)
def test_no_option_is_code(option, text):
    holds(fenced("x = 1", f"#| {option}: {text}\n"))
    holds(fenced("x = k", f"#| sweep: {{k: [{json.dumps(text)}, b]}}\n#| fig-cap: {text}\n"))


@given(st.lists(st.sampled_from([*PROSE, *CODE, *LINES, fenced(CODE[0])]) | st.text(max_size=9)))
@example(["```python {.run}", "x = 1", "```"])
def test_no_page_of_any_pieces_runs_anything_else(pieces):
    text = "\n".join(pieces).replace("\r\n", "\n").replace("\r", "\n")
    holds(text)


@given(st.text())
@example("<" * 50 + "a")
@example("\r\n\u2028")
def test_any_text_becomes_a_comment_and_markdown_that_runs_nothing(text):
    assert ast.parse(as_comment(text)).body == []
    shows_only(as_markdown(text))


@pytest.mark.parametrize("batch", range(4))
def test_no_mutated_page_runs_anything_else(batch):
    for number in range(batch * 150, batch * 150 + 150):
        text = mutated(number).replace("\r\n", "\n").replace("\r", "\n")
        try:
            holds(text.encode("utf-8", "replace").decode())
        except BaseException as error:
            error.add_note(f"page {number}:\n{text!r}")
            raise


@pytest.mark.parametrize("mark", "\u202a\u202e\u2066\u2069")
def test_code_that_reads_in_another_order_than_it_runs_is_refused(mark):
    page = parse(
        f"a\n\n{fenced(f'x = 1{chr(10)}y = 2  # {mark}')}\n`{{python}} '{mark}'`\n", "a.md"
    )
    assert [(one.line, one.kind) for one in page.problems] == [(5, "code"), (8, "code")]
