"""What a cell with a seed hands on for each of its variants: plain data, as JSON."""

import hashlib
from collections.abc import Mapping
from typing import Any

from worked import limits
from worked.protocol.arrays import handed_size, read_arrays
from worked.protocol.reading import MalformedError, list_of


def read_variants(data: object) -> tuple[Mapping[str, Any], ...]:
    """Check what a page's process hands on.

    Raises:
        MalformedError: it is no plain data, or too much.
    """
    variants = tuple(read_arrays(one) for one in list_of(data))
    sizes = [handed_size(one) for one in variants]
    if len(variants) > limits.MAX_VARIANTS or sum(sizes) > limits.MAX_ALL_VARIANTS:
        raise MalformedError("too many variants, or variants of too much data")
    if max(sizes, default=0) > limits.MAX_VARIANT:
        raise MalformedError(f"a variant of more than {limits.MAX_VARIANT:,} bytes")
    return variants


def seed_number(seed: str, number: int) -> int:
    """Give the number from which the generator of one variant begins.

    Args:
        seed: the kind and the id of the cell.
        number: of the variant, from 0.
    """
    digest = hashlib.sha256(f"{seed} {number}".encode()).digest()
    return int.from_bytes(digest[:16], "big")
