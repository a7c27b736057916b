"""A drawing as text: check it, place it, find what several share."""

from worked.svg.check import UnsafeError, check_svg, place_svg, prefix_ids
from worked.svg.overlap import share_parts

__all__ = [
    "UnsafeError",
    "check_svg",
    "place_svg",
    "prefix_ids",
    "share_parts",
]
