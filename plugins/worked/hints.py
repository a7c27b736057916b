"""Directives of MyST and cells of Quarto, no fences to Markdown: what to write instead."""

import re
from typing import Final

DIRECTIVE: Final = re.compile(r"\{(?P<name>[A-Za-z][\w:+-]*)\}.*")
"""What stands behind the fence's mark; `{.python}` and `{#id}` are Markdown's own."""

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
        info: what stands behind the mark of the fence.
    """
    found = DIRECTIVE.fullmatch(info)
    if found is None:
        return ""
    instead = _INSTEAD.get(found["name"], _ELSE)
    return f"Markdown knows no directive `{{{found['name']}}}`: {instead}"
