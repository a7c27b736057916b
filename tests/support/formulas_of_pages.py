"""Read the formulas of the pages: as written, and so that two ways of writing one compare equal.

`python tests/support/formulas_of_pages.py` brings tests/notes/formulas.txt up to date: it drops
the lines of formulas that are gone or on the sheet now, and adds the new ones, for which you
write a reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHEET = "exam/formula-sheet.md"

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_FENCE = re.compile(r"^( *)(```+).*?^\1\2$", re.S | re.M)
_VALUE = re.compile(r"`\{python\}[^`]*`")
_CODE = re.compile(r"`[^`\n]*`")
_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$\n]+(?:\n[^$\n]+)?)\$", re.S)
_SPACES = re.compile(r"\\(?:[,;:! ]|qquad|quad|left|right|displaystyle|cdot)(?![A-Za-z])|[\s{}]")
_SAME = (
    (r"\\[dt]frac", r"\\frac"),
    (r"\\(?:mathrm|text|operatorname|mathsf)", ""),
    (r"\\top", "T"),
    (r"\\underbrace", ""),
    (r"\\[lr]vert|\|", "|"),
    (r"\\mathrel|\\mathbin", ""),
)


def pages() -> list[str]:
    """Give the pages of the course, `about/` and the bibliography left out, by path."""
    found = (path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md")))
    return [page for page in found if not page.startswith("about/") and page != "bibliography.md"]


def prose(page: str) -> str:
    """Give a page without front matter and fences; a value is a `#`."""
    text = _FRONT_MATTER.sub("", (DOCS / page).read_text(encoding="utf-8"))
    text = _VALUE.sub("#", _FENCE.sub("", text))
    return _CODE.sub("", text)


def formulas(text: str) -> Iterator[str]:
    """Give the formulas of a text, as written."""
    for found in _FORMULA.finditer(text):
        yield (found["block"] or found["inline"]).strip()


def plain(formula: str) -> str:
    """Write a formula without spaces, braces and sizes, so that two ways of writing it agree."""
    for pattern, same in _SAME:
        formula = re.sub(pattern, same, formula)
    return _SPACES.sub("", formula)


EXCUSED = Path(__file__).resolve().parents[1] / "notes" / "formulas.txt"
_SAYS = re.compile(r"=|\\frac|\\sum|\\sqrt|\\leftarrow|\\lfloor|\\lceil|\\partial|\\log|\^|/")
_SHORT = 8
"""Signs; shorter ones name a thing."""


def off_the_sheet() -> set[tuple[str, str]]:
    """Give page and formula of all that state something, and stand in no formula of the sheet."""
    sheet = [plain(formula) for formula in formulas(prose(SHEET))]
    found = set()
    for page in pages():
        for formula in formulas(prose(page)) if page != SHEET else ():
            signs = len(re.sub(r"\\[A-Za-z]+", "x", plain(formula)))
            stands = any(plain(formula) in one for one in sheet)
            if _SAYS.search(formula) and signs >= _SHORT and not stands:
                found.add((page, " ".join(formula.split())))
    return found


def reasons() -> dict[tuple[str, str], str]:
    """Give the lines of formulas.txt: page and formula, and why it is not on the sheet."""
    read = {}
    for line in EXCUSED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            page, formula, reason = line.split("\t")
            read[page, formula] = reason
    return read


def excused() -> set[tuple[str, str]]:
    """Give page and formula of every line of formulas.txt."""
    return set(reasons())


def write() -> None:
    """Bring formulas.txt up to date."""
    known = reasons() if EXCUSED.exists() else {}
    head = "# page\tformula that is not on the formula sheet\twhy not\n"
    lines = (
        f"{page}\t{formula}\t{known.get((page, formula), '')}\n"
        for page, formula in sorted(off_the_sheet())
    )
    EXCUSED.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
