"""The Markdown extension by itself, with results made by hand."""

import pytest
from markdown import Markdown

from worked.html.context import PageContext
from worked.html.extension import WorkedExtension
from worked.html.slots import FilledSlots, Slots
from worked.page.parser import parse
from worked.page.result import PageResult
from worked.protocol.outputs import CellResult, CellWarning, Drawing, Rich, Text

SHOWN = (Text("shown"),)
CELL = "```python {.run}\n1\n```\n"


class Given:
    """A host that gives what a test hands to it."""

    def __init__(self, context_for, problems=None):
        self.context_for = context_for
        self.report = (problems if problems is not None else []).append


@pytest.fixture
def convert():
    """Convert a page: its HTML, and what was complained of."""

    def run(
        text,
        outputs=SHOWN,
        *,
        problems=(),
        preview=False,
        given=None,
        extensions=(),
        slots=None,
        **md,
    ):
        page = parse(text, "docs/a.md")
        result = PageResult(
            page,
            tuple(CellResult(outputs) for _ in page.cells),
            {value.index: f"value {number}" for number, value in enumerate(page.values)},
            problems or page.problems,
            ran=0,
        )
        complaints = []
        context = PageContext(result, show_problems=preview, slots=slots or FilledSlots("a.md"))
        extension = WorkedExtension(Given(lambda text: context, complaints))
        converter = Markdown(extensions=["pymdownx.superfences", *extensions, extension], **md)
        return converter.convert(text if given is None else given), complaints

    return run


def test_without_results_a_page_is_what_it_was_without_the_extension():
    text = f"A `{{python}} 1`\n\n{CELL}"
    bare = Markdown(extensions=["pymdownx.superfences"]).convert(text)
    assert Markdown(extensions=["pymdownx.superfences", WorkedExtension()]).convert(text) == bare


def test_a_converter_may_convert_many_pages():
    sheets = []
    converter = Markdown(extensions=[WorkedExtension(Given(lambda text: sheets.pop()))])
    for said in ("first", "second"):
        page = parse(CELL, "docs/a.md")
        result = PageResult(page, (CellResult((Text(said),)),), {}, (), 0)
        sheets.append(PageContext(result))
        assert said in converter.reset().convert(CELL)


def test_it_works_beside_the_standard_fences_too():
    page = parse(CELL, "docs/a.md")
    result = PageResult(page, (CellResult((Text("shown"),)),), {}, (), 0)
    extension = WorkedExtension(Given(lambda text: PageContext(result)))
    html = Markdown(extensions=["fenced_code", extension]).convert(CELL)
    assert html.count("<code>") == 2
    assert "shown" in html


@pytest.mark.parametrize(
    "mark", ["\x02wzxhzdk:0\x03", "\x02wzxhzdk:1\x03", "\x02wzxhzdk:2\x03", "\x02worked:0\x03"]
)
def test_a_cell_cannot_print_the_marks_of_the_converter(mark, convert):
    html, complaints = convert(CELL, (Text(f"a{mark}b"), Rich("text/html", f"<b>c{mark}d</b>")))
    assert html.count('class="worked"') == 1
    assert "a" in html
    assert "\x02" not in html
    assert complaints == []


def test_marks_in_the_code_of_a_cell_harm_nothing(convert):
    html, complaints = convert("```python {.run}\n'\x02worked:0\x03'\n```\n")
    assert complaints == []
    assert html.count("shown") == 1


def test_the_site_decides_how_code_is_highlighted(convert):
    html, _ = convert(
        CELL,
        extensions=("pymdownx.highlight",),
        extension_configs={"pymdownx.highlight": {"linenums": True, "auto_title": True}},
    )
    assert "linenos" in html
    assert '<span class="filename">Python</span>' in html


def test_other_cells_than_the_file_has_are_complained_of_and_left_alone(convert):
    html, complaints = convert(CELL, given=f"{CELL}\n{CELL}")
    assert [(problem.page, problem.kind) for problem in complaints] == [("docs/a.md", "include")]
    assert "shown" not in html


def test_a_cell_in_raw_html_is_complained_of(convert):
    html, complaints = convert(f"A\n\n<div>\n\n{CELL}\n</div>\n")
    assert [(problem.line, problem.kind) for problem in complaints] == [(5, "place")]
    assert "\x02" not in html


@pytest.mark.parametrize("indent", [1, 2, 3, 5])
def test_a_cell_that_falls_out_of_its_list_is_complained_of_or_shown(indent, convert):
    space = " " * indent
    text = f"- A\n\n{space}```python {{.run}}\n{space}1\n{space}```\n"
    html, complaints = convert(text)
    assert ("shown" in html) != bool(complaints)
    assert [problem.line for problem in complaints] in ([], [3])


def test_a_complaint_is_made_once(convert):
    text = "# H\n\n- A\n\n  ```python {.run}\n  1\n  ```\n\n# H `{python} 1`\n"
    _, complaints = convert(text, extensions=("toc",))
    assert len(set(complaints)) == len(complaints)


def test_a_problem_is_in_no_page_that_is_published(convert):
    html, _ = convert("A\n\n```python {.run}\n#| ecko: 1\n1\n```\n")
    assert "worked-problem" not in html


def test_a_problem_without_a_cell_stands_at_the_top_once(convert):
    text = "# A\n\n[TOC]\n\nB `{python} 1 +`\n\n# C\n"
    html, _ = convert(text, preview=True, extensions=("toc",))
    assert html.startswith('<div class="worked-problem" role="alert">')
    assert html.count("worked-problem-title") == 1


def test_drawings_are_put_in_by_whoever_has_the_whole_page(convert):
    html, _ = convert(CELL, (Drawing("<svg/>", 1.0, 1.0),), slots=Slots("a.md"))
    slot = '<div class="worked-drawing" data-worked="w-a-0-0"></div>'
    assert f'<figure class="worked-figure">\n{slot}\n</figure>' in html


def test_labels_are_ids_of_real_elements_before_the_page_is_text(convert):
    seen = []

    class Spy(WorkedExtension):
        def extendMarkdown(self, md):  # noqa: N802
            from markdown.treeprocessors import Treeprocessor

            class Ids(Treeprocessor):
                def run(self, root):
                    seen.extend(element.get("id") for element in root.iter() if element.get("id"))

            md.treeprocessors.register(Ids(md), "spy", 0)

    text = "\n".join(
        f"```python {{.run}}\n#| label: {label}\n1\n```\n" for label in ("fig-a", "tbl-a", "a")
    )
    drawing = Drawing("<svg/>", 1.0, 1.0)
    convert(text, (drawing, Text("1")), extensions=(Spy(),), slots=Slots("a.md"))
    assert seen == ["fig-a", "tbl-a", "a"]


def test_a_formula_of_an_object_goes_to_whoever_reads_formulas(convert):
    html, _ = convert(CELL, (Rich("text/latex", r"$\frac{a}{b}$"),), extensions=("texmath",))
    assert "<math" in html
    assert "\\frac" not in html.partition('<div class="worked-result">')[2]


def test_a_warning_is_not_part_of_the_page():
    page = parse(CELL, "docs/a.md")
    noted = CellResult((), (CellWarning(0, "RuntimeWarning", "said in the log"),))
    context = PageContext(PageResult(page, (noted,), {}, (), 0))
    html = Markdown(extensions=[WorkedExtension(Given(lambda text: context))]).convert(CELL)
    assert "said in the log" not in html
