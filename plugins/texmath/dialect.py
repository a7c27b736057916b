r"""TeX as pages for LaTeX, KaTeX and MathJax have it, in the words that the converter knows."""

import re
from collections.abc import Callable, Sequence, Set
from itertools import accumulate
from typing import Final

from texmath import words
from texmath.arrays import environment
from texmath.commands import COMMANDS
from texmath.diagrams import diagram
from texmath.place import Place
from texmath.problems import FormulaError
from texmath.rewriting import Edits, Translation
from texmath.shapes import Shape, length
from texmath.tokens import Tokens

_TAGS: Final = frozenset({r"\tag", r"\tag*"})
_NUMBER: Final = re.compile(r"\s*(?:\d\.?\d{0,3}|\.\d{1,3})\s*")


def translate(
    tex: str,
    *,
    display: bool,
    known: Set[str] = frozenset(),
    shapes: Sequence[Shape] = (),
    is_macro: bool = False,
) -> Translation:
    r"""Put the converter's word for each that it does not know.

    Labels go, and the numbers of `equation` and its like with them; `\tag` keeps its place.

    Args:
        tex: a formula, or the body of a macro.
        display: whether it stands on lines of its own.
        known: names that macros define: those stay as they are.
        shapes: those of the macros, whose numbers are taken.
        is_macro: whether it is a part of formulas only.

    Raises:
        FormulaError: for what MathML cannot say.
    """
    writer = _Writer(tex, known, list(shapes))
    writer.macros = writer.macros or is_macro
    return writer.translation(display=display)


class _Writer:
    """One formula, while its words are replaced one after another."""

    def __init__(self, tex: str, known: Set[str], shapes: list[Shape]) -> None:
        self.tex, self.shapes = tex, shapes
        self.tokens = Tokens.of(tex)
        self.edits = Edits(tex, shapes)
        self.depths = tuple(accumulate((each.level for each in self.tokens.all), initial=0))
        defined = self.tokens.following(words.DEFINING) - {"arraystretch"}
        self.known = known | defined
        self.macros = bool(defined)
        """Whether macros stand here, whose meaning is not looked at."""
        self.tagged = any(token.text in _TAGS for token in self.tokens.all)
        self.tables: list[int] = []
        """Tokens that end environments and stacks around this place."""
        self.lines = -1
        """Where a line ends outside of every environment."""
        self.sizes: list[tuple[int, int]] = []
        """(token where it ends, percent)"""
        self.stretch: list[tuple[int, str]] = []
        """(token where it ends, multiple)"""

    def translation(self, *, display: bool) -> Translation:
        """Rewrite all of it."""
        at = 0
        while at < len(self.tokens.all):
            at = self.word(at)
        if self.lines >= 0 and not self.macros:
            if not display:
                message = "A line ends here outside of an environment: take two dollars."
                raise FormulaError(message, self.lines)
            self.around("gathered")
        if self.tagged and r"\begin{" not in self.tex:  # only an environment has room for a tag
            self.around("equation*")
        return self.edits.done()

    def around(self, name: str) -> None:
        """Put an environment around all of it."""
        self.edits.close(0, len(self.tex), rf"\begin{{{name}}}")
        self.edits.close(len(self.tex), 0, rf"\end{{{name}}}")

    def word(self, at: int) -> int:
        """Rewrite what begins with a token; give the token to go on with."""
        token = self.tokens.all[at]
        name = token.text[1:]
        if token.kind == "verb":
            self.edits.replace(token.start, token.end, words.verbatim(token.text))
        if token.kind != "command":
            return at + 1
        if token.opened:
            return self.environment(at)
        if name in words.DEFINING:
            return self.definition(at)
        if name in self.known:
            self.macros = True
        elif name in words.REFUSED:
            raise FormulaError(words.REFUSED[name], token.start)
        elif name in words.WORDY:
            return self.words(at)
        elif name in ("\\", "newline", "cr"):
            self.line(at)
        elif name in words.SIZES:
            self.size(at)
        elif command := COMMANDS.get(name):
            return self.command(command, at)
        elif name in words.MATH:
            self.edits.replace(token.start, token.end, words.MATH[name])
        return at + 1

    def command(self, command: Callable[[Place], None], at: int) -> int:
        """Rewrite a command with arguments."""
        name = self.tokens.text(at)[1:]
        command(Place(self.tokens, at, self.edits))
        if name == "substack" and (found := self.tokens.argument(at)):
            self.tables.append(found[1])
        if name not in words.WORDS_LAST:
            return at + 1
        last = at
        for _ in range(words.WORDS_LAST[name]):
            first, last = self.tokens.argument(last) or (last, last)
        return self.sentence(first, last, r"\text")

    def environment(self, at: int) -> int:
        """Rewrite the ends of an environment; what is in it comes later."""
        end, name = self.tokens.closing(at), self.tokens.all[at].opened
        if name == "CD":
            diagram(self.tokens, at, self.edits, self.rewritten)
            return at + 1 if end is None else end + 1
        stretch = next((value for last, value in reversed(self.stretch) if at < last), "")
        if self.tagged or name != "equation":
            at = environment(
                *(self.tokens, at, self.edits),
                stretch=stretch,
                tagged=self.tagged,
                rewrite=self.rewritten,
            )
        elif end is not None:
            for part in (self.tokens.all[at], self.tokens.all[end]):
                self.edits.replace(part.start, part.end, "")
        self.tables += [] if end is None or name in ("equation", "equation*") else [end]
        return at + 1

    def rewritten(self, tex: str) -> str:
        """Rewrite a part that goes to another place."""
        return _Writer(tex, self.known, self.shapes).translation(display=False).tex

    def definition(self, at: int) -> int:
        r"""Pass over the name that is defined; take `\arraystretch` out."""
        named = self.tokens.after(at)
        braced = self.tokens.text(named) == "{"
        named = self.tokens.after(named) if braced else named
        end = self.tokens.after(named) if braced else named
        if self.tokens.text(at) == r"\let":
            end = self.tokens.after(end)
            return (self.tokens.after(end) if self.tokens.text(end) == "=" else end) + 1
        if self.tokens.text(named) != r"\arraystretch":
            return named if self.tokens.text(at) == r"\global" else end + 1
        value = self.tokens.argument(end)
        said = _NUMBER.fullmatch(self.tokens.inside(*value)) if value else None
        start = self.tokens.all[at].start
        if not value or not said:
            raise FormulaError(r"\arraystretch is a number, such as 1.5.", start)
        self.edits.replace(start, self.tokens.all[value[1]].end, r"\relax ")
        self.stretch.append((self.tokens.scope(value[1])[1], said[0].strip()))
        return value[1] + 1

    def line(self, at: int) -> None:
        """Rewrite the end of a row, with the room below it."""
        token = self.tokens.all[at]
        if not any(at < end for end in self.tables):
            if self.depths[at] > 0 and not self.macros:
                raise FormulaError("A line ends here inside of braces or brackets.", token.start)
            self.lines = token.start if self.lines < 0 else self.lines
        end = at + 1 if self.tokens.text(at + 1) == "*" else at
        option = self.tokens.optional(end) if self.tokens.text(end + 1) == "[" else None
        room = length(self.tokens.inside(*option)) if option else None
        last = option[1] if option and room else end
        before = self.edits.shape("gap", room) + "}" if room else ""
        self.edits.replace(token.start, self.tokens.all[last].end, rf"{before}\\")

    def size(self, at: int) -> None:
        """Rewrite a size, which holds up to the end of its group."""
        token, (_, last) = self.tokens.all[at], self.tokens.scope(at)
        now = next((percent for end, percent in reversed(self.sizes) if at < end), 100)
        wanted = words.SIZES[token.text[1:]]
        self.sizes.append((last, wanted))
        end = self.tokens.all[last].start if last < len(self.tokens.all) else len(self.tex)
        opening = self.edits.shape("size", f"{100 * wanted / now:.4g}%")
        self.edits.replace(token.start, token.end, opening)
        self.edits.close(end, token.start)

    def words(self, at: int) -> int:
        r"""Rewrite a command with words, such as `\text`, and the formulas in them."""
        token = self.tokens.all[at]
        name = token.text[1:]
        length_ = self.tokens.argument(at) if name == "raisebox" else None
        found = self.tokens.argument(length_[1] if length_ else at)
        if not found or found[0] == found[1]:
            self.edits.replace(token.start, token.end, words.TEXT.get(name, token.text))
            return at + 1
        first, last = found
        command = words.TEXT.get(name, token.text)
        if not self.tokens.formulas(first, last):
            self.edits.replace(token.start, token.end, command)
            return self.sentence(first, last, command)
        if name == "raisebox":
            raise FormulaError(r"No formula can stand in the words of \raisebox.", token.start)
        before = r"\boxed{" if name == "fbox" else "{"
        command = r"\text" if name == "fbox" else command
        self.edits.replace(token.start, token.end, before + command)
        self.edits.close(self.tokens.all[last].end, token.start)
        return self.sentence(first, last, command)

    def sentence(self, first: int, last: int, command: str) -> int:
        """Rewrite words between braces; a formula in them stands between two groups of words."""
        formulas = self.tokens.formulas(first, last)
        ends = {end: start for start, end in formulas}
        starts = dict(formulas)
        at = first + 1
        while at < last:
            token = self.tokens.all[at]
            if at in starts:
                self.edits.replace(token.start, token.end, "}{")
                at += 1
                while at not in ends:
                    at = self.word(at)
                token = self.tokens.all[at]
                self.edits.replace(token.start, token.end, rf"}}{command}{{")
            elif token.text == "_":
                self.edits.replace(token.start, token.end, r"\_")
            elif token.kind == "command" and token.text[1:] in words.TEXT:
                self.edits.replace(token.start, token.end, words.TEXT[token.text[1:]])
            elif token.kind == "command" and token.text[1:] in words.REFUSED:
                raise FormulaError(words.REFUSED[token.text[1:]], token.start)
            elif token.text == r"\textcircled":
                COMMANDS["textcircled"](Place(self.tokens, at, self.edits))
            at += 1
        return last + 1
