"""Whose notes a build is of."""

import os
from typing import Final

from mkdocs.exceptions import Abort

from worked.cache import OWN, STRANGER

TRUST: Final = "WORKED_TRUST"
"""The variable of the builder's environment that says whose notes this build is of."""


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
