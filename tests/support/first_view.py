"""What a browser loads by itself for a page, in bytes after gzip, by kind."""

import gzip
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

KINDS = ("text", "styles", "scripts", "fonts", "pictures")
ASKED = re.compile(
    r'<link [^>]*rel="(?P<rel>stylesheet|icon)"[^>]*>|<(?P<tag>script|img|iframe|source)\b[^>]*>'
)
ADDRESS = re.compile(r'\b(?:href|src)="(?P<to>[^"]+)"')
FONT = re.compile(r'@font-face\{font-family: ?"(?P<family>[^"]+)";src: ?url\("?(?P<to>[^")]+)')
COMPRESSED = (".woff2", ".png", ".jpg", ".webp")


@cache
def weight(path: Path) -> int:
    """Give the bytes of a file as a server sends it."""
    content = path.read_bytes()
    return len(content) if path.suffix in COMPRESSED else len(gzip.compress(content, 6))


def asked(site: Path, page: str) -> dict[str, str]:
    """Name the files that a page asks for, each with its kind; the page is one of them."""
    html = (site / page).read_text("utf-8")
    files = {page: "text"}
    for found in ASKED.finditer(html):
        address = ADDRESS.search(found[0])
        if address is None or address["to"].startswith("data:"):
            continue
        kinds = {"stylesheet": "styles", "icon": "pictures", "script": "scripts"}
        kind = kinds.get(found["rel"] or found["tag"], "pictures")
        files[normpath(join(dirname(page), address["to"])).lstrip("/")] = kind
    for sheet in [name for name, kind in files.items() if kind == "styles"]:
        for font in FONT.finditer((site / sheet).read_text("utf-8")):
            # the small one draws formulas, the full one those that say so
            needed = 'class="texmath-full"' if font["family"].endswith("Full") else "<math>"
            if needed in html or (needed == "<math>" and "<math display" in html):
                files[normpath(join(dirname(sheet), font["to"]))] = "fonts"
    return files


def first_view(site: Path, page: str) -> dict[str, int]:
    """Add up the bytes of what a page asks for, by kind."""
    found = dict.fromkeys(KINDS, 0)
    for name, kind in asked(site, page).items():
        found[kind] += weight(site / name)
    return found


def pages(site: Path) -> list[str]:
    """Name the pages of the site."""
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))
