"""`worked check`: what can be said of the notes without running anything."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from worked.builds import element_problems, timeout_problems
from worked.cli.site import GOOD, WRONG_NOTES, Site
from worked.errors import Problem, describe
from worked.exports import syntax_problem
from worked.hosts.reporting import print_annotations
from worked.page import Cell, Page


def check_page(page: Page, root: Path) -> list[Problem]:
    """Find what is wrong with a page as it is written.

    Args:
        page: as parsed.
        root: the folder of the notes, where the paths of `files:` start.
    """
    found = list(page.problems)
    for cell in page.cells:
        found += _cell(cell, page.name, root)
    return sorted(set(found))


def _cell(cell: Cell, page: str, root: Path) -> Iterator[Problem]:
    options = cell.options
    if (options.fig_cap or options.label.startswith("fig-")) and not options.fig_alt:
        line = cell.option_line("fig-cap" if options.fig_cap else "label")
        yield Problem(page, line, "fig-alt", "a figure without alternative text")
    for name in ("fig-cap", "tbl-cap", "fig-alt"):
        if name in dict(options.lines) and not getattr(options, name.replace("-", "_")):
            yield Problem(page, cell.option_line(name), name, "there is no text")
    if options.fig_cap and options.tbl_cap:
        yield Problem(page, cell.option_line("tbl-cap"), "tbl-cap", "a cell has one caption")
    if ">" not in cell.prefix and len(cell.prefix.expandtabs(4)) % 4:
        said = (
            f"the cell is indented by {len(cell.prefix)} spaces: Markdown wants four for each "
            "list, tab or box around it"
        )
        yield Problem(page, cell.fence_line, "place", said)
    for name in options.files:
        if not os.path.isfile(root / name):  # noqa: PTH113 - Path raises where a name is too long
            yield Problem(page, cell.option_line("files"), "files", f"there is no file {name!r}")
    if problem := syntax_problem(cell, page):
        yield problem


def check_notes(site: Site, chosen: argparse.Namespace) -> int:
    """Be the command `worked check`."""
    notes, pages = site.notes, site.pages(chosen.pages)
    problems = [problem for page in pages for problem in check_page(page, site.folder)]
    problems += [p for page in pages for p in timeout_problems(page, notes.settings)]
    problems += [p for page in pages for p in element_problems(page, notes.settings)]
    problems += [problem for page in pages for problem in notes.graph.problems(page.name)]
    problems += [problem for page in pages for problem in notes.references.problems(page)]
    if chosen.links:
        for page in pages:
            for link, target in notes.references.links(page):
                place = f"{target.page}:{target.line}"
                print(f"{page.name}:{link.line}: {target.name} ({target.label}) at {place}")
    warnings = site.review(pages)
    for said in warnings:
        print(f"{describe(replace(said, kind=f'warning: {said.kind}'), '')}")
    if problems:
        print(notes.report(problems, len(pages)))
    elif warnings:
        lets = "`<!-- worked: allow RULE: reason -->` above a line lets it stand"
        noun = "warning" if len(warnings) == 1 else "warnings"
        print(f"worked: {len(warnings)} {noun} in {len(pages)} pages; {lets}")
    else:
        print(f"worked: nothing wrong in {len(pages)} pages")
    are_wanted = None if chosen.format is None else chosen.format == "github"
    print_annotations(notes, problems, warnings, are_wanted=are_wanted)
    return WRONG_NOTES if problems or (warnings and chosen.strict) else GOOD
