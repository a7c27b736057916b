"""Results of pages that have not run."""

from collections.abc import Callable

import pytest

from worked.page.parser import parse
from worked.page.result import PageResult
from worked.protocol.outputs import CellResult, Output


@pytest.fixture(scope="session")
def ran() -> Callable[..., PageResult]:
    """Give the result of a page that has not run: `ran(text, [Text("1\\n")], x="1")`."""

    def result(text: str, *outputs: list[Output], **values: str) -> PageResult:
        page = parse(text, "docs/folder/page.md")
        assert not page.problems, page.problems
        spans = [value for step in page.steps for value in step.values]
        return PageResult(
            page=page,
            cells=tuple(CellResult(tuple(one)) for one in outputs),
            values={value.start: values[value.expression] for value in spans},
            problems=(),
            ran=0,
        )

    return result
