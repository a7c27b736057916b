"""Results into Markdown and HTML."""

from worked.html.cell import PageContext
from worked.html.extension import WorkedExtension
from worked.html.highlight import Memo, uncached
from worked.html.outputs import clean_html, matrix_html, signed
from worked.html.splice import (
    Deferred,
    PlacedDrawing,
    code_slot,
    drawing_name,
    drawing_slot,
    fill_slot,
    splice,
)

__all__ = [
    "Deferred",
    "Memo",
    "PageContext",
    "PlacedDrawing",
    "WorkedExtension",
    "clean_html",
    "code_slot",
    "drawing_name",
    "drawing_slot",
    "fill_slot",
    "matrix_html",
    "signed",
    "splice",
    "uncached",
]
