"""What the store already knows of a page, what it lacks, and what is left to run."""

import contextlib
import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worked.cache import Fingerprints, Store, cell_key, exports_key, page_key, values_key
from worked.errors import Problem, StoreError
from worked.exports import NO_IMPORTS, PageImports, is_exported_value
from worked.files import digest_file
from worked.page import SAFE_TEX, Cell, Page, PageResult, Step, Value, difference, shown_text
from worked.protocol.messages import Job, Task, ValueTask
from worked.protocol.outputs import (
    CellResult,
    Drawing,
    MalformedError,
    has_form,
    leaves,
    load_result,
)
from worked.settings import Settings


@dataclass(frozen=True, slots=True)
class CachedPage:
    """What the store holds of a page, by step."""

    page: Page
    steps: tuple[Step, ...]
    keys: tuple[tuple[str, str], ...]
    """(key of the cell, key of the values)"""
    cells: tuple[CellResult | None, ...]
    values: tuple[tuple[str, ...] | None, ...]
    problems: tuple[Problem, ...]
    data: tuple[Path, ...] = ()
    """The data files that are in the keys."""
    exports: tuple[Mapping[str, Any] | None, ...] = ()
    """The values that other pages may import, as JSON."""
    pointers: tuple[str, ...] = ()
    """By step: the key under which the key of its exports is found whatever the site's settings."""
    shared: PageImports = NO_IMPORTS

    @property
    def is_whole(self) -> bool:
        """Whether nothing has to run; also where the page cannot run at all."""
        return bool(self.problems) or self.stale < 0

    @property
    def stale(self) -> int:
        """The last step that has to run; -1 for none."""
        wanting = [
            number
            for number, known in enumerate(zip(self.cells, self.values, self.exports, strict=True))
            if None in known
        ]
        return max(wanting, default=-1)

    def result(self, ran: int, problems: tuple[Problem, ...]) -> PageResult:
        cells = {
            step.cell.index: got
            for step, got in zip(self.steps, self.cells, strict=True)
            if step.cell is not None
        }
        values: dict[int, str] = {}
        frames: dict[int, tuple[Mapping[int, str], ...]] = {}
        for step, texts in zip(self.steps, self.values, strict=True):
            if not texts:
                continue
            pairs = [(value.start, text) for value, text in zip(step.slots, texts, strict=True)]
            behind = len(pairs) - len(step.values)
            values |= pairs[behind:]
            if step.cell and behind:
                each = len(step.framed)
                rows = (pairs[at : at + each] for at in range(0, behind, each))
                frames[step.cell.index] = tuple(map(dict, rows))
        return PageResult(
            page=self.page,
            cells=tuple(cells.get(cell.index) for cell in self.page.cells),
            values=values,
            problems=(
                *self.problems,
                *problems,
                *_disallowed(self.page, cells),
                *_unmet(self.page, cells),
            ),
            ran=ran,
            exports={name: value for each in self.exports if each for name, value in each.items()},
            frames=frames,
        )


def look_up(
    page: Page,
    base: str,
    *,
    settings: Settings,
    store: Store,
    fingerprints: Fingerprints,
    shared: PageImports = NO_IMPORTS,
) -> CachedPage:
    """Find what the store already knows of a page."""
    files, problems = data_digests(page, settings.root)
    pairs: list[tuple[str, str]] = []
    cells: list[CellResult | None] = []
    values: list[tuple[str, ...] | None] = []
    exports: list[Mapping[str, Any] | None] = []
    key = page_key(base, files, shared.keys)
    pointers = export_pointers(page, files, shared)
    for step, pointer in zip(page.steps, pointers, strict=True):
        key = cell_key(step.cell, key) if step.cell else key
        value_key = values_key(step.slots, key)
        pairs.append((key, value_key))
        cells.append(
            _read_cell(current_entry(store, key, fingerprints), step.cell)
            if step.cell
            else CellResult(())
        )
        values.append(
            read_values(current_entry(store, value_key, fingerprints), step) if step.slots else ()
        )
        names = exported_names(step, shared)
        export_key = exports_key(names, key)
        exports.append(
            read_exports(current_entry(store, export_key, fingerprints), names) if names else {}
        )
        if pointer and exports[-1] is not None and store.get(pointer) != {"key": export_key}:
            with contextlib.suppress(StoreError):  # of a store that can only be read
                store.put(pointer, {"key": export_key})
    return CachedPage(
        page,
        page.steps,
        tuple(pairs),
        tuple(cells),
        tuple(values),
        problems=(*page.problems, *shared.problems, *problems),
        data=tuple(settings.root / name for name in files),
        exports=tuple(exports),
        pointers=tuple(pointers),
        shared=shared,
    )


def export_pointers(page: Page, files: Mapping[str, str], shared: PageImports) -> list[str]:
    """Give each step's key of exports as it is without settings or versions; empty for none."""
    key = page_key("", files, shared.keys)
    pointers = []
    for step in page.steps:
        names = exported_names(step, shared)
        if shared.exports and step.cell:
            key = cell_key(step.cell, key)
        pointers.append(exports_key(names, key) if names else "")
    return pointers


def exported_names(step: Step, shared: PageImports) -> tuple[str, ...]:
    """Give the names whose values a step exports."""
    return shared.exports.get(step.cell.index, ()) if step.cell else ()


def data_digests(page: Page, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Hash the data files of a page, and say which cannot be read."""
    files: dict[str, str] = {}
    problems = []
    for cell in page.cells:
        for name in cell.options.files:
            try:
                files[name] = files.get(name) or digest_file(_inside(root, name))
            except (OSError, RuntimeError) as error:  # or a circle of links
                why = error.strerror if isinstance(error, OSError) else str(error)
                said = f"cannot read {name}: {why}"
                problems.append(Problem(page.name, cell.option_line("files"), "files", said))
    return files, problems


def _inside(root: Path, name: str) -> Path:
    """Find a data file; a link, which anybody can send, may not lead out of the notes."""
    path = (root / name).resolve(strict=True)
    if not path.is_relative_to(root.resolve()):
        raise PermissionError(errno.EACCES, "it leads out of the folder of the notes")
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "it is no file")
    return path


def current_entry(store: Store, key: str, fingerprints: Fingerprints) -> object:
    """Give what is kept under a key, where all that it came from is still as it was."""
    entry = store.get(key)
    return entry.get("kept") if entry and fingerprints.are_current(entry.get("needs")) else None


def _read_cell(kept: object, cell: Cell) -> CellResult | None:
    with contextlib.suppress(MalformedError):
        return None if kept is None else read_result(kept, cell)
    return None


def read_result(data: object, cell: Cell | None) -> CellResult:
    """Read what a cell gave: one set of outputs for each frame that the page asks for.

    Raises:
        MalformedError: of another form, or with another number of frames.
    """
    result = load_result(data)
    frames = len(cell.options.sweep.frames) if cell else 0
    if not has_form(result, frames):
        raise MalformedError(f"a result that has not the {frames} frames of its cell")
    return result


def read_values(texts: object, step: Step) -> tuple[str, ...] | None:
    """Check the texts of a step's values; None where they are not that."""
    if not isinstance(texts, list) or len(texts) != len(step.slots):
        return None
    if not all(isinstance(text, str) for text in texts):
        return None
    # what goes into a formula is read as TeX in the midst of Markdown, and comes from a stranger
    pairs = zip(texts, step.slots, strict=True)
    return (
        None
        if any(value.tex and not SAFE_TEX.fullmatch(text) for text, value in pairs)
        else tuple(texts)
    )


def read_exports(kept: object, names: tuple[str, ...]) -> dict[str, Any] | None:
    """Check the values that a step exports; None where they are not that."""
    if not isinstance(kept, dict) or set(kept) != set(names):
        return None
    return kept if all(is_exported_value(coded) for coded in kept.values()) else None


def make_job(page: Page, known: CachedPage, settings: Settings) -> Job:
    """Write down what has to run: every step up to the last stale one, drawing only what is new."""
    tasks = []
    for number, step in enumerate(known.steps[: known.stale + 1]):
        cell = step.cell
        fresh = known.values[number] is None
        tasks.append(
            Task(
                code=cell.code if cell else "",
                line=cell.line if cell else 1,
                show=known.cells[number] is None,
                output=cell.options.output if cell else False,
                raises=cell.options.raises if cell else "",
                timeout=(cell.options.timeout if cell else None) or settings.timeout,
                values=_asked(step.values) if fresh else (),
                exports=exported_names(step, known.shared) if known.exports[number] is None else (),
                export_line=cell.option_line("export") if cell else 1,
                frames=cell.options.sweep.frames if cell else (),
                framed=_asked(step.framed) if fresh else (),
            )
        )
    names = sorted({name for cell in page.cells for name in cell.options.files})
    files = tuple((name, str(settings.root / name)) for name in names)
    return Job(
        page.name,
        tuple(tasks),
        packages=settings.packages,
        files=files,
        scratch="",
        modules=known.shared.modules,
    )


def _asked(values: tuple[Value, ...]) -> tuple[ValueTask, ...]:
    return tuple((v.expression, v.spec, v.line, v.tex) for v in values)


def _disallowed(page: Page, cells: Mapping[int, CellResult | None]) -> tuple[Problem, ...]:
    """Say what a cell shows that its options do not allow: a drawing without alternative text."""
    return tuple(
        Problem(
            page=page.name,
            line=cell.fence_line,
            kind="fig-alt",
            message="a figure without alternative text: add `#| fig-alt: …`",
        )
        for cell in page.cells
        if not cell.options.fig_alt
        and (got := cells.get(cell.index)) is not None
        and any(isinstance(output, Drawing) for _, output in leaves(got.outputs))
    )


def _unmet(page: Page, cells: Mapping[int, CellResult | None]) -> tuple[Problem, ...]:
    """Say where a cell shows something else than its author expects."""
    problems = []
    for one in page.expectations:
        got = cells.get(one.cell)
        if got is None:  # the cell has failed, and says so
            continue
        titles = page.cells[one.cell].options.sweep.titles
        diff = difference(one.text, shown_text(got.outputs, titles), one.tolerance)
        if diff:
            said = f"the cell shows something else (- expected, + shown)\n{diff}"
            problems.append(Problem(page.name, one.line, "expect", said))
    return tuple(problems)
