"""Run the cells of a page of notes, so that tests test the very functions that the page shows."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from worked import exports
from worked.display import value_text
from worked.page import parse

ROOT = Path(__file__).resolve().parents[2]
VECTORS = Path(__file__).resolve().parent / "vectors"

Namespace = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ran:
    """A page whose cells and values have been run in order."""

    namespace: Namespace
    prose: dict[str, str]
    """Expression of each value in prose -> the text that the reader sees (the last one wins)."""


@cache
def run(page: str) -> Ran:
    """Run a page of `docs/`, named without its ending, in a namespace of its own.

    Raises:
        AssertionError: the page cannot be read, or a cell that names `raises` did not raise it.
    """
    path = ROOT / "docs" / f"{page}.md"
    parsed = parse(path.read_text(encoding="utf-8"), f"docs/{page}.md")
    assert not parsed.problems, parsed.problems
    namespace: Namespace = {"__name__": "__main__"}
    prose: dict[str, str] = {}
    for step in parsed.steps:
        if step.cell is not None:
            # The blank lines put the right line of the Markdown file into a traceback.
            code = compile("\n" * (step.cell.line - 1) + step.cell.code, path, "exec")
            raised = ""
            try:
                exec(code, namespace)
            except Exception as error:
                raised = type(error).__name__
                if raised != step.cell.options.raises:
                    raise
            assert raised == step.cell.options.raises, f"{page}:{step.cell.line}"
        for value in step.values:
            code = compile("\n" * (value.line - 1) + f"({value.expression})", path, "eval")
            prose[value.expression] = value_text(eval(code, namespace), value.spec)
    return Ran(namespace, prose)


@pytest.fixture(scope="session", autouse=True)
def _cells_can_draw() -> Iterator[None]:
    """Give cells what the site gives them: the course's figures, other pages, and no screen."""
    mpl.use("agg")
    exports.install(ROOT / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT), *sys.path])
        yield


@pytest.fixture(scope="session")
def namespace() -> Callable[[str], Namespace]:
    """Give `namespace("convolution/output-size")`: the names that a page's cells leave behind."""
    return lambda page: dict(run(page).namespace)


@pytest.fixture(scope="session")
def prose() -> Callable[[str], dict[str, str]]:
    """Give `prose("convolution/output-size")`: expression -> text of each value in the prose."""
    return lambda page: dict(run(page).prose)


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], dict[str, np.ndarray]]:
    """Give `vectors("correlation")`: the arrays of `vectors/correlation.npz`, made with torch."""

    def load(name: str) -> dict[str, np.ndarray]:
        with np.load(VECTORS / f"{name}.npz", allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}

    return load
