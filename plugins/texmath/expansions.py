r"""How large macros become: the converter is native code, and what they open nests in it.

`\def\a#1{{{#1}}}` opens two groups wherever `\a` stands, and `\def\b#1{\a{\a{#1}}}` four: a few
lines open millions.
"""

from collections.abc import Mapping
from typing import Final

from texmath import words
from texmath.problems import FormulaError
from texmath.tokens import Tokens

MOST: Final = 1500
"""commands, scripts and groups of a formula with all macros expanded"""
_OPENING: Final = frozenset({"{", "^", "_"})


def expanded(tex: str, known: Mapping[str, str]) -> int:
    """Count the commands, scripts and groups of a formula with all macros expanded.

    Arguments count once, so this is no less than how deep they nest.

    Args:
        tex: a formula.
        known: macros of the site: name -> body.

    Raises:
        FormulaError: for a macro that stands for itself, or a formula of more than `MOST`.
    """
    tokens = Tokens.of(tex)
    bodies = {name: [body] for name, body in known.items()}
    sizes: dict[str, int] = {}
    for at, token in enumerate(tokens.all):
        if token.kind == "command" and token.text[1:] in words.DEFINING:
            name, body = _definition(tokens, at)
            if token.text == r"\let":  # the meaning that the other has now
                bodies[name] = list(bodies.get(body[1:], []))
            else:
                bodies.setdefault(name, []).append(body)
    size = _size(tex, bodies, sizes, ())
    if size > MOST:
        raise FormulaError(f"With its macros, the formula has more than {MOST:,} commands.", 0)
    return size


def _size(
    tex: str, bodies: Mapping[str, list[str]], sizes: dict[str, int], inside: tuple[str, ...]
) -> int:
    size = 0
    for token in Tokens.of(tex).all:
        name = token.text[1:] if token.kind == "command" else ""
        if name in bodies and name in inside:
            raise FormulaError(rf"The macro \{name} stands for itself.", 0)
        if name in bodies and name not in sizes:
            parts = (_size(body, bodies, sizes, (*inside, name)) for body in bodies[name])
            sizes[name] = min(sum(parts), MOST + 1)
        size += sizes.get(name, 0) + (token.kind == "command" or token.text in _OPENING)
    return size


def _definition(tokens: Tokens, at: int) -> tuple[str, str]:
    r"""Give the name that a command defines, and its body; for `\let` the other command."""
    named = tokens.after(at)
    braced = tokens.text(named) == "{"
    named = tokens.after(named) if braced else named
    name, at = tokens.text(named)[1:], tokens.after(named) if braced else named
    if tokens.text(tokens.after(at)) == "=":
        at = tokens.after(at)
    following = tokens.after(at)
    if tokens.text(following).startswith("\\"):
        return name, tokens.text(following)
    while following < len(tokens.all) and tokens.text(following) != "{":
        following = tokens.after(following)
    end = tokens.closing(following) if following < len(tokens.all) else None
    return name, "" if end is None else tokens.inside(following, end)
