"""The pictures of a book as files in it."""

import hashlib
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, unquote_to_bytes, urlsplit

FOLDER_OF_PICTURES: Final = "images"
TYPES: Final = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""What every e-reader shows, by the endings of files."""
_ENDINGS: Final = {kind: ending for ending, kind in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Pictures:
    """Collects pictures, each once."""

    site: Path
    files: dict[str, bytes] = field(default_factory=dict)
    """By their names in the book."""

    def take(self, reference: str) -> str:
        """Put a picture into the book.

        Args:
            reference: seen from the site's root, or the picture itself as a `data:` address.

        Returns:
            Its name in the book; empty for one that cannot be there.
        """
        if reference.startswith("data:"):
            kind, _, content = reference.removeprefix("data:").partition(",")
            kind, _, coded = kind.partition(";")
            ending = _ENDINGS.get(kind, "")
            whole = b64decode(content) if "base64" in coded else unquote_to_bytes(content)
            return self._put(whole, ending) if ending else ""
        parts = urlsplit(reference)
        file = self.site / unquote(parts.path)
        if parts.scheme or parts.netloc or not file.is_file():
            return ""
        if not file.resolve().is_relative_to(self.site.resolve()):
            return ""
        ending = file.suffix[1:].lower()
        return self._put(file.read_bytes(), ending) if ending in TYPES else ""

    def _put(self, content: bytes, ending: str) -> str:
        name = f"{FOLDER_OF_PICTURES}/{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
        self.files[name] = content
        return name
