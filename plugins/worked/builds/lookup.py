"""Find what the store already knows of a page."""

import contextlib
import re
from pathlib import Path
from typing import Any, Final

from worked.builds.cached import CachedPage, KnownStep
from worked.builds.elements import element_problems
from worked.builds.recent import RecentPages
from worked.builds.validate import has_clean_words, read_exports, read_result, read_values
from worked.cache import Fingerprints, Store, cell_key, exports_key, page_key, values_key
from worked.errors import Problem
from worked.exports import NO_IMPORTS, PageImports
from worked.files import data_file, digest_file
from worked.page import Cell, Page
from worked.protocol.outputs import CellResult
from worked.protocol.reading import MalformedError
from worked.protocol.values import ValuesResult
from worked.settings import Settings

_PICTURE: Final = re.compile(r"!\[[^\]\n]{0,1000}\]\((?P<target>[\w./-]{1,200})[\s)]")


def look_up(
    page: Page,
    base: str,
    *,
    settings: Settings,
    store: Store,
    fingerprints: Fingerprints,
    imports: PageImports = NO_IMPORTS,
    recent: RecentPages | None = None,
) -> CachedPage:
    """Find what the store already knows of a page.

    Args:
        base: the key of what every cell of the site depends on.
        imports: what the page takes of others, with what they have exported.
        recent: what earlier builds of this process have found.
    """
    files, problems = _data_digests(page, settings.root)
    problems += _written_pictures(page, settings.root)
    terms, needs = (base, imports, files, settings), list[object]()
    if recent and not problems and (known := recent.find(page, terms, fingerprints.are_current)):
        return known

    def is_current(one: dict[str, Any]) -> bool:
        return fingerprints.are_current(one.get("needs"))

    def entry(key: str) -> dict[str, Any]:
        """Give what is kept under a key, where all that it came from is still as it was."""
        found = store.get(key, is_current, page=page.name) or {}
        needs.append(found.get("needs"))
        return found

    steps: list[KnownStep] = []
    key = page_key(base, files, imports.keys)
    for step in page.steps:
        variants = settings.variants if step.cell and step.cell.options.run.seed else 0
        key = cell_key(step.cell, key, step.framed, variants=variants) if step.cell else key
        exported = imports.exports.get(step.cell.index, ()) if step.cell else ()
        keys = key, values_key(step.slots, key), exports_key(exported, key)
        if step.slots:  # they run in the cells' process: what they change, later cells may see
            key = keys[1]
        of_cell = entry(keys[0]) if step.cell else {}
        steps.append(
            KnownStep(
                step,
                *keys,
                exported=exported,
                result=_result(of_cell.get("kept"), step.cell, variants)
                if step.cell
                else CellResult(()),
                given=read_values(entry(keys[1]).get("kept"), step)
                if step.slots
                else ValuesResult(),
                exports=read_exports(entry(keys[2]).get("kept"), exported) if exported else {},
                took=_seconds(of_cell.get("took")),
                variants=variants,
            )
        )
    known = CachedPage(
        page,
        tuple(steps),
        problems=(
            *page.problems,
            *timeout_problems(page, settings),
            *element_problems(page, settings),
            *imports.problems,
            *problems,
        ),
        data=tuple(settings.root / name for name in files),
        imports=imports,
    )
    if recent:
        recent.keep(known, terms, needs)
    return known


def timeout_problems(page: Page, settings: Settings) -> list[Problem]:
    """Say which cells ask for more time than the site lets them have."""
    said = (
        f"option 'timeout' is at most {settings.max_timeout:g} here: make the cell faster, or "
        "raise `max_timeout` in the site's configuration"
    )
    return [
        Problem(page.name, cell.option_line("timeout"), "option", said)
        for cell in page.cells
        if (cell.options.timeout or 0.0) > settings.max_timeout
    ]


def _seconds(took: object) -> float | None:
    return took if isinstance(took, float) and took >= 0 else None


def _result(kept: object, cell: Cell, variants: int) -> CellResult | None:
    with contextlib.suppress(MalformedError):
        result = None if kept is None else read_result(kept, cell, variants)
        return result if result is None or has_clean_words(result) else None
    return None


def _data_digests(page: Page, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Hash the data files of a page, and say which cannot be read."""
    files: dict[str, str] = {}
    problems = []
    for cell in page.cells:
        for name in cell.options.files:
            try:
                files[name] = files.get(name) or digest_file(data_file(root, name))
            except (OSError, RuntimeError) as error:  # or a circle of links
                why = error.strerror if isinstance(error, OSError) else str(error)
                said = f"cannot read {name}: {why}"
                problems.append(Problem(page.name, cell.option_line("files"), "files", said))
    return files, problems


def _written_pictures(page: Page, root: Path) -> list[Problem]:
    """Find pictures that the page shows, that are no files, and that a cell seems to write."""
    folder = root / Path(*Path(page.name).parts[1:]).parent
    problems = []
    for found in _PICTURE.finditer(page.text):
        name = found["target"].rpartition("/")[2]
        writers = [
            cell.line
            for cell in page.cells
            if re.search(rf"[\"'/]{re.escape(name)}[\"']", cell.code)
        ]
        if writers and not (folder / found["target"]).exists():
            line = page.text.count("\n", 0, found.start()) + 1
            said = (
                f"{found['target']} is not a file of the notes; what the cell of line {writers[0]} "
                "writes is gone with its folder: show it where it is made, by leaving the figure "
                "open or by `display(…)`"
            )
            problems.append(Problem(page.name, line, "picture", said))
    return problems
