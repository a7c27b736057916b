r"""Macros for all formulas of a site: `macros: {R: '\mathbb{R}', norm: '\lVert #1 \rVert'}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from texmath.bounds import excess
from texmath.dialect import translate
from texmath.problems import FormulaError
from texmath.shapes import Shape, is_taken
from texmath.tokens import Tokens

MOST: Final = 200
"""macros of a site"""
LONGEST: Final = 1000
"""characters of one macro"""
_NAME: Final = re.compile(r"\\?([a-zA-Z]{1,50})")
_COMMAND: Final = re.compile(r"\\([a-zA-Z]+)")
_ARGUMENT: Final = re.compile(r"#([1-9])")
_KEPT: Final = frozenset({"begin", "end", "left", "right", "middle", "text", "tag", "color"})
"""commands that the rewriting of formulas relies on"""


class MacroError(ValueError):
    """A macro of the configuration that cannot be used; `str()` names it."""


@dataclass(frozen=True, slots=True)
class Macros:
    """The macros of a site in the converter's words; equal ones are interchangeable."""

    bodies: tuple[tuple[str, str], ...] = ()
    """(name without its backslash, what it stands for), by name"""
    shapes: tuple[Shape, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    """(name, what it stands for) as the site says it"""

    def explained(self, tex: str) -> str:
        r"""Write before a formula what it needs of these macros: `\def\R{\mathbb{R}}`."""
        wanted, bodies = dict[str, None](), dict(self.said)
        texts = [tex] if bodies else []
        for text in texts:
            for name in _COMMAND.findall(text):
                if name in bodies and name not in wanted:
                    wanted[name] = None
                    texts.append(bodies[name])
        return "".join(_definition(name, bodies[name]) for name in wanted) + tex

    @property
    def names(self) -> frozenset[str]:
        """What is defined."""
        return frozenset(name for name, _ in self.bodies)

    @classmethod
    def read(cls, said: Mapping[object, object]) -> "Macros":
        """Read macros from a configuration.

        Raises:
            MacroError: for a name that is none, a body that no formula can have, or too many.
        """
        if len(said) > MOST:
            raise MacroError(f"{len(said):,} macros; at most {MOST} can be defined.")
        pairs = [(_name(name), body) for name, body in said.items()]
        names = frozenset(name for name, _ in pairs)
        if len(names) < len(pairs):
            twice = next(name for name in names if [each for each, _ in pairs].count(name) > 1)
            raise MacroError(rf"\{twice} is defined twice.")
        bodies, shapes = [], tuple[Shape, ...]()
        for name, body in sorted(pairs, key=lambda pair: pair[0]):
            translation = _translated(name, body, names, shapes)
            shapes = translation[1]
            bodies.append((name, translation[0]))
        return cls(tuple(bodies), shapes, tuple(sorted((name, str(body)) for name, body in pairs)))


NONE: Final = Macros()


def cut_short(said: Mapping[object, object], configuration: str) -> str:
    """Name a macro whose argument YAML took for a comment; empty where there is none.

    Args:
        said: the macros as they were read.
        configuration: the text that they were read from.
    """
    for name in said:
        key = re.escape(str(name))
        if re.search(rf"(?m)^\s*[\"']?{key}[\"']?:\s+[^\s\"'|>#][^\n\"']*\s#\d", configuration):
            return str(name)
    return ""


def _definition(name: str, body: str) -> str:
    most = max(map(int, _ARGUMENT.findall(body)), default=0)
    arguments = "".join(f"#{number + 1}" for number in range(most))
    return rf"\def\{name}{arguments}{{{body}}}"


def _name(said: object) -> str:
    found = _NAME.fullmatch(str(said))
    if not found:
        shown = str(said)[:50]
        raise MacroError(f'"{shown}" is no name of a macro: it has letters only, such as "norm".')
    if found[1] in _KEPT:
        raise MacroError(rf"\{found[1]} cannot be defined anew.")
    return found[1]


def _translated(
    name: str, body: object, names: frozenset[str], shapes: tuple[Shape, ...]
) -> tuple[str, tuple[Shape, ...]]:
    if not isinstance(body, str):
        message = rf"\{name} stands for text in quotation marks, such as '\mathbb{{R}}'."
        raise MacroError(message)
    if len(body) > LONGEST:
        raise MacroError(rf"\{name} has {len(body):,} characters; at most {LONGEST:,} can be.")
    if beyond := excess(body):
        raise MacroError(rf"\{name}: {beyond[0]}")
    if is_taken(body):
        raise MacroError(rf"\{name}: colours from 5EA000 to 5EAFFF are taken: choose one beside.")
    depth = 0
    for token in Tokens.of(body).all:
        depth += (token.text == "{") - (token.text == "}")
        if depth < 0:
            break
    if depth:
        raise MacroError(rf"\{name} has braces without a partner.")
    try:
        said = translate(body, display=True, known=names, shapes=shapes, is_macro=True)
    except FormulaError as error:
        raise MacroError(rf"\{name}: {error.message}") from error
    return said.tex, said.shapes
