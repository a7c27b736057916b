"""The forms in which entries travel: a pack of one page's, and a shelf with packs of several."""

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
_SHELF: Final = b"worked shelf 1\n"
_LABEL: Final = re.compile(rb"([0-9a-f]{64}) (\d{1,9})\n")
LEAST: Final = 256 * 1024
"""bytes that older entries may take beside those of a page that has hardly any"""
_FASTEST: Final = 1
_LABELS: Final = 80
"""bytes that a label may take"""


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Put entries into a pack, in this order, as long as they fit."""
    return _HEAD + zlib.compress(_framed(entries, MOST_UNPACKED), _FASTEST)


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
    return _unframed(body, 0)


def shelve(packs: Mapping[str, bytes]) -> bytes:
    """Put the packs of several pages onto a shelf, in this order, as long as they fit."""
    return _SHELF + _framed(packs.items(), MOST_PACKED - len(_SHELF))


def unshelve(content: bytes) -> dict[str, bytes]:
    """Take the packs from what may be a shelf, as `unpack` does the entries of one."""
    if not content.startswith(_SHELF) or len(content) > MOST_PACKED:
        return {}
    return _unframed(content, len(_SHELF))


def _framed(parts: Iterable[tuple[str, bytes]], most: int) -> bytes:
    held, framed = 0, []
    for name, content in parts:
        held += len(content) + _LABELS
        if held > most:
            break
        framed.append(b"%s %d\n%s" % (name.encode(), len(content), content))
    return b"".join(framed)


def _unframed(body: bytes, place: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
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
