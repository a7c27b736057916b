"""Results of pages that have not run."""

from worked.page.parser import parse
from worked.page.result import PageResult
from worked.protocol.outputs import CellResult, Output


def unrun(text: str, *outputs: list[Output], **values: str) -> PageResult:
    """Give the result of a page that has not run: `unrun(text, [Text("1\\n")], x="1")`."""
    page = parse(text, "docs/folder/page.md")
    assert not page.problems, page.problems
    spans = [value for step in page.steps for value in step.values]
    return PageResult(
        page=page,
        cells=tuple(CellResult(tuple(one)) for one in outputs),
        values={value.index: values[value.expression] for value in spans},
        problems=(),
        ran=0,
    )
