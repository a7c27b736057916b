"""A card outside of the site: formulas as TeX, links in full, pictures as files."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

_FORMULA: Final = re.compile(
    r'<(?P<tag>span|div)\b[^>]*\sdata-tex="(?P<tex>[^"]*)"[^>]*>[^<]*</(?P=tag)>'
)
_LINK: Final = re.compile(r'<a\b[^>]*?\bhref="(?P<to>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.S)
_DRAWING: Final = re.compile(r"<svg\b(?P<attributes>[^>]*)>(?P<inner>.*?)</svg>", re.S)
_TITLE: Final = re.compile(r"<title\b[^>]*>(?P<said>.*?)</title>", re.S)
_IMAGE: Final = re.compile(r'(?P<before><img\b[^>]*?\bsrc=")(?P<from>[^"]*)(?P<after>")')
_TAG: Final = re.compile(r"<[^>]+>")
_BLOCK: Final = re.compile(r"</(?:p|li|tr|div|pre|h\d)>|<br\b[^>]*>")
_SPACE: Final = 'xmlns="http://www.w3.org/2000/svg"'
_LINKED: Final = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def absolute(to: str, page: str, site: str) -> str:
    """Give the whole address of where a link leads.

    Args:
        to: as the page says it.
        page: its address from the site's root.
        site: the site's address; empty where nobody has said it.

    Returns:
        An address with its host; empty where there is none.
    """
    whole = urljoin(f"{site.rstrip('/')}/{page}" if site else "", unescape(to))
    return whole if urlsplit(whole).scheme else ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Makes cards fit for another program, and keeps the files that they need."""

    site: str
    """The site's address; empty where nobody has said it."""
    folder: Path
    """Where the site is built"""
    colours: Mapping[str, str]
    """Variables of drawings -> the colours of the light scheme"""
    media: dict[str, bytes] = field(default_factory=dict)
    """Name of a file -> what is in it"""

    def carried(self, html: str, page: str) -> str:
        """Give a question or an answer as HTML that stands alone.

        Args:
            html: from the page, with `data-tex` for formulas.
            page: its address from the site's root.
        """
        html = _FORMULA.sub(_tex, html)
        html = _DRAWING.sub(lambda found: self._drawing(found), html)
        html = _IMAGE.sub(lambda found: self._image(found, page), html)
        return _LINK.sub(self._links(page), html)

    def _links(self, page: str) -> Callable[[re.Match[str]], str]:
        def link(found: re.Match[str]) -> str:
            to = absolute(found["to"], page, self.site)
            return f'<a href="{escape(to)}">{found["text"]}</a>' if to else found["text"]

        return link

    def _drawing(self, found: re.Match[str]) -> str:
        title = _TITLE.search(found["inner"])
        variables = ";".join(f"{name}:{value}" for name, value in self.colours.items())
        kept = re.sub(
            r'\s(?:style|role|aria-\w+|xmlns(?::xlink)?)="[^"]*"', "", found["attributes"]
        )
        style = re.search(r'\sstyle="([^"]*)"', found["attributes"])
        said = f"{variables};background:#fff;{style[1] if style else ''}"
        svg = f'<svg {_SPACE} {_LINKED}{kept} style="{said}">{found["inner"]}</svg>'
        name = self._keep(svg.encode(), ".svg")
        return f'<img src="{name}" alt="{escape(unescape(title["said"])) if title else ""}">'

    def _image(self, found: re.Match[str], page: str) -> str:
        source = urlsplit(unescape(found["from"]))
        if source.scheme or source.netloc or found["from"] in self.media:
            return found[0]
        file = self.folder / unquote(
            urlsplit(urljoin(f"https://site/{page}", source.path)).path[1:]
        )
        if not file.is_file() or not file.resolve().is_relative_to(self.folder.resolve()):
            return found[0]
        return f"{found['before']}{self._keep(file.read_bytes(), file.suffix)}{found['after']}"

    def _keep(self, content: bytes, ending: str) -> str:
        name = f"revise-{hashlib.sha256(content).hexdigest()[:16]}{ending}"
        self.media[name] = content
        return name


def plain(html: str) -> str:
    """Give what `carried` gave as text: a line for each block, TeX as it is."""
    html = re.sub(r'<img\b[^>]*\balt="([^"]*)"[^>]*>', r"\1", html)
    lines = unescape(_TAG.sub("", _BLOCK.sub("\n", html))).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _tex(found: re.Match[str]) -> str:
    tex = escape(unescape(found["tex"]), quote=False)
    return rf"\[{tex}\]" if found["tag"] == "div" else rf"\({tex}\)"
