"""Results of pages that have not run."""

from collections.abc import Callable

import pytest

from unrun_pages import unrun
from worked.page.result import PageResult


@pytest.fixture(scope="session")
def ran() -> Callable[..., PageResult]:
    """Give the result of a page that has not run: `ran(text, [Text("1\\n")], x="1")`."""
    return unrun
