"""What KaTeX can say: here it comes out the same, or is an error that says why.

The table in the reference is made from the same list: after a change, run this file.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import pytest
from fontTools.ttLib import TTFont

import texmath
from texmath import mathml
from texmath.formula import FOREIGN, convert
from texmath.problems import FormulaError

LIST: Final = Path(__file__).with_name("katex.tsv")
REFERENCE: Final = Path(__file__).parents[3] / "docs/about/reference.md"
BEGIN, END = "<!-- functions: made by tests/unit/texmath/test_katex.py -->\n", "<!-- /functions -->"

REFUSED: Final = {
    **dict.fromkeys(
        [r"\edef", r"\xdef", r"\expandafter", r"\noexpand", r"\futurelet"], "programs of TeX"
    ),
    **dict.fromkeys(
        [r"\href", r"\url", r"\htmlClass", r"\htmlData", r"\htmlId", r"\htmlStyle"],
        "links and HTML stand around a formula",
    ),
    r"\includegraphics": "images stand beside a formula",
    r"\overlinesegment": "MathML has no such line",
    r"\underlinesegment": "MathML has no such line",
}
"""what does not work, and why"""

# signs that look alike and mean the same
ALIKE: Final = str.maketrans(
    {
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)),
        "‖": "∥",
        "|": "∣",
        "⟂": "⊥",
        "·": "⋅",
        "ˆ": "^",
        "˜": "~",
        "’": "′",
        **dict(
            zip(
                "´ˊ`ˋ¯ˉ˙˚¸˝˘",
                "\u0301\u0301\u0300\u0300\u0304\u0304\u0307\u030a\u0327\u030b\u0306",
                strict=True,
            )
        ),
        "∶": ":",
        "∷": "::",
        "−": "-",
        "≔": ":=",
        "≕": "=:",
        "∹": "-:",
        "▴": "▲",
        "▾": "▼",
        "▵": "△",
        "▿": "▽",
        "◁": "◃",
        "▷": "▹",
        "⟋": "╱",
        "⟍": "╲",
        "◻": "□",
        "_": "‾",
        "\u0302": "^",
        "\u0303": "~",
        "\u030c": "ˇ",
        "\u20db": "...",
        "\u20dc": "....",
    }
)
OTHERWISE: Final = {
    r"\backepsilon": "϶",  # the letter, where KaTeX has a sign of relation
    r"\circledR": "Ⓡ",
    r"\coloneq": ":=",  # as mathtools has them since 2022
    r"\Coloneq": "::=",
    r"\eqcolon": "=:",
    r"\Eqcolon": "=::",
    r"\Join": "⨝",
    r"\ncong": "≇",
    r"\surd": "∣",  # a root over a bar that nobody sees
    r"\textcircled": "a",
    r"\underbar": "x",  # a line that HTML draws
    # with a stroke, where KaTeX has its own glyphs and names the next sign
    r"\ngeqq": "≧̸",
    r"\ngeqslant": "⩾̸",
    r"\nleqq": "≦̸",
    r"\nleqslant": "⩽̸",
    r"\nsubseteqq": "⫅̸",
    r"\nsupseteqq": "⫆̸",
}
"""names whose sign is another than KaTeX's -> it"""


def rows() -> Iterator[tuple[str, str, str]]:
    """Give name, example and KaTeX's text."""
    for line in LIST.read_text("utf-8").splitlines():
        if not line.startswith("# ") and line != "#":
            name, example, text = line.split("\t")
            yield name, example, text


ROWS: Final = tuple(rows())


def plain(text: str) -> str:
    """Take out what differs between two ways to say the same."""
    text = re.sub(r"[\s\u2061-\u2064\u200b\ufe00]", "", text)
    return unicodedata.normalize("NFKD", text.translate(ALIKE)).translate(ALIKE)


@pytest.mark.parametrize(("name", "example", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_a_function_says_what_it_says_in_katex(name: str, example: str, text: str) -> None:
    if name in REFUSED:
        with pytest.raises(FormulaError) as caught:
            convert(example, display=True)
        assert "Unknown" not in caught.value.message
        return
    said = mathml.parse(convert(example, display=True).mathml).text
    assert plain(said) == plain(OTHERWISE.get(name, text))


def test_all_signs_are_in_the_font() -> None:
    font = TTFont(Path(texmath.__path__[0], "assets/stix-two-math-subset.woff2")).getBestCmap()
    said = "".join(
        mathml.parse(convert(example, display=True).mathml).text
        for name, example, _ in ROWS
        if name not in REFUSED
    )
    missing = {sign for sign in said if ord(sign) not in font and not FOREIGN.match(sign)}
    assert missing <= {"\ufe00"}


def test_the_refused_and_the_others_are_on_the_list() -> None:
    assert {*REFUSED, *OTHERWISE} <= {name for name, _, _ in ROWS}


def code(name: str) -> str:
    return f"`` {name} ``" if "`" in name else f"`{name}`"


def table() -> str:
    """Make the table of the reference."""
    lines = [f'??? note "The {len(ROWS):,} functions and environments of KaTeX"', ""]
    lines += ["    | begins with | works |", "    |---|---|"]
    works = sorted((name for name, _, _ in ROWS if name not in REFUSED), key=initial)
    for letter, names in groupby(works, key=initial):
        cells = " ".join(map(code, names)).replace("|", r"\|")
        lines.append(f"    | {letter.replace('~', 'signs')} | {cells} |")
    lines += ["", "    | does not work | why |", "    |---|---|"]
    lines += [f"    | {code(name)} | {why} |" for name, why in sorted(REFUSED.items())]
    return "\n".join(lines) + "\n"


def initial(name: str) -> str:
    first = name.lstrip("\\{")[:1].upper()
    return first if first.isalpha() else "~"


def test_the_table_in_the_reference_is_that_of_the_list() -> None:
    text = REFERENCE.read_text("utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0].strip("\n") == table().strip("\n")


if __name__ == "__main__":
    before, begin, rest = REFERENCE.read_text("utf-8").partition(BEGIN)
    REFERENCE.write_text(f"{before}{begin}\n{table()}\n{END}{rest.partition(END)[2]}", "utf-8")
