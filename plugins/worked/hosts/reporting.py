"""Say what is wrong: in the log of a build, and to GitHub where it reads what is printed."""

import logging
import sys
from collections.abc import Iterable, Sequence

from worked.annotations import annotations, folder_in_repository, is_wanted
from worked.errors import Problem, describe
from worked.hosts.mkdocs_site import said_warnings
from worked.hosts.notes import Notes
from worked.page import PageResult


def print_annotations(
    notes: Notes,
    errors: Iterable[Problem],
    warnings: Iterable[Problem] = (),
    *,
    are_wanted: bool | None = None,
) -> None:
    """Print errors and warnings of the notes as annotations.

    Args:
        notes: of the site.
        errors: in any order.
        warnings: in any order.
        are_wanted: whether to; None for where GitHub reads it.
    """
    if is_wanted() if are_wanted is None else are_wanted:
        folder = folder_in_repository(notes.settings.root.parent)
        sys.stdout.write(annotations(errors, warnings, folder=folder))
        sys.stdout.flush()


def log_problems(
    log: logging.Logger, notes: Notes, results: Sequence[PageResult], problems: Sequence[Problem]
) -> None:
    """Report the warnings of a build's pages, and everything that is wrong with them."""
    warnings = [(said, result) for result in results for said in said_warnings(result)]
    for said, result in warnings:
        log.warning("%s", describe(said, result.page.text))
    if problems:
        log.error("%s", notes.report(problems, len(results)))
    print_annotations(notes, problems, (said for said, _ in warnings))
