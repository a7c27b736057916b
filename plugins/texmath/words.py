r"""Words of TeX that the converter does not know, and the words it knows for them.

Imports nothing.
"""

from typing import Final

ENVIRONMENTS: Final = {
    # as MathJax has them: without a number, since one formula does not know those of the others
    "equation": "equation*",
    "align": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "gather": "gather*",
    "multline": "multline*",
    "eqnarray": "array",
    "eqnarray*": "array",
    "split": "aligned",
    "alignedat": "aligned",
    "darray": "array",
    "smallmatrix": "matrix",
}
COLUMNS: Final = frozenset({"array", "darray", "subarray"})
"""environments whose first argument names the columns"""
COUNTED: Final = frozenset({"alignat", "alignat*", "alignedat"})
"""environments whose first argument is a number of pairs of columns"""
STARRED: Final = {
    "matrix*": (".", "."),
    "pmatrix*": ("(", ")"),
    "bmatrix*": ("[", "]"),
    "Bmatrix*": (r"\{", r"\}"),
    "vmatrix*": (r"\lvert", r"\rvert"),
    "Vmatrix*": (r"\lVert", r"\rVert"),
}
"""matrices whose columns are aligned by `[r]`, and their brackets"""

MATH: Final = {
    "DOTSB": r"\relax",
    "DOTSI": r"\relax",
    "DOTSX": r"\relax",
    "KaTeX": r"\text{KaTeX}",
    "LaTeX": r"\text{LaTeX}",
    "TeX": r"\text{TeX}",
    "allowbreak": r"\relax",
    "bgroup": r"\begingroup",
    "centerdot": r"\cdot",
    "cr": r"\\",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "dotsx": r"\ldots",
    "egroup": r"\endgroup",
    "enskip": r"\enspace",
    "hspace*": r"\hspace",
    "long": r"\relax",
    "mapsfrom": r"\mathrel{↤}",
    "mathellipsis": r"\ldots",
    "nobreak": r"\relax",
    "nshortmid": r"\nmid",
    "nshortparallel": r"\nparallel",
    "ordinarycolon": ":",
    "sdot": r"\cdot",
    "shortmid": r"\mid",
    "shortparallel": r"\parallel",
    "smallfrown": r"\frown",
    "smallint": r"{\textstyle\int}",
    "smallsetminus": r"\setminus",
    "smallsmile": r"\smile",
    "textcopyright": r"\text{©}",
    "textregistered": r"\text{®}",
    "thickapprox": r"\approx",
    "thicksim": r"\sim",
    "varpropto": r"\propto",
    "varvdots": r"\vdots",
    "xleftequilibrium": r"\xleftrightharpoons",
    "xrightequilibrium": r"\xrightleftharpoons",
    "xrightleftarrows": r"\xtofrom",
}
"""commands among signs, without the backslash"""

TEXT: Final = {
    "KaTeX": "KaTeX",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "mbox": r"\text",
    "hbox": r"\text",
    "textcopyright": "©",
    "textmd": r"\textrm",
    "textnormal": r"\textrm",
    "textregistered": "®",
    "textup": r"\textrm",
}
"""commands among words"""

WORDY: Final = frozenset(
    {"text", "mbox", "hbox", "fbox", "emph", "textbf", "textit", "textmd", "textnormal"}
    | {"textrm", "textsc", "textsf", "texttt", "textup", "raisebox"}
)
"""commands whose last argument is words"""

WORDS_LAST: Final = {
    **dict.fromkeys(["clap", "llap", "reflectbox", "rlap"], 1),
    "colorbox": 2,
    "fcolorbox": 3,
}
"""the same, of those that become groups with words: how many arguments they have"""

DEFINING: Final = frozenset(
    {"newcommand", "renewcommand", "providecommand", "def", "gdef", "let", "global"}
)
"""commands that give the next command a meaning"""

CIRCLED: Final = {
    **{chr(ord("A") + n): chr(0x24B6 + n) for n in range(26)},
    **{chr(ord("a") + n): chr(0x24D0 + n) for n in range(26)},
    **{str(n): chr(0x245F + n) for n in range(1, 21)},
    "0": chr(0x24EA),
}
"""letters and numbers -> the same in circles"""

SIZES: Final = {
    "tiny": 50,
    "sixptsize": 60,
    "scriptsize": 70,
    "footnotesize": 80,
    "small": 90,
    "normalsize": 100,
    "large": 120,
    "Large": 144,
    "LARGE": 173,
    "huge": 207,
    "Huge": 249,
}
"""percent of the usual size, as LaTeX has them for 10 pt"""

_LINK = "A formula holds no links and no HTML: write them around it."
_PROGRAM = r"Formulas are no programs: define a macro with \newcommand or in the configuration."
REFUSED: Final = {
    **dict.fromkeys(["href", "url"], _LINK),
    **dict.fromkeys(["htmlClass", "htmlId", "htmlStyle", "htmlData"], _LINK),
    "includegraphics": "A formula holds no images: put the image beside it.",
    **dict.fromkeys(["edef", "xdef", "expandafter", "futurelet", "noexpand"], _PROGRAM),
    **dict.fromkeys(["show", "message", "errmessage"], _PROGRAM),
    **dict.fromkeys(
        ["overlinesegment", "underlinesegment"],
        r"MathML has no such line; \overline and \underline draw one without ends.",
    ),
    "multicolumn": "MathML has no cell over several columns of a formula.",
    "cline": r"MathML has no line below some columns; \hline draws one below all.",
}
"""what a formula cannot say, and why"""

COLORS: Final = {
    "black": "#000000",
    "blue": "#0000ff",
    "brown": "#a52a2a",
    "cyan": "#00ffff",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "lime": "#00ff00",
    "magenta": "#ff00ff",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "pink": "#ffc0cb",
    "purple": "#800080",
    "red": "#ff0000",
    "teal": "#008080",
    "aqua": "#00ffff",
    "violet": "#ee82ee",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
"""colours of boxes, as CSS names them"""


def ink(ground: str) -> str:
    """Give black, as TeX writes, or white where black could not be read.

    Args:
        ground: a name of `COLORS`, or `#rgb` or `#rrggbb`.
    """
    code = COLORS.get(ground, ground)[1:]
    code = code if len(code) == 6 else "".join(2 * sign for sign in code)
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    # the luminance of WCAG, with 2.2 for its curve; at 0.18 both contrasts are 4.6
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#000" if light > 0.18 else "#fff"


def verbatim(verb: str) -> str:
    r"""Write `\verb|x|` as words of a typewriter."""
    said = verb.removeprefix(r"\verb").removeprefix("*")[1:-1]
    signs = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    signs |= {sign: f"\\{sign}" for sign in "{}#$%&_"}
    return rf"\texttt{{{''.join(signs.get(sign, sign) for sign in said)}}}"
