"""Find numbers and comparisons that the prose of the notes has from a keyboard.

`python tests/support/typed_in_prose.py` brings tests/notes/typed_numbers.txt up to date: it drops
the lines whose text is gone, and adds what is new, for which you write the reason, or better
compute it.  `--list PAGE` shows all that is found on a page, with the class that excuses it.

A reason that begins with `assert ` is the text of an assert on that page, whole or in part: where
it goes, the word has to go, too.
"""

import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import formulas_of_pages as notes

LISTED = Path(__file__).resolve().parents[1] / "notes" / "typed_numbers.txt"
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
"""Words that compare: a value in their sentence says how much, or they have a line in the list."""
PICTURED = re.compile(
    r"\b(?:larger|smaller|fewer|higher|lower|longer|shorter|faster|slower|better|worse|closer|deeper"
    r"|steeper|narrower|wider|clearly|steadily|steeply|slowly|fast|hardly|less|far|level|evenly)\b",
    re.I,
)
"""What captions and alternative texts say of a picture, and nobody sees when the numbers change."""


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

    @property
    def around(self) -> str:
        """Give the words around it, as they stand in typed_numbers.txt."""
        return " ".join(self.line[max(0, self.at - 30) : self.at + len(self.text) + 20].split())

    @property
    def sentence(self) -> str:
        """Give the sentence around it; a row of a table is one."""
        if self.line.lstrip().startswith("|"):
            return self.line
        ends = [0, *(match.end() for match in _SENTENCE_END.finditer(self.line)), len(self.line)]
        start = max(end for end in ends if end <= self.at)
        return self.line[start : min(end for end in ends if end > self.at)]


_SENTENCE_END = re.compile(r"[.!?;]\**\s+")
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
CLAIM = re.compile(r"^!!! (?:slip|misconception).*|^\|[^|]*")
"""What a box or a row of the list of misconceptions refutes: the title, the first column."""


def found(page: str) -> Iterator[Found]:
    """Give what the prose of a page has from a keyboard, in order."""
    for line, pictured in _units(page):
        taken = set[int]()
        for pattern in (NUMBER, COMPARES, *([PICTURED] if pictured else [])):
            for match in pattern.finditer(line):
                if not taken & {*range(*match.span())}:
                    yield Found(page, match[0].strip(), line, match.start())
                taken |= {*range(*match.span())}


def excused(one: Found) -> str:
    """Give the class that lets a place stand, or nothing."""
    if EXERCISE.match(one.line.strip()):
        return "given in an exercise"
    if not NUMBER.fullmatch(one.text):
        claim = CLAIM.match(one.line.lstrip())
        if claim and one.at < claim.end() + len(one.line) - len(one.line.lstrip()):
            return "the claim that is refuted"
        return "a value in the sentence" if "#" in one.sentence else ""
    for name, pattern in CLASSES.items():
        for match in re.finditer(pattern, one.line):
            if match.start() <= one.at + len(one.text) - 1 and one.at < match.end():
                return name
    return ""


def _units(page: str) -> Iterator[tuple[str, bool]]:
    """Give the lines of text, captions and alternatives; and whether they tell of a picture."""
    source = (notes.DOCS / page).read_text(encoding="utf-8")
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^\[\^[\w-]+\]: .*(?:\n    .*)*", "", source, flags=re.M)  # sources
    for text in re.findall(r"^ *#\| (?:fig-cap|fig-alt|tbl-cap): (.*)$", source, re.M):
        yield _bare(text), True
    for line in re.sub(r"^( *)(```+).*?^\1\2$", "", source, flags=re.S | re.M).split("\n"):
        yield _bare(line), False


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


def asserts(page: str) -> str:
    """Give the text of all asserts of a page's cells, each in one line."""
    source = (notes.DOCS / page).read_text(encoding="utf-8")
    found = []
    for _, cell in re.findall(r"^( *)```python[^\n]*\n(.*?)^\1```$", source, re.S | re.M):
        for node in ast.walk(ast.parse(textwrap.dedent(cell))):
            if isinstance(node, ast.Assert):
                found.append(ast.unparse(node))
    return "\n".join(found)


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
