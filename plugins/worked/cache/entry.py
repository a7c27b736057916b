"""An entry as it lies in a store and travels between them: a checksum, a line end, a body."""

import hashlib


def entry_path(name: str) -> str:
    """Give the place of an entry in a store."""
    return f"{name[:2]}/{name[2:]}.json"


def sealed(name: str, body: bytes) -> bytes:
    """Put the checksum of name and body before the body."""
    return _checksum(name, body) + b"\n" + body


def unsealed(name: str, content: bytes) -> bytes | None:
    """Give the body of an entry; None where it is damaged, or the entry of another name."""
    checksum, _, body = content.partition(b"\n")
    return body if _checksum(name, body) == checksum else None


def _checksum(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + body).hexdigest().encode()
