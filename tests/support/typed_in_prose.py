"""Find numbers and comparisons that the prose of the notes has from a keyboard.

`python tests/support/typed_in_prose.py` brings tests/notes/typed_numbers.txt up to date: it drops
the lines whose text is gone, and adds what is new, for which you write the reason, or better
compute it.  `--list PAGE` shows all that is found on a page, with the class that excuses it.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import formulas_of_pages as notes

LISTED = Path(__file__).resolve().parents[1] / "notes" / "typed_numbers.txt"
UNSEEN = "not looked at yet"
"""The reason of what was there when the list began; such lines become fewer."""

NUMBER = re.compile(r"(?<![\w#])[−-]?(?:\d[\d,.]*\d|\d|\.\d+)%?(?![\w])")
COMPARES = re.compile(
    r"\b(?:(?:about|almost|nearly|roughly) (?=[#\d]|half|twice|all|as\b|a\b|one|two|three|ten\b|log"
    r"|fifty|the third|equal|flat|no\b)"
    r"|twice|half|halves|double[sd]?|thrice"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand) times"
    r"|most(?! often)|mostly|fewest|best|worst|largest|smallest|highest|lowest"
    r"|rises?|falls?|grows?|shrinks?"
    r"|(?:more|less|fewer|larger|smaller|higher|lower|longer|shorter|faster|slower|better|worse)"
    r" than"
    r"|the same as|a (?:third|quarter|fifth|tenth|hundredth|thousandth)"
    r"|close to|near zero|far (?:more|less|fewer|above|below))(?:\b|(?<= ))",
    re.I,
)
"""Words that compare: they stand beside an assert, or a value says how much."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number or a comparison, with all that decides whether it may stand."""

    page: str
    text: str
    """The sign or the words that were found."""
    line: str
    """The line around them, a value as `#`."""
    at: int
    """Where in the line they begin."""
    asserted: bool
    """A cell of the same section asserts something."""

    @property
    def around(self) -> str:
        """Give the words around it, as they stand in typed_numbers.txt."""
        return " ".join(self.line[max(0, self.at - 30) : self.at + len(self.text) + 20].split())


_N = r"[−-]?\.?\d[\d.,]*"
CLASSES: dict[str, str] = {
    "a size": rf"(?:{_N}|#) ?(?:×|by) ?(?:{_N}|#)(?: ?(?:×|by) ?(?:{_N}|#))*",
    "a name": (
        r"(?:VGG|ResNet|LeNet|CIFAR|GoogLeNet|ILSVRC|RFC|BT|TD|CC BY|MobileNet|C|S|F|fc|conv|C\d"
        r"|layers?|full|pool|stage|block|figures?|tables?|[Ss]ections?|chapter|part|lecture|topics?"
        r"|class|digit|number|filter|map|channel|input|score|convolutions?|configuration|float|int"
        r"|top|Python|Conv\w*)[ -]?\d[\d.,]*(?:(?:, \d+)* and \d+| to \d+)?\b"
        r"|\b\d+-(?:bit|layer|crop|D)\b|\b\d+ bits|“\d”|\ba \d\b(?! ?[%×])|the \d\b"
    ),
    "a year": r"\b(?:1[89]|20)\d\d\b",
    "an angle": rf"{_N} ?(?:°|degrees)",
    "the label of a row": r"^\s*\|[^|]*\|",
    "a range": rf"{_N} ?(?:to|up to|…|down to) ?{_N}",
    "the numbers of an example": rf"(?:{_N} ?,? )+(?:and |or )?{_N}",
    "an instance": (
        rf"(?:=|≤|≥|<|>|→|\+|·|−|±|/|\(|\[)\s?\*{{0,2}}{_N}|{_N}\s?(?:=|→|\+|·|−|/|\)|\]|⁻|ⁿ|:)"
    ),
    "a setting": (
        rf"{_N} (?:input |output |more |random |noisy |training |equal )?(?:channels?|filters?"
        rf"|maps?|pixels?|bytes|classes|groups?|images?|frames|steps|points|neurons|inputs|layers|rows"
        rf"|columns|entries|networks|slices|biases|wide|people|others|epochs|examples|windows"
        rf"|plain layers|convolutions|activations|positions|feature maps)\b"
        rf"|(?:[Ss]tride|padding|[Rr]ates?|curvatures?|dilations?|size|batch(?:es)? of|divided by"
        rf"|multiply by|at|for|by|of|from|below|over|with|filter|hold|between)"
        rf" {_N}\b(?! ?(?:%|M\b))"
    ),
    "a bound of the code": r"(?:^|[^\w.])(?:0|1|−1|2)(?![\w.,]*\d)",
}
"""Reasons that a pattern can see, in the line, over the place."""
EXERCISE = re.compile(r"^\?\?\?\+? (?:check|card)")
"""The question of an exercise: what is given there is no result."""


def found(page: str) -> Iterator[Found]:
    """Give what the prose of a page has from a keyboard, in order."""
    for line, asserted in _units(page):
        for pattern in (NUMBER, COMPARES):
            for match in pattern.finditer(line):
                yield Found(page, match[0].strip(), line, match.start(), asserted)


def excused(one: Found) -> str:
    """Give the class that lets a place stand, or nothing."""
    if EXERCISE.match(one.line.strip()):
        return "given in an exercise"
    if COMPARES.fullmatch(one.text):
        return "a cell of the section asserts" if one.asserted else ""
    for name, pattern in CLASSES.items():
        for match in re.finditer(pattern, one.line):
            if match.start() <= one.at + len(one.text) - 1 and one.at < match.end():
                return name
    return ""


def _units(page: str) -> Iterator[tuple[str, bool]]:
    """Give the lines of text, captions and alternative texts; and whether their section asserts."""
    source = (notes.DOCS / page).read_text(encoding="utf-8")
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^\[\^[\w-]+\]: .*(?:\n    .*)*", "", source, flags=re.M)  # sources
    for section in re.split(r"^(?=##+ )", source, flags=re.M):
        asserted = bool(re.search(r"^\s*assert\b|\{\.expect", section, re.M))
        texts = re.findall(r"^ *#\| (?:fig-cap|fig-alt|tbl-cap): (.*)$", section, re.M)
        body = re.sub(r"^( *)(```+).*?^\1\2$", "", section, flags=re.S | re.M)
        for line in [*body.split("\n"), *texts]:
            yield _bare(line), asserted


def _bare(line: str) -> str:
    """Take away what is computed, code, formulas, addresses and marks."""
    line = re.sub(r"`\{python\}[^`]*`", "#", line)
    line = re.sub(r"`[^`]*`", "", line)
    line = re.sub(r"\$[^$]+\$", "", line)
    line = re.sub(r"\]\([^)]*\)|\[\^[\w-]+\]|<[^>]+>|^#+ .*", "", line)
    return re.sub(r"^( *\?\?\? card )[\w-]+", r"\1", line)


def listed() -> dict[tuple[str, str, str], str]:
    """Give the lines of typed_numbers.txt: page, text and words around it, and the reason."""
    read = {}
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            page, text, around, reason = line.split("\t")
            read[page, text, around] = reason
    return read


def unexcused() -> set[tuple[str, str, str]]:
    """Give page, text and words around it of all that no class lets stand."""
    return {
        (one.page, one.text, one.around)
        for page in notes.pages()
        for one in found(page)
        if not excused(one)
    }


def write() -> None:
    """Bring typed_numbers.txt up to date."""
    known = listed() if LISTED.exists() else {}
    lines = ("\t".join((*key, known.get(key, ""))) + "\n" for key in sorted(unexcused()))
    LISTED.write_text("# page\ttext\twords around it\treason\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--list"]:
        for one in found(sys.argv[2]):
            print(f"{excused(one) or '-'}\t{one.text}\t{one.around}")
    else:
        write()
