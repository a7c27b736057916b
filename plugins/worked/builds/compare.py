"""What differs between two results of one page, in words that a person can check."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import Final

from worked.errors import Problem
from worked.page import PageResult, Value
from worked.protocol.outputs import (
    OUTPUT_NAMES,
    Drawing,
    ExpectedError,
    Leaf,
    Matrix,
    Rich,
    Text,
    leaves,
)
from worked.protocol.pictures import Picture

_WIDTH: Final = 72
"""characters of an excerpt"""


def differences(first: PageResult, again: PageResult) -> Iterator[Problem]:
    """Name every cell and every value of a page that two runs gave differently."""
    page = first.page
    if bool(first.problems) != bool(again.problems):
        which, problems = ("first", first) if first.problems else ("second", again)
        for problem in problems.problems:
            said = f"only the {which} run fails: {problem.kind}: {problem.message}"
            yield replace(problem, kind="differs", message=said)
    for cell, one, two in zip(page.cells, first.cells, again.cells, strict=True):
        if one is None or two is None:  # of a page that failed
            continue
        titles = cell.options.sweep.titles
        last = max((n for run in (one, two) for n, _ in leaves(run.outputs)), default=0)
        for number in range(last + 1):
            title = titles[number] if titles else f"frame = {number + 1}" if last else ""
            runs = ([leaf for n, leaf in leaves(run.outputs) if n == number] for run in (one, two))
            for here, there in zip_longest(*runs):
                if said := _difference(here, there):
                    where = f"where {title}: " if title else ""
                    yield Problem(page.name, cell.line, "differs", f"{where}{said}")
        for mine, other in zip_longest(one.warnings, two.warnings):
            notes = [[f"{note.kind}: {note.message}"] if note else [] for note in (mine, other)]
            if said := _unlike("warning", *notes):
                yield Problem(page.name, cell.line, "differs", said)
    yield from _other_arrays(first, again)
    for cell in page.cells:
        for name in cell.options.export:
            given = [json.dumps(run.exports[name]) for run in (first, again) if name in run.exports]
            if len(set(given)) > 1:
                said = f"the exported {name!r} is another value"
                yield Problem(page.name, cell.option_line("export"), "differs", said)
    for value in (value for step in page.steps for value in (*step.framed, *step.values)):
        texts = [_texts(run, value) for run in (first, again)]
        if all(texts) and (said := _unlike("value", *texts)):
            yield Problem(page.name, value.line, "differs", said)


def _other_arrays(first: PageResult, again: PageResult) -> Iterator[Problem]:
    """Name the arrays that go to an element and are others the second time."""
    page = first.page
    for cell, one, two in zip(page.cells, first.cells, again.cells, strict=True):
        for name in cell.options.run.arrays if one and two else ():
            given = {json.dumps(run.arrays.get(name)) for run in (one, two) if run}
            if len(given) > 1:
                said = f"the array {name!r} is another value"
                yield Problem(page.name, cell.option_line("arrays"), "differs", said)


def _texts(result: PageResult, value: Value) -> list[str]:
    """Give what a value says: in each frame, where it stands in the caption of a sweep."""
    given = [result.values, *(frame for each in result.frames.values() for frame in each)]
    return [texts[value.index] for texts in given if value.index in texts]


def _difference(here: Leaf | None, there: Leaf | None) -> str:
    """Say how two outputs of one cell differ; empty where they do not."""
    kinds = [_kind(output) for output in (here, there)]
    kind = kinds[0] if kinds[0] == kinds[1] else f"{kinds[0]}, then {kinds[1]}"
    return _unlike(kind, _lines(here), _lines(there))


def _kind(output: Leaf | None) -> str:
    match output:
        case None:
            return "nothing"
        case Rich(mime):
            return mime.removeprefix("text/")
        case ExpectedError():
            return "expected error"
        case _:
            return OUTPUT_NAMES[type(output)]


def _unlike(kind: str, here: list[str], there: list[str]) -> str:
    """Quote the first lines that differ; empty where none do."""
    for number, (one, two) in enumerate(zip_longest(here, there), start=1):
        if one != two:
            alike = (a == b for a, b in zip(one or "", two or "", strict=False))
            at = sum(takewhile(bool, alike))
            place = f", line {number}" if max(len(here), len(there)) > 1 else ""
            return f"{kind}{place}\n  first:  {_excerpt(one, at)}\n  second: {_excerpt(two, at)}"
    return ""


def _excerpt(line: str | None, at: int) -> str:
    """Quote what stands around column `at`."""
    if line is None:
        return "(nothing)"
    start = at - _WIDTH // 3 if at > _WIDTH // 2 else 0
    quoted = line[start : start + _WIDTH]
    return f"{'…' if start else ''}{quoted}{'…' if start + _WIDTH < len(line) else ''}"


def _lines(output: Leaf | None) -> list[str]:
    """Lay an output out as lines that a person can compare."""
    match output:
        case Text(text):
            return text.split("\n")
        case Rich(mime, source):
            return [mime, *source.split("\n")]
        case ExpectedError(kind, message):
            return f"{kind}: {message}".split("\n")
        case Drawing(svg, width, height):
            return [f"{width} x {height} points", *svg.replace("><", ">\n<").split("\n")]
        case Picture(mime, data, width, height):
            return [f"{mime}, {width} x {height} pixels", data]
        case Matrix(shape, dtype, slices):
            rows = [" ".join([at, *row]).strip() for at, part in slices for row in part]
            return [f"shape {shape}, {dtype}", *rows]
        case None:
            return []
