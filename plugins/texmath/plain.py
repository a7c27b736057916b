"""MathML as one line of text: `⌊(i + 2p − k)/s⌋ + 1`.

For the search index, the table of contents, attributes, and whoever cannot see MathML.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from texmath.mathml import Node

SUBSCRIPTS: Final = str.maketrans(
    "0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
SUPERSCRIPTS: Final = str.maketrans("0123456789+−=()inT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵀ")
PRIMES: Final = frozenset("′″‴⁗")
ACCENTS: Final = {
    "ˆ": "\u0302",
    "¯": "\u0304",
    "˜": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "ˇ": "\u030c",
    "‾": "\u0305",
    "_": "\u0332",
}
BRACES: Final = frozenset("⏞⏟⏜⏝⎴⎵")
INVISIBLE: Final = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\ufe00\ufe01\u200b"))
APPLY: Final = "\u2061"
SPACED: Final = frozenset("+−±∓=≠≈≡≔≤≥<>≪≫∈∉⊂⊆∪∩×⋅·⋆∗⊛⊙⊗⊕∘∼≃≅∝→←↦⟶⟼⇒⇐⇔↔⟹⟺∧∨∣")
SIGNS: Final = frozenset("+−±∓")
OPENING: Final = frozenset("([{⌊⌈⟨|‖")
CLOSING: Final = frozenset(")]}⌋⌉⟩|‖")
ROW: Final = frozenset({"math", "mrow", "mstyle", "mpadded", "menclose", "mtd", "semantics"})
SCRIPTED: Final = frozenset(
    {"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"}
)
MARKS: Final = "".join(map(chr, {*SUBSCRIPTS.values(), *SUPERSCRIPTS.values()})) + "".join(PRIMES)
ATOM: Final = re.compile(
    rf"[\d.,]+|[∂∇Δ]?[^\W\d_][\u0300-\u036f\u20d7{re.escape(MARKS)}]*|[^\W\d_]{{2,}}|∞"
)
"""What needs no brackets as the half of a fraction."""


def text(node: Node) -> str:
    """Write an element, with all that is in it, on one line."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", _text(node))).strip()


def _text(node: Node) -> str:
    parts = node.children
    if node.attributes.get("notation") == "phasorangle":
        return f"∠{_row(parts)}"
    if node.tag in ROW:
        return _fenced_table(parts) or _row(parts)
    if node.tag == "mfrac":
        return _fraction(node)
    if node.tag in SCRIPTED:
        return _scripted(node)
    if node.tag == "msqrt":
        return f"√{_bracketed(_row(parts))}"
    if node.tag == "mroot":
        base, index = parts
        root = _script(index, SUPERSCRIPTS, "^").lstrip("^")
        return f"{root}√{_bracketed(_text(base))}"
    if node.tag == "mtable":
        return _table(node, between=" ")
    if node.tag == "mspace":
        return " " if _width(node) > 0.1 else ""
    if node.tag == "mphantom":
        return ""
    return _letters(node.text)


def _letters(letters: str) -> str:
    """Take the style out of letters (𝐖 is W); ℝ and ℓ say something and stay."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if ord(letter) >= 0x1D400 else letter
        for letter in letters.translate(INVISIBLE).replace("\xa0", " ")
    )


def _width(node: Node) -> float:
    found = re.fullmatch(r"(-?[\d.]+)em", node.attributes.get("width", ""))
    return float(found[1]) if found else 0.0


def _row(parts: Sequence[Node]) -> str:
    """Write elements side by side, with spaces where a reader wants them."""
    line = ""
    for index, part in enumerate(parts):
        written = _text(part)
        last = line.rstrip()[-1:]
        core = _core(part)
        if core in SPACED and written:
            unary = core in SIGNS and (
                not last or last in OPENING or last in SPACED or last in ",;"
            )
            line = line + written if unary else f"{line.rstrip()} {written} "
        elif core in (",", ";"):
            tight = part.attributes.get("rspace") == "0"  # 1{,}000
            line = line.rstrip() + written + ("" if tight else " ")
        elif part.tag == "mo" and part.text == APPLY:
            following = _text(parts[index + 1]) if index + 1 < len(parts) else ""
            line += "" if following[:1] in OPENING else " "
        elif part.tag == "mfrac" and _joined(parts, index):
            line += f"({written})"
        else:
            apart = line[-1:].isalnum() and written[:1].isalnum()
            wordy = index > 0 and (_is_word(part) or _is_word(parts[index - 1]))
            wordy = wordy or re.search(r"[_^]\w+$", line) is not None
            line += f" {written}" if apart and wordy else written
            if _core(part) in ("∑", "∏", "∫") and part.tag != "mo":
                line += " "
    return line.replace("...", "…").strip() if line.strip() else line


def _core(part: Node) -> str:
    """The operator that an element is, also under or over something; empty for other things."""
    parts = part.children
    if part.tag == "mrow":
        parts = [child for child in parts if child.tag != "mspace"]
    if part.tag in SCRIPTED or (part.tag == "mrow" and len(parts) == 1):
        return _core(parts[0]) if parts else ""
    return part.text.translate(INVISIBLE) if part.tag == "mo" else ""


def _is_word(part: Node) -> bool:
    """Tell a name of several letters (max, softmax) from letters side by side."""
    if part.tag in SCRIPTED or part.tag in ROW:
        named = [child for child in part.children if child.tag != "mspace"]
        return bool(named) and any(map(_is_word, (named[0], named[-1])))
    return part.tag in ("mi", "mtext") and len(_letters(part.text)) > 1


def _joined(parts: Sequence[Node], index: int) -> bool:
    """Tell whether something stands right beside a fraction, as in ½x."""
    beside = [parts[at] for at in (index - 1, index + 1) if 0 <= at < len(parts)]
    return any(part.tag not in ("mo", "mspace", "mtext") and not _core(part) for part in beside)


def _fraction(node: Node) -> str:
    over, under = (_text(part).strip() for part in node.children)
    if node.attributes.get("linethickness") == "0":
        return f"{over} choose {under}"
    return f"{_bracketed(over)}/{_bracketed(under)}"


def _bracketed(written: str) -> str:
    written = written.strip()
    if ATOM.fullmatch(written) or _closed(written):
        return written
    return f"({written})"


def _closed(written: str) -> bool:
    """Tell whether one pair of brackets already holds all of it."""
    if len(written) < 2 or f"{written[0]}{written[-1]}" not in ("()", "[]", "⌊⌋", "⌈⌉"):
        return False
    depth = 0
    for letter, _ in pairwise(written):
        depth += (letter == written[0]) - (letter == written[-1])
        if not depth:
            return False
    return True


def _scripted(node: Node) -> str:
    base, *scripts = node.children
    written = _text(base)
    marks = [_text(script).strip() for script in scripts]
    if not any(marks):
        return written
    if node.tag in ("munder", "mover") and marks[0] in BRACES:
        return f"({written})"
    if "true" in (node.attributes.get("accent"), node.attributes.get("accentunder")):
        return _accented(written, marks[0])
    joined = base.tag == "mrow" and len(written) > 1 and not _closed(written)
    if base.tag == "mfrac" or (joined and not _is_word(base)):
        written = f"({written})"
    if node.tag in ("msub", "munder"):
        return written + _script(scripts[0], SUBSCRIPTS, "_")
    if node.tag in ("msup", "mover"):
        return written + _script(scripts[0], SUPERSCRIPTS, "^")
    lower, upper = scripts[:2]
    return written + _script(lower, SUBSCRIPTS, "_") + _script(upper, SUPERSCRIPTS, "^")


def _accented(written: str, mark: str) -> str:
    accent = ACCENTS.get(mark, mark)
    if len(written) <= 1 or accent in ("\u0305", "\u0332"):
        return "".join(letter if letter == " " else letter + accent for letter in written)
    return f"({written}){accent}"


def _script(script: Node, letters: dict[int, int], mark: str) -> str:
    """Lower or raise what Unicode can; mark the rest with `_` or `^`."""
    tight = re.sub(r"\s*([^\w\s])\s*", r"\1", _text(script).strip())
    if not tight or all(letter in PRIMES for letter in tight):
        return tight
    word = _is_word(script)  # H_out can be searched for, Hₒᵤₜ cannot
    if not word and all(ord(letter) in letters for letter in tight):
        return tight.translate(letters)
    bare = len(tight) == 1 or _closed(tight) or (word and tight.isalnum())
    return f"{mark}{tight}" if bare else f"{mark}({tight})"


def _fenced_table(parts: Sequence[Node]) -> str:
    """Write a matrix or a distinction of cases; empty for any other row."""
    if [part.tag for part in parts] != ["mo", "mtable", "mo"]:
        return ""
    opening, closing = (_letters(parts[at].text) for at in (0, 2))
    if opening == "{" and not closing:
        return f"{{{_table(parts[1], between=' ')}}}"
    if (opening, closing) in (("(", ")"), ("[", "]")):
        opening, closing = "[", "]"
    return f"{opening}{_table(parts[1], between=', ')}{closing}"


def _table(node: Node, *, between: str) -> str:
    rows = ([_text(cell).strip() for cell in row.children] for row in node.children)
    return "; ".join(between.join(cell for cell in row if cell) for row in rows)
