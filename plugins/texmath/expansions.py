r"""How large macros become: the converter is native code, and what they open nests in it.

`\def\a#1{{{#1}}}` opens two groups wherever `\a` stands, and `\def\b#1{\a{\a{#1}}}` four: a few
lines open millions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from texmath import words
from texmath.apart import open_brackets
from texmath.problems import FormulaError
from texmath.tokens import Tokens

MOST: Final = 1000
"""commands, scripts and groups with all macros expanded: a half of what ends the process"""
_OPENING: Final = frozenset({"{", "^", "_"})
_TWICE: Final = re.compile(r"(#[1-9]).*\1", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a text holds with all its macros expanded."""

    size: int
    """Commands, scripts and groups; arguments count once, so this is no less than how they nest."""
    brackets: int
    """Opening brackets; `MOST` where a macro writes an argument twice, and brackets with it."""


def expanded(tex: str, known: Mapping[str, str]) -> Expansion:
    """Count what a formula holds with all macros expanded.

    Args:
        tex: a formula.
        known: macros of the site: name -> body.

    Raises:
        FormulaError: for a macro that stands for itself, or a formula of more than `MOST`.
    """
    tokens = Tokens.of(tex)
    bodies = {name: [body] for name, body in known.items()}
    for at, token in enumerate(tokens.all):
        if token.kind == "command" and token.text[1:] in words.DEFINING:
            name, body = _definition(tokens, at)
            if token.text == r"\let":  # the meaning that the other has now
                bodies[name] = list(bodies.get(body[1:], []))
            else:
                bodies.setdefault(name, []).append(body)
    found = _counted(tex, bodies, {}, ())
    if found.size > MOST:
        raise FormulaError(f"With its macros, the formula has more than {MOST:,} commands.", 0)
    return found


def _counted(
    tex: str,
    bodies: Mapping[str, list[str]],
    known: dict[str, Expansion],
    inside: tuple[str, ...],
) -> Expansion:
    size, brackets, is_twice = 0, open_brackets(tex)[0], _TWICE.search(tex) is not None
    for token in Tokens.of(tex).all:
        name = token.text[1:] if token.kind == "command" else ""
        if name in bodies:
            if name in inside:
                raise FormulaError(rf"The macro \{name} stands for itself.", 0)
            if name not in known:
                parts = [_counted(each, bodies, known, (*inside, name)) for each in bodies[name]]
                known[name] = Expansion(
                    min(sum(part.size for part in parts), MOST + 1),
                    min(sum(part.brackets for part in parts), MOST),
                )
            size += known[name].size
            brackets += known[name].brackets
        size += token.kind == "command" or token.text in _OPENING
    return Expansion(size, MOST if is_twice else brackets)


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
