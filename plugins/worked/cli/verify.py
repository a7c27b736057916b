"""Run pages twice, in two surroundings, and name everything that came out differently.

What two runs cannot show: a value that is the same in both by chance.  The second run is made so
that chance has little room, but the date in UTC changes once a day, and of the order of a set of
two texts every other hash seed makes the same.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Final

from worked.builds import Build
from worked.cache import Store
from worked.errors import Problem
from worked.exports import ExportGraph
from worked.page import Page, PageResult, Value
from worked.pool import WorkerPool
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
from worked.sandbox import ENVIRONMENT
from worked.settings import Settings

_WIDTH: Final = 72
"""characters of an excerpt"""
_LANGUAGES: Final = ("de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "sv_SE.UTF-8")
"""Locales that write numbers unlike C; few machines have all, some have none."""
SECOND_RUN: Final = (
    "the second run had another hash seed, time zone, locale, scratch folder, order of pages and "
    "filling of fresh memory"
)
"""What to think of where something differs."""
_OLD: Final = 1_000_000_000
"""seconds since 1970: when the files of the second run were changed last"""

_PROBE: Final = """
import locale, sys
for name in sys.argv[1:]:
    try:
        print(locale.setlocale(locale.LC_ALL, name))
        break
    except locale.Error:
        pass
"""


def run_twice(
    pages: Sequence[Page], settings: Settings, graph: ExportGraph | None = None
) -> tuple[list[PageResult], ...]:
    """Run pages afresh here and elsewhere; nothing is taken from the store or put into it.

    The site's packages are copied for the second run: to another folder, with other times.
    """
    with tempfile.TemporaryDirectory(prefix="worked-verify-") as folder:
        here, there = Path(folder, "here"), Path(folder, "there/another")
        scratch = there / "a place for pages"
        scratch.mkdir(parents=True)
        first = Build(list(pages), settings=settings, store=Store(here), graph=graph).results()
        with WorkerPool(environment=second_environment(time.time()), scratch=scratch) as pool:
            again = Build(
                list(reversed(pages)),
                settings=replace(settings, packages=_copied(settings.packages, there / "packages")),
                store=Store(there / "store"),
                graph=graph,
                pool=pool,
            ).results()
    return first, again[::-1]


def second_environment(now: float) -> dict[str, str]:
    """Give the environment of the second run, in which all differs that may not matter."""
    language = _language()
    return {
        **ENVIRONMENT,
        "HOME": "/nonexistent/either",
        "LANG": language,
        "LC_ALL": language,
        # fresh memory holds rubbish, and objects lie elsewhere even where addresses are not random
        "MALLOC_PERTURB_": "165",
        "PYTHONHASHSEED": "4242",
        "PYTHONMALLOC": "malloc",
        "TZ": _zone(now),
    }


def _zone(now: float) -> str:
    """Choose a time zone in which it is another day, hour and minute than in UTC."""
    return "<-1145>+11:45" if time.gmtime(now).tm_hour < 11 else "<+1345>-13:45"


def _language() -> str:
    """Choose a locale that this machine has; C, which every machine has, where there is no other.

    Asked in a process of its own: a locale is set for a whole process.
    """
    command = [sys.executable, "-I", "-c", _PROBE, *_LANGUAGES]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return asked.stdout.strip() or "C"


def _copied(packages: tuple[tuple[str, str], ...], to: Path) -> tuple[tuple[str, str], ...]:
    for name, folder in packages:
        shutil.copytree(folder, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in to.rglob("*"):
        os.utime(path, (_OLD, _OLD))
    return tuple((name, str(to / name)) for name, _ in packages)


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
        for number, title in enumerate(cell.options.sweep.titles or ("",)):
            runs = ([leaf for n, leaf in leaves(run.outputs) if n == number] for run in (one, two))
            for here, there in zip_longest(*runs):
                if said := _difference(here, there):
                    where = f"where {title}: " if title else ""
                    yield Problem(page.name, cell.line, "differs", f"{where}{said}")
        for mine, other in zip_longest(one.warnings, two.warnings):
            notes = [[f"{note.kind}: {note.message}"] if note else [] for note in (mine, other)]
            if said := _unlike("warning", *notes):
                yield Problem(page.name, cell.line, "differs", said)
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


def _texts(result: PageResult, value: Value) -> list[str]:
    """Give what a value says: in each frame, where it stands in the caption of a sweep."""
    given = [result.values, *(frame for each in result.frames.values() for frame in each)]
    return [texts[value.start] for texts in given if value.start in texts]


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
        case Matrix(shape, dtype, slices):
            rows = [" ".join([at, *row]).strip() for at, part in slices for row in part]
            return [f"shape {shape}, {dtype}", *rows]
        case None:
            return []
