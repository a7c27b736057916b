"""Whose notes a build is of, and what nobody may write who is a stranger."""

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mkdocs.exceptions import Abort

from worked.cache import OWN, STRANGER
from worked.errors import Problem
from worked.page import Page

TRUST: Final = "WORKED_TRUST"
"""The variable of the builder's environment that says whose notes this build is of."""
_SIGNS: Final = frozenset('<>"')
_SAID: Final = "a stranger's front matter may hold no `<`, `>` or `\"`: themes print it as HTML"


def writer() -> str:
    """Say whose notes are built: `own` or `stranger`.

    Raises:
        Abort: the variable says something else.
    """
    trust = os.environ.get(TRUST, OWN)
    if trust not in (OWN, STRANGER):
        raise Abort(f"worked: {TRUST}: {OWN!r} or {STRANGER!r}, not {trust[:80]!r}")
    return trust


def is_strange() -> bool:
    """Whether nobody has read these notes yet."""
    return writer() == STRANGER


def front_matter_problems(page: Page, meta: Mapping[str, Any]) -> Iterator[Problem]:
    """Find what a theme would print of a page's front matter as HTML.

    Args:
        page: whose it is.
        meta: as MkDocs has read it.
    """
    for name, value in meta.items() if is_strange() else ():
        if any(_SIGNS & set(text) for text in _texts([name, value])):
            rows = page.text[: page.body].split("\n")
            line = next((n for n, row in enumerate(rows, 1) if row.startswith(str(name))), 1)
            yield Problem(page.name, line, "front matter", f"{str(name)[:40]}: {_SAID}")


def _texts(value: object) -> Iterator[str]:
    """Give all texts in what YAML gave, which no alias has made larger than fits."""
    held, seen = [value], set[int]()
    while held:
        one = held.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list | tuple | set) and id(one) not in seen:
            seen.add(id(one))
            held += [*one, *one.values()] if isinstance(one, dict) else [*one]
