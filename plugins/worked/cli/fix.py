"""`worked fix`: bring expectations up to date.

Nothing else of this package writes into sources, and this only between fences.
"""

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from worked.cli.site import GOOD, WRONG_NOTES, Site
from worked.errors import NotesError, Problem, describe
from worked.files import plain_newlines, write_atomically
from worked.page import Expectation, PageResult, difference, shown_text

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Change:
    """One expectation that has to become another."""

    expectation: Expectation
    text: str
    """What its cell shows."""
    difference: str


def find_changes(result: PageResult) -> list[Change]:
    """List the expectations of a page that their cells do not meet; cells that failed have none."""
    found = []
    for one in result.page.expectations:
        got = result.cells[one.cell]
        if got is not None:
            titles = result.page.cells[one.cell].options.sweep.titles
            text = shown_text(got.outputs, titles)
            if said := difference(one.text, text, one.tolerance):
                found.append(Change(one, text, said))
    return found


def unwritable(page: str, change: Change) -> Problem | None:
    """Say why a text cannot stand between its fences."""
    mark = change.expectation.mark
    if any(row.strip().startswith(mark) for row in change.text.split("\n")):
        said = f"the cell shows {mark} itself: write the expectation with a longer fence"
        return Problem(page, change.expectation.line, "fence", said)
    return None


def rewrite(text: str, wanted: Mapping[int, Change]) -> str:
    """Put new texts between the fences, and leave every other character as it is.

    Args:
        text: the file's content, with its own line ends.
        wanted: line of the fence -> change.
    """
    lines = _LINE.findall(text)
    for at, change in sorted(wanted.items(), reverse=True):
        one = change.expectation
        end = lines[at - 1][len(lines[at - 1].rstrip("\r\n")) :]
        rows = change.text.split("\n") if change.text else []
        new = [(one.prefix + row).rstrip() + end for row in rows]
        lines[at : at + one.height] = new
    return "".join(lines)


def write_changes(path: Path, page: str, result: PageResult, wanted: list[Change]) -> None:
    """Rewrite a file at once: whoever reads it, or is cut off, has the old text or the new one.

    Raises:
        NotesError: the file has changed since it was read.
    """
    data = path.read_bytes()
    text = data.decode("utf-8")  # with its mark of byte order, where it has one
    if plain_newlines(text.removeprefix("\N{BYTE ORDER MARK}")) != result.page.text:
        raise NotesError(f"{page} has changed while its cells ran; nothing was written to it")
    new = rewrite(text, {change.expectation.line: change for change in wanted})
    write_atomically(path.resolve(), new.encode("utf-8"), is_source=True)


def fix_notes(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked fix`."""
    files = site.files(chosen.pages)
    build = site.build(list(files.values()))
    problems: list[Problem] = []
    count = 0
    for path, result in zip(files, build.results(), strict=False):  # the given pages come first
        page = result.page.name
        problems += [problem for problem in result.problems if problem.kind != "expect"]
        wanted = []
        for change in find_changes(result):
            if problem := unwritable(page, change):
                problems.append(problem)
            else:
                wanted.append(change)
                said = Problem(page, change.expectation.line, "expect", f"\n{change.difference}")
                print(f"{describe(said, '')}\n")
        if wanted and not chosen.dry_run:
            write_changes(path, page, result, wanted)
        count += len(wanted)
    results = build.results()
    build.close()
    if problems:
        print(site.notes.report(problems, len(results)))
    noun = "expectation" if count == 1 else "expectations"
    print(f"worked: {count} {noun} {'would be ' if chosen.dry_run else ''}rewritten")
    return WRONG_NOTES if problems or (chosen.dry_run and count) else GOOD
