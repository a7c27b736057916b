"""Check what a page's process sent, keep what is good, and say what is wrong.

A page can lie about itself, never about another: its process only has the pipe of its own page, and
nothing it sends names a page or a key.
"""

from dataclasses import replace
from typing import Any

from worked import limits
from worked.builds.lookup import CachedPage, exported_names, read_exports, read_result, read_values
from worked.cache import Fingerprints, Store, exports_key
from worked.errors import Problem
from worked.page import Page, PageResult
from worked.pool import Outcome, begun_step
from worked.protocol.dependencies import Dependencies, load_dependencies
from worked.protocol.outputs import CellResult, Drawing, MalformedError, dump_result, leaves
from worked.protocol.sweeps import NO_SWEEP
from worked.svg import UnsafeError, check_svg


def collect(
    page: Page, known: CachedPage, outcome: Outcome, *, store: Store, fingerprints: Fingerprints
) -> PageResult:
    """Check what a page sent, keep what is good, and say what is wrong.

    Raises:
        StoreError: when a result cannot be kept.
    """
    keep = _Keeper(known, store, fingerprints)
    cells, values, exports = list(known.cells), list(known.values), list(known.exports)
    problems: list[Problem] = []
    ran = at = 0
    try:
        for message in outcome.messages:
            kind = message.get("frame")
            at = min(max(at, begun_step(message)), len(known.steps))
            if kind == "problem":
                problems.append(_problem(page, message))
            if kind not in ("cell", "values", "export"):
                continue
            number = message.get("step")
            if not isinstance(number, int) or not 0 <= number < len(known.steps):
                raise MalformedError("a step that the page does not have")
            if kind == "cell" and cells[number] is None:
                result = read_result(message.get("result"), known.steps[number].cell)
                used = load_dependencies(message.get("needs"))
                if unsafe := _unsafe(page, known, number, result):
                    problems.append(unsafe)
                    continue
                keep(known.keys[number][0], dump_result(result), used)
                cells[number] = result
                ran += 1
            elif kind == "values" and values[number] is None and not problems:
                texts = read_values(message.get("texts"), known.steps[number])
                if texts is None:
                    raise MalformedError("values that are no texts")
                keep(known.keys[number][1], list(texts), load_dependencies(message.get("needs")))
                values[number] = texts
            elif kind == "export" and exports[number] is None and not problems:
                names = exported_names(known.steps[number], known.shared)
                given = read_exports(message.get("values"), names)
                if given is None:
                    raise MalformedError("exports of another form")
                cell_key = known.keys[number][0]
                keep(exports_key(names, cell_key), given, load_dependencies(message.get("needs")))
                store.put(known.pointers[number], {"key": exports_key(names, cell_key)})
                exports[number] = given
    except MalformedError as error:
        problems.append(_died(page, known, at, f"sent something else: {error}"))
    if outcome.ending and not problems:
        problems.append(_died(page, known, outcome.step, outcome.ending))
    whole = replace(known, cells=tuple(cells), values=tuple(values), exports=tuple(exports))
    if whole.stale >= 0 and not problems:  # a cell can write `end` on the pipe as well
        problems.append(_died(page, known, outcome.step, "said it was done before it was"))
    return whole.result(ran, tuple(problems))


class _Keeper:
    """Keeps results together with what they came from, unless that may have changed meanwhile."""

    def __init__(self, known: CachedPage, store: Store, fingerprints: Fingerprints) -> None:
        self._store = store
        self._fingerprints = fingerprints
        self._settled = fingerprints.are_older(known.data)

    def __call__(self, key: str, kept: object, used: Dependencies) -> None:
        taken = self._fingerprints.of(used)
        if taken is not None and self._settled:
            self._store.put(key, {"needs": taken, "kept": kept})


def _unsafe(page: Page, known: CachedPage, number: int, result: CellResult) -> Problem | None:
    """Look for anything in a cell's drawings that has no place in a page."""
    cell = known.steps[number].cell
    line, sweep = (cell.line, cell.options.sweep) if cell else (1, NO_SWEEP)
    drawn = 0
    for frame, output in leaves(result.outputs):
        if not isinstance(output, Drawing):
            continue
        drawn += len(output.svg)
        said = ""
        try:
            check_svg(output.svg)
        except UnsafeError as error:
            said = str(error)
        if sweep and drawn > limits.MAX_SWEEP_DRAWINGS:
            most = f"{limits.MAX_SWEEP_DRAWINGS:,} characters"
            said = f"the frames' drawings have more than {most} together"
        if said:
            where = f" (where {sweep.titles[frame]})" if sweep else ""
            return Problem(page.name, line, "drawing", f"{said}{where}")
    return None


def _problem(page: Page, message: dict[str, Any]) -> Problem:
    line, kind, said, called = (message.get(name) for name in ("line", "kind", "message", "called"))
    if not (isinstance(line, int) and isinstance(kind, str) and isinstance(said, str)):
        raise MalformedError("a problem without its place")
    if not isinstance(called, list) or not all(isinstance(number, int) for number in called):
        raise MalformedError("a problem without its calls")
    return Problem(page.name, line, kind, said, called=tuple(called))


def _died(page: Page, known: CachedPage, number: int, said: str) -> Problem:
    cell = known.steps[number].cell if number < len(known.steps) else None
    kind = "timeout" if said.startswith("still running") else "died"
    return Problem(page.name, cell.line if cell else 1, kind, said)
