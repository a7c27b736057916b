"""Read which letters the formulas of a page use, and what the page on notation says of each."""

import re
from collections.abc import Iterator

import formulas_of_pages as notes

NOTATION = "notation.md"
SIGNS = {  # TeX for letters; everything else behind a backslash is no letter
    *("alpha", "beta", "gamma", "delta", "varepsilon", "epsilon", "eta", "theta", "kappa"),
    *("lambda", "mu", "pi", "rho", "sigma", "tau", "phi", "Phi", "omega", "Sigma", "Delta"),
}
_WORDS = re.compile(r"\\mathsf T|\\(?:text|operatorname|mathrm|mathsf|begin|end)\s*\{[^}]*\}")
_SIGN = re.compile(r"\\([A-Za-z]+)")
_D = re.compile(r"(?<![A-Za-z\\])d(?=\\?[A-Za-z])|\\overline")
"""The d of a gradient, which is no dilation."""
_ROW = re.compile(r"^\| (?P<letters>\$.*?) \| (?P<meaning>.*?) \|(?P<last>.*)\|$", re.M)
_LINKED = re.compile(r"\]\((?:\.\./)?([\w/-]+\.md)[^)]*\) \|$")


def letters(formula: str) -> set[str]:
    """Give the letters of a formula, Greek ones by their name."""
    bare = _D.sub(" ", _WORDS.sub(" ", formula))
    greek = {name for name in _SIGN.findall(bare) if name in SIGNS}
    return greek | set(re.findall(r"[A-Za-z]", _SIGN.sub(" ", bare)))


def used(page: str) -> Iterator[tuple[str, str]]:
    """Give each letter of a page's formulas, with the page whose letters the place uses.

    That is the page itself, but in a row of a table that ends with a link to another page, that.
    """
    for line in _lines(notes.prose(page)):
        linked = _LINKED.search(line)
        home = linked[1] if page.startswith("exam/") and linked and line.startswith("|") else page
        for formula in notes.formulas(line):
            for letter in letters(formula):
                yield letter, home


def _lines(text: str) -> Iterator[str]:
    """Give the lines of a text, with blocks and formulas that go on in the next line whole."""
    blocks = re.compile(r"\$\$.*?\$\$", re.S)
    yield from (found[0] for found in blocks.finditer(text))
    yield from blocks.sub("", text).split("\n")


def everywhere() -> dict[str, str]:
    """Give the letters that mean the same on all pages, with their meanings."""
    return _table(notes.prose(NOTATION).split("| pages |")[0])


def on_pages() -> dict[str, dict[str, str]]:
    """Give page -> letter -> its meaning there, from the second table of the page on notation."""
    found: dict[str, dict[str, str]] = {}
    for row in _ROW.finditer(notes.prose(NOTATION).split("| pages |")[1]):
        for page in re.findall(r"\]\(([^)]+\.md)\)", row["last"]):
            for formula in notes.formulas(row["letters"]):
                for letter in letters(formula):
                    found.setdefault(page, {})[letter] = row["meaning"]
    return found


def _table(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _ROW.finditer(text):
        for formula in notes.formulas(row["letters"]):
            for letter in letters(formula):
                found[letter] = f"{found.get(letter, '')} {row['meaning']}"
    return found


def introduced(page: str, letter: str) -> bool:
    """Tell whether a page speaks of a letter in words, as in “the step $h$” and “let $T_t$ be”.

    The letter has a formula to itself then, or shares one with no other but indices, in a line of
    text; or a formula begins with it and says what it equals.
    """
    sign = rf"\\{letter}" if len(letter) > 1 else letter
    indexed = rf"{sign}(?:_\w|_\{{[^}}]*\}}|\([^)]*\)|\^\w)*"
    alone = rf"{indexed}|\({indexed}(?:,.*)?\)|\(.*, ?{indexed}\)|.*_{sign}"
    equal = rf"{sign}(?:_\w|\(\w\))? ?(?:=|\\leftarrow).*"
    return any(
        re.fullmatch(alone, formula) or re.match(equal, formula)
        for line in _lines(notes.prose(page))
        for formula in notes.formulas(line)
    )


def appositions(page: str) -> Iterator[tuple[str, str]]:
    """Give word and letter of each “kernel $k$” of a page."""
    for word, formula in re.findall(r"([A-Za-z]+) \$([^$\n]+)\$", notes.prose(page)):
        found = letters(formula)
        if len(found) == 1 and re.fullmatch(r"\\?\w+(?:_.*)?", formula):
            yield word.lower(), found.pop()
