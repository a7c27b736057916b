"""Problems as GitHub shows them beside the lines of a pull request.

What a message says may come from a stranger's page: GitHub obeys lines that begin with `::`, so
none of it may begin a line, or end the part of the command that it is in.
https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from worked import limits
from worked.errors import Problem, tamed

_DATA: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY: Final = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def is_wanted(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether GitHub reads what is printed."""
    return environment.get("GITHUB_ACTIONS") == "true"


def folder_in_repository(root: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Give where a site stands in its repository: empty, or with a slash at its end.

    Args:
        root: the folder that the notes' folder is in.
        environment: names the repository's own.
    """
    workspace = environment.get("GITHUB_WORKSPACE")
    if not workspace or not root.resolve().is_relative_to(Path(workspace).resolve()):
        return ""
    inside = root.resolve().relative_to(Path(workspace).resolve()).as_posix()
    return "" if inside == "." else f"{inside}/"


def annotations(
    errors: Iterable[Problem], warnings: Iterable[Problem] = (), *, folder: str = ""
) -> str:
    """Write each problem as one command of a line, errors first; of very many, the first.

    Args:
        errors: in any order.
        warnings: in any order.
        folder: where the site stands in its repository, with a slash at its end.
    """
    told = [("error", one) for one in sorted(set(errors))]
    told += [("warning", one) for one in sorted(set(warnings))]
    return "".join(_command(level, one, folder) for level, one in told[: limits.MAX_REPORTED])


def _command(level: str, problem: Problem, folder: str) -> str:
    file, title = (
        tamed(text).translate(_PROPERTY) for text in (f"{folder}{problem.page}", problem.kind)
    )
    said = tamed(problem.message or problem.kind).translate(_DATA)
    return f"::{level} file={file},line={problem.line},title={title}::{said}\n"
