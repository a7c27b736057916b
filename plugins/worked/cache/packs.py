"""A pack: the entries of one page in one object, as they travel to a shared store and back."""

import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Final

_HEAD: Final = b"worked pack 1\n"
"""Changes whenever a pack changes its form."""
MOST_PACKED: Final = 16 * 2**20
"""bytes of a pack; a larger one is not read"""
MOST_UNPACKED: Final = 64 * 2**20
"""bytes of the entries in a pack"""
_LABEL: Final = re.compile(rb"([0-9a-f]{64}) (\d{1,9})\n")
LEAST: Final = 256 * 1024
"""bytes that older entries may take beside those of a page that has hardly any"""
_FASTEST: Final = 1


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Put entries into a pack, in this order, as long as they fit."""
    held, parts = 0, []
    for name, content in entries:
        held += len(content) + 80  # with its label
        if held > MOST_UNPACKED:
            break
        parts.append(b"%s %d\n%s" % (name.encode(), len(content), content))
    return _HEAD + zlib.compress(b"".join(parts), _FASTEST)


def unpack(content: bytes) -> dict[str, bytes]:
    """Take the entries out of what may be a pack: name -> content, not checked yet.

    Of a pack that was cut short come the entries before the cut; of what is none, nothing.
    """
    if not content.startswith(_HEAD) or len(content) > MOST_PACKED:
        return {}
    try:
        body = zlib.decompressobj().decompress(content[len(_HEAD) :], MOST_UNPACKED)
    except zlib.error:
        return {}
    found: dict[str, bytes] = {}
    place = 0
    while label := _LABEL.match(body, place):
        place = label.end() + int(label[2])
        if place > len(body):
            break
        found[label[1].decode()] = body[label.end() : place]
    return found


def merged(own: Mapping[str, bytes], others: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put entries before those that a pack held already, of which no more stay than these take.

    So a pack serves two states of a site that share a page's text, and does not grow for ever.
    """
    left = max(sum(map(len, own.values())), LEAST)
    found = dict(own)
    for name, content in others.items():
        if name not in found and (left := left - len(content)) >= 0:
            found[name] = content
    return found
