"""What every part does with texts and files: hash them."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str | Iterable[str]) -> str:
    """Hash texts and lists of texts so that no two different inputs look alike."""
    plain = [part if isinstance(part, str) else list(part) for part in parts]
    return hashlib.sha256(json.dumps(plain).encode("utf-8", "backslashreplace")).hexdigest()


def digest_file(path: Path) -> str:
    """Hash a file's content.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
