r"""How long and how deep a formula may be: the converter is native code, and recurses.

With a stack of 8 MiB, `\frac{\frac{…` ends the process at a depth of 2,000 to 3,000 and `{{{…` at
about 5,000; with one of 256 KiB, at 60 to 200.
"""

import re
from typing import Final

MAX_LENGTH: Final = 10_000
"""characters of one formula"""
MAX_DEPTH: Final = 200
"""Braces and environments that are open, with the commands, accents and scripts in them.

A command counts until its group or its cell of a table ends, as its argument may need no braces:
`\\sqrt\\sqrt\\sqrt x`; a sign, and a script of a letter or a digit, does not.
"""
MAX_GROUPS: Final = 40
"""braces and environments that are open"""

_FLAT: Final = frozenset(
    [
        *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta"),
        *("iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon"),
        *("phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi"),
        *("Sigma", "Phi", "Psi", "Omega", "cdot", "times", "pm", "mp", "div", "le", "leq", "ge"),
        *("geq", "ne", "neq", "approx", "equiv", "in", "to", "infty", "partial", "nabla", "ldots"),
        *("cdots", "dots", "vdots", "ddots", "quad", "qquad", "sum", "prod", "int", "sin", "cos"),
        *("tan", "exp", "log", "ln", "max", "min", ",", ";", ":", "!", " ", "|", "star", "ast"),
    ]
)
"""Commands that take no argument: beside each other they are not in each other."""

_TOKEN: Final = re.compile(
    r"\\(?P<side>begin|end)(?![a-zA-Z])|\\\\|\\(?:[a-zA-Z]+|.)|[{}&%\n]|[\^_](?=\s*\\)", re.DOTALL
)


def excess(tex: str) -> tuple[str, int] | None:
    """Say what a formula has too much of, and where; None where all is well.

    Takes a time that grows with the length, and no recursion.
    """
    if len(tex) > MAX_LENGTH:
        said = f"The formula has {len(tex):,} characters; at most {MAX_LENGTH:,} can be converted."
        return said, 0
    groups, total, comment = [0], 0, False
    for found in _TOKEN.finditer(tex):
        sign, side = found[0], found["side"]
        if sign == "\n":
            comment = False
        elif sign == "%":
            comment = True
        elif sign == "{" or side == "begin":
            groups.append(0)
            total += 1
        elif sign == "}" or side == "end":
            # what a comment closes stays open, and what it opens is counted: it may be no comment
            if len(groups) > 1 and not comment:
                total -= 1 + groups.pop()
        elif sign in ("&", r"\\"):
            if len(groups) > 1 and not comment:
                total -= groups[-1]
                groups[-1] = 0
        elif sign[1:] not in _FLAT:
            groups[-1] += 1
            total += 1
        if total > MAX_DEPTH or len(groups) > MAX_GROUPS:
            return "The formula is nested too deeply: take a part of it out.", found.start()
    return None
