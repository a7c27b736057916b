"""Read the options `element` and `arrays`, and see that what stands beside them goes with them."""

import re
from collections.abc import Mapping
from typing import Final

from worked import limits
from worked.page.option_values import read_export

ELEMENT: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
"""Of what HTML allows as the name of an element of one's own, what needs no second thought."""
OWN_PREFIX: Final = "worked-"
_TAKEN: Final = re.compile(
    r"annotation-xml|color-profile|font-face(?:-(?:src|uri|format|name))?|missing-glyph"
)
"""Names with a hyphen that SVG and MathML have."""


def read_element(value: object) -> str:
    """Read the name of a custom element.

    Raises:
        ValueError: HTML has no such names, or another meaning for it.
    """
    name = str(value)
    if not ELEMENT.fullmatch(name):
        said = "is a name of small letters and digits with a hyphen in it, such as `try-kernel`"
        raise ValueError(f"{said}, not {name[:80]!r}")
    if _TAKEN.fullmatch(name) or name.startswith(OWN_PREFIX):
        raise ValueError(f"cannot be {name!r}: that name is taken")
    return name


def read_arrays_option(value: object) -> tuple[str, ...]:
    """Read the names that are handed over."""
    names = read_export(value)
    if len(names) > limits.MAX_ARRAYS:
        raise ValueError(f"has {len(names)} names; at most {limits.MAX_ARRAYS}")
    return names


def element_conflict(given: Mapping[str, object]) -> tuple[str, str]:
    """Say which option does not go with the cell's element, or its lack: (name, why); else empty.

    Args:
        given: all options of the cell, as YAML gives them.
    """
    if "element" not in given:
        said = "hands nothing over without an `element` that takes it"
        return ("arrays", said) if "arrays" in given else ("", "")
    if "sweep" in given:
        return "element", "does not go with a sweep, which is an element already"
    if "arrays" in given and "raises" in given:
        return "arrays", "hands nothing over from a cell that must raise an exception"
    if given.get("output") is False:
        return "output", "leaves the element nothing to show without JavaScript and in print"
    return "", ""
