"""What to write instead: names that are nearly right, and what other tools have."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

DIRECTIVE: Final = re.compile(r"\{(?P<name>[A-Za-z][\w:+-]*)\}.*")
"""A directive of MyST or a cell of Quarto; `{.python}` and `{#id}` are Markdown's own."""

_CELL: Final = "a cell begins with `python {.run}`"
_BOX: Final = 'a box is `!!! note "Title"`, and its text is indented by four spaces'
_PICTURE: Final = "a picture is `![what it shows](file.png)`"
_ELSE: Final = "write its text without the fence"
_INSTEAD: Final = {
    **dict.fromkeys(["code-cell", "python", "ipython", "ipython3", "jupyter-execute"], _CELL),
    **dict.fromkeys(["code", "code-block", "sourcecode"], "code that does not run is `python`"),
    "math": "a formula stands between two lines of `$$`",
    **dict.fromkeys(["admonition", "note", "tip", "hint", "important", "seealso", "topic"], _BOX),
    **dict.fromkeys(["attention", "caution", "warning", "danger", "error", "dropdown"], _BOX),
    **dict.fromkeys(["image", "figure"], _PICTURE),
}


def directive_hint(info: str) -> str:
    """Say what to write in place of a directive; empty where a fence is none.

    Args:
        info: what stands after the mark of the fence.
    """
    found = DIRECTIVE.fullmatch(info)
    if found is None:
        return ""
    instead = _INSTEAD.get(found["name"], _ELSE)
    return f"Markdown knows no directive `{{{found['name']}}}`: {instead}"


def nearest(name: str, names: Iterable[str], *, cutoff: float = 0.5) -> str:
    """Find the name that is most like another; empty where none is like it.

    Args:
        name: as an author wrote it.
        names: those that there are.
        cutoff: how much must be alike, from 0 to 1.
    """
    return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=cutoff)), "")


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Name the nearest of some names, as the end of a message; nothing where none is like it."""
    near = nearest(name, names)
    return f"; did you mean {near!r}?" if near else ""


def magic_hint(row: str) -> str:
    """Say what to do about a line that Python cannot read; nothing where it is no magic."""
    found = re.match(r"\s*(?:%{1,2}|!|\?)\s?[\w.]*", row)
    if not found:
        return ""
    return (
        f"; `{found[0].strip()}` is IPython's, not Python's: take the line out. Figures appear "
        "without a magic, and packages are installed before the site is built"
    )
