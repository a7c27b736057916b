r"""TeX as pages for LaTeX and MathJax have it, in the words that the converter knows."""

import re
from dataclasses import dataclass
from typing import Final

# as MathJax has them: without a number, since one formula does not know those of the others
ENVIRONMENTS: Final = {
    "equation": "equation*",
    "align": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "gather": "gather*",
    "multline": "gather*",
    "multline*": "gather*",
    "eqnarray": "array",
    "eqnarray*": "array",
    "split": "aligned",
}
WORD: Final = re.compile(
    r"""
    \\(?P<side>begin|end)\{(?P<environment>[a-z]+\*?)\}
    | \\color[ ]*\{(?P<color>[a-zA-Z]+)\}(?=[ ]*\{)
    | \\label[ ]*\{[^{}]*\}
    | \\substack[ ]*\{(?P<stack>(?:[^{}]|\{[^{}]*\})*)\}
    | \\(?:text|mbox)[ ]*\{(?P<words>[^{}]*)\}
    | \\(?P<name>[a-zA-Z]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
NAMES: Final = {"cr": r"\\", "mbox": r"\text"}
COUNT: Final = re.compile(r"\s*\{\s*\d+\s*\}")
BARE: Final = re.compile(r"(?<!\\)_")
DOLLAR: Final = re.compile(r"(?<!\\)\$")
TAG: Final = re.compile(r"\\tag(?![a-zA-Z])")
ALONE: Final = re.compile(r"\\(?:begin|end)\{equation\}")


@dataclass(frozen=True, slots=True)
class Translation:
    """A formula in the converter's words."""

    tex: str
    edits: tuple[tuple[int, int, int], ...]
    """(where a word of the original begins, where it ends, how long it is now), in order."""

    def original(self, position: int) -> int:
        """Give the place in the original for a place in the translation."""
        moved = 0
        for start, end, length in self.edits:
            if position < start + moved:
                break
            if position < start + moved + length:
                return start
            moved += length - (end - start)
        return position - moved


def translate(tex: str) -> Translation:
    r"""Put the converter's word for each that it does not know.

    Labels go, and the numbers of `equation` and its like with them; `\tag` keeps its place.
    """
    parts, edits, at = [], [], 0
    tagged = TAG.search(tex) is not None
    for found in WORD.finditer(tex):
        start, end = found.span()
        word = _word(found) if tagged or not ALONE.fullmatch(found[0]) else ""
        if word == found[0]:
            continue
        if found["side"] == "begin" and found["environment"].startswith("alignat"):
            end = count.end() if (count := COUNT.match(tex, end)) else end
        parts += [tex[at:start], word]
        edits.append((start, end, len(word)))
        at = end
    if tagged and r"\begin{" not in tex:  # only an environment has room for a tag
        parts.insert(0, r"\begin{equation*}")
        edits.insert(0, (0, 0, len(parts[0])))
        tex += r"\end{equation*}"
    return Translation("".join([*parts, tex[at:]]), tuple(edits))


def _word(found: re.Match[str]) -> str:
    """Give what the converter calls a command with its argument."""
    if environment := found["environment"]:
        columns = "{rcl}" if found["side"] == "begin" and environment[:3] == "eqn" else ""
        return rf"\{found['side']}{{{ENVIRONMENTS.get(environment, environment)}}}{columns}"
    if color := found["color"]:  # MathJax colours what is in the braces, not all that follows
        return rf"\textcolor{{{'gray' if color == 'LightGray' else color}}}"
    if (words := found["words"]) is not None:
        return _words(words)
    if (stack := found["stack"]) is not None:
        return rf"{{\begin{{subarray}}{{c}}{stack}\end{{subarray}}}}"
    if name := found["name"]:
        return NAMES.get(name, found[0])
    return ""


def _words(words: str) -> str:
    """Write words, and the formulas between dollars in them, one after another."""
    parts = [
        f"{{{part}}}" if n % 2 else BARE.sub(r"\_", rf"\text{{{part}}}")
        for n, part in enumerate(DOLLAR.split(words))
        if part or not n
    ]
    return "".join(parts)
