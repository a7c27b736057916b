"""The element of a site's own around what a cell shows, and the arrays that it is handed."""

import json
from collections.abc import Mapping
from typing import Any, Final

_ESCAPES: Final = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})
"""In JSON these signs stand in texts only: none can end the script, nor begin a comment in it."""


def arrays_html(arrays: Mapping[str, Any]) -> str:
    """Write what a cell hands to its element as data that no browser runs."""
    text = json.dumps(arrays, separators=(",", ":")).translate(_ESCAPES)
    return f'<script type="application/json" class="worked-arrays">{text}</script>'
