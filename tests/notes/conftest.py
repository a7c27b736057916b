"""Run the cells of a page of notes, so that tests test the very functions that the page shows."""

import contextlib
import importlib.abc
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from worked.exports.graph import ExportGraph
from worked.hosts.python import install_notes
from worked.page.inline import Value
from worked.page.model import Cell
from worked.page.parser import parse
from worked.worker.display import value_text
from worked.worker.sweep import NamespaceSnapshot

ROOT = Path(__file__).resolve().parents[2]
VECTORS = Path(__file__).resolve().parent / "vectors"

Namespace = dict[str, object]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ran:
    """A page whose cells and values have been run in order."""

    namespace: Namespace
    prose: dict[str, str]
    """Expression of each value in prose -> the text that the reader sees (the last one wins)."""
    frames: dict[str, list[str]]
    """Expression of each value in the caption of a sweep -> its text in every frame."""


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
    frames: dict[str, list[str]] = {}
    for step in parsed.steps:
        if step.cell is not None and step.cell.options.sweep:
            snapshot = NamespaceSnapshot(namespace)
            for frame in step.cell.options.sweep.frames:
                with snapshot.copied(dict(frame)):
                    _run(step.cell, path, namespace)
                    framed = {value.expression: value for value in step.framed}
                    for name, value in framed.items():
                        frames.setdefault(name, []).append(_text(value, path, namespace))
        elif step.cell is not None:
            _run(step.cell, path, namespace)
        for value in step.values:
            prose[value.expression] = _text(value, path, namespace)
    return Ran(namespace, prose, frames)


def _run(cell: Cell, path: Path, namespace: Namespace) -> None:
    # The blank lines put the right line of the Markdown file into a traceback.
    code = compile("\n" * (cell.line - 1) + cell.code, path, "exec")
    raised = ""
    try:
        with contextlib.chdir(ROOT / "docs"):  # where the paths of `files:` start
            exec(code, namespace)
    except Exception as error:
        raised = type(error).__name__
        if raised != cell.options.run.raises:
            raise
    assert raised == cell.options.run.raises, f"{path}:{cell.line}"


def _text(value: Value, path: Path, namespace: Namespace) -> str:
    code = compile("\n" * (value.line - 1) + f"({value.expression})", path, "eval")
    return value_text(eval(code, namespace), value.spec)


class _RunPages(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serve pages that export values from their one run here: no store is needed, none is read."""

    def __init__(self, exporters: Mapping[str, Sequence[str]]) -> None:
        """Take pages, named without their endings, and the names that they export."""
        self._modules = {
            f"notes.{page}".replace("/", ".").replace("-", "_"): page for page in exporters
        }
        self._exporters = exporters

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname in self._modules else None

    def exec_module(self, module: types.ModuleType) -> None:
        page = self._modules[module.__name__]
        space = run(page).namespace
        module.__dict__.update({name: space[name] for name in self._exporters[page]})


def _exporters_of_values() -> dict[str, list[str]]:
    """Find the pages that export a value, and all that these export."""
    docs = ROOT / "docs"
    names = {path: path.relative_to(docs).with_suffix("") for path in sorted(docs.rglob("*.md"))}
    pages = [
        parse(path.read_text(encoding="utf-8"), f"docs/{name.as_posix()}.md")
        for path, name in names.items()
    ]
    library = ExportGraph(pages, "docs")
    return {
        name.as_posix(): [each for cell in page.cells for each in cell.options.export]
        for name, page in zip(names.values(), pages, strict=True)
        if library.values(page.name)
    }


@pytest.fixture(scope="session", autouse=True)
def _cells_can_draw() -> Iterator[None]:
    """Give cells what the site gives them: the course's figures, other pages, and no screen."""
    mpl.use("agg")
    install_notes(ROOT / "docs")
    sys.meta_path.insert(0, _RunPages(_exporters_of_values()))
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
def frames() -> Callable[[str], dict[str, list[str]]]:
    """Give `frames("convolution/output-size")`: expression -> its text in each frame of a sweep."""
    return lambda page: dict(run(page).frames)


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], dict[str, np.ndarray]]:
    """Give `vectors("correlation")`: the arrays of `vectors/correlation.npz`, made with torch."""

    def load(name: str) -> dict[str, np.ndarray]:
        with np.load(VECTORS / f"{name}.npz", allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}

    return load


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest, namespace: Callable[[str], Namespace]) -> Namespace:
    """Give the names that the cells of the test file's `PAGE` leave behind."""
    return namespace(request.module.PAGE)


@pytest.fixture(scope="module")
def said(request: pytest.FixtureRequest, prose: Callable[[str], dict[str, str]]) -> dict[str, str]:
    """Give expression -> text of each value in the prose of the test file's `PAGE`."""
    return prose(request.module.PAGE)


@pytest.fixture(scope="module")
def rows(request: pytest.FixtureRequest) -> list[str]:
    """Give the rows of the tables of the test file's `PAGE`, without their heads, as written."""
    source = (ROOT / "docs" / f"{request.module.PAGE}.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (?!what ).*$", source, re.M)


@pytest.fixture(scope="module")
def bare_rows(rows: list[str]) -> list[str]:
    """Give the `rows` that compute nothing, or lead to no page."""
    return [row for row in rows if "`{python}" not in row or "](../" not in row]


@pytest.fixture(scope="session")
def convolve_by_scipy() -> Callable[..., Array]:
    """Give a convolution, with stride, padding, dilation and groups, made of scipy's."""

    def convolve(x: Array, w: Array, s: int = 1, p: int = 0, d: int = 1, g: int = 1) -> Array:
        # a kernel spread by its dilation, every place, then each s-th
        spread = np.zeros((*w.shape[:2], *(d * (k - 1) + 1 for k in w.shape[2:])))
        spread[..., ::d, ::d] = w
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        per_in, per_out = w.shape[1], len(w) // g
        rows = []
        for one in x:
            for o, kernel in enumerate(spread):
                seen = one[o // per_out * per_in :][:per_in]
                pairs = zip(seen, kernel, strict=True)
                maps = [signal.correlate2d(a, b, "valid") for a, b in pairs]
                rows.append(np.sum(maps, axis=0)[::s, ::s])
        return np.array(rows).reshape(len(x), len(w), *rows[0].shape)

    return convolve


@pytest.fixture(scope="session")
def slope() -> Callable[..., Array]:
    """Give `slope(f, x, h)`: the gradient of f at x, by central differences."""

    def measured(f: Callable[[Array], float], x: Array, h: float = 1e-6) -> Array:
        found = np.zeros(x.shape)
        for at in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[at] = h
            found[at] = (f(x + step) - f(x - step)) / (2 * h)
        return found

    return measured
