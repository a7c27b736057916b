"""Run pages twice, in two surroundings, and name everything that came out differently.

What two runs cannot show: a value that is the same in both by chance.  The second run is made so
that chance has little room, but the date in UTC changes once a day, and of the order of a set of
two texts every other hash seed makes the same.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from worked.builds import Build, default_workers, differences
from worked.cache import Store
from worked.cli.site import GOOD, WRONG_NOTES, Site
from worked.errors import Problem
from worked.exports import ExportGraph
from worked.page import Page, PageResult
from worked.pool import WorkerPool, own_prefix
from worked.sandbox import ENVIRONMENT
from worked.settings import Settings

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
    with tempfile.TemporaryDirectory(prefix=f"{own_prefix()}verify-") as folder:
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


def verify_notes(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked verify`."""
    pages = site.notes.graph.with_exporters(site.pages(chosen.pages))
    settings = site.notes.settings
    if settings.cluster:  # whose surroundings are not ours to choose
        settings = replace(settings, cluster="", workers=default_workers())
    first, again = run_twice(pages, settings, site.notes.graph)
    problems: list[Problem] = []
    for pair in zip(first, again, strict=True):
        problems += differences(*pair)
        if all(run.problems for run in pair):
            problems += pair[0].problems
    if problems:
        print(site.notes.report(problems, len(pages)))
        print(f"worked: {SECOND_RUN}")
        return WRONG_NOTES
    cells, values = (
        sum(len(getattr(page, name)) for page in pages) for name in ("cells", "values")
    )
    print(f"worked: two runs agree: {len(pages)} pages, {cells} cells, {values} values")
    return GOOD
