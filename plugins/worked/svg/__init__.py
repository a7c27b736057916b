"""A drawing as text: make it small, check it, place it, find what several share.

Imports protocol, limits and palette.
"""

from worked.svg.check import UnsafeError, check_svg
from worked.svg.compact import adopt_svg, compact_svg
from worked.svg.overlap import share_parts
from worked.svg.place import place_svg, prefix_ids

__all__ = [
    "UnsafeError",
    "adopt_svg",
    "check_svg",
    "compact_svg",
    "place_svg",
    "prefix_ids",
    "share_parts",
]
