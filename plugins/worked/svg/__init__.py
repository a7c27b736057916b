"""A drawing as text: make it small, check it, place it, find what several share.

Imports protocol, limits and palette.
"""

from worked.svg.check import UnsafeError, check_svg
from worked.svg.compact import adopt_svg, compact_svg
from worked.svg.overlap import share_parts
from worked.svg.place import place_svg, prefix_ids
from worked.svg.scheme import (
    BLACK_ON,
    follow_scheme,
    has_ink,
    luminance,
    put_on_plate,
    stands_on_colour,
    weak_colours,
)

__all__ = [
    "BLACK_ON",
    "UnsafeError",
    "adopt_svg",
    "check_svg",
    "compact_svg",
    "follow_scheme",
    "has_ink",
    "luminance",
    "place_svg",
    "prefix_ids",
    "put_on_plate",
    "share_parts",
    "stands_on_colour",
    "weak_colours",
]
