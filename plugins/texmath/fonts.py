"""Which of the two fonts a formula is drawn with.

The small one has what most formulas of a course need, the full one what TeX can say.  A formula is
drawn by one of them as a whole: a browser stretches signs by the tables of the first font it has.
"""

import re
from html import unescape
from typing import Final

CORE: Final = (
    (0x0020, 0x007E),  # ASCII
    *((ord(sign), ord(sign)) for sign in "\u00a0¯±·×ΓΔΘΛΣΦΨΩˆˇ˜\u0303\u030c\u20d7‖…′″‴‾"),
    (0x2061, 0x2064),  # invisible operators
    *((ord(sign), ord(sign)) for sign in "ℎℝ←→⇒∂∇∈∏∑−∗√∞∩∪≈≠≤≥≪≫⊤⋅⋆⋯⌈⌉⌊⌋⏟⟨⟩"),
    (0x1D434, 0x1D454),  # italic: what <mi>x</mi> is drawn with; h is among the letterlike signs
    (0x1D456, 0x1D467),
    *((ord(sign), ord(sign)) for sign in "𝖳𝛼𝛽𝛾𝛿𝜀𝜁𝜂𝜃𝜅𝜆𝜇𝜈𝜉𝜋𝜌𝜎𝜏𝜑𝜒𝜓𝜔𝛻𝜕𝜖𝜙"),
)
"""ranges of characters, first and last, that the small font has"""

SINGLE: Final = re.compile(r"<mi>(.)</mi>")
TAG: Final = re.compile(r"<[^>]*>")
LATIN: Final = 0x1D434
GREEK: Final = 0x1D6FC
H: Final = "\u210e"
SYMBOLS: Final = dict(zip("∇∂ϵϑϰϕϱϖıȷ", "𝛻𝜕𝜖𝜗𝜘𝜙𝜚𝜛𝚤𝚥", strict=True))
CHOICES: Final = frozenset("\ufe00\ufe01")
"""they choose a shape; a font without them draws the usual one"""
IN_CORE: Final = CHOICES.union(chr(one) for first, last in CORE for one in range(first, last + 1))
FULL: Final = ' class="texmath-full"'


def italic(letter: str) -> str:
    """Give the letter that is drawn for one that stands alone in an `<mi>`."""
    if letter == "h":
        return H
    if "A" <= letter <= "Z":
        return chr(LATIN + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(LATIN + 26 + ord(letter) - ord("a"))
    if "α" <= letter <= "ω":
        return chr(GREEK + ord(letter) - ord("α"))
    if "Α" <= letter <= "Ω":
        return chr(GREEK - 26 + ord(letter) - ord("Α"))
    return SYMBOLS.get(letter, letter)


def drawn(mathml: str) -> set[str]:
    """Name the characters that a browser draws for a formula."""
    single = set(map(italic, SINGLE.findall(mathml)))
    return single.union(unescape(TAG.sub("", SINGLE.sub("", mathml))))


def with_font(mathml: str) -> str:
    """Mark a `<math>` element that needs the full font."""
    if drawn(mathml) <= IN_CORE:
        return mathml
    return mathml.replace("<math", f"<math{FULL}", 1)
