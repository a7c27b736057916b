r"""Environments with rows and columns, in the words that the converter knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from texmath import words
from texmath.problems import FormulaError
from texmath.rewriting import Edits
from texmath.tokens import Tokens

_NEXT_ROW: Final = frozenset({r"\\", r"\cr", r"\newline"})
_LINES: Final = frozenset({r"\hline", r"\hdashline"})
_TAGGED: Final = {"alignat": "align*", "alignat*": "align*"}
_PLACED: Final = frozenset({"aligned", "alignedat", "array", "darray", "gathered", "split"})
"""environments that may say by `[t]` where they stand"""
_STRETCHED: Final = frozenset({"array", "matrix", "cases", "rcases", "subarray"})
_MOST: Final = 50
"""columns that `*{50}{c}` may ask for"""


@dataclass(slots=True)
class Columns:
    """What an array says of its columns."""

    letters: str = ""
    between: dict[int, str] = field(default_factory=dict)
    """Edge of a column, counted from 0 at the left -> what `@{…}` puts there instead of room."""

    @property
    def edge(self) -> int:
        """The right edge of the last column."""
        return sum(letter in "lcr" for letter in self.letters)


def environment(
    tokens: Tokens,
    at: int,
    edits: Edits,
    *,
    stretch: str,
    tagged: bool,
    rewrite: Callable[[str], str],
) -> int:
    r"""Put a known environment in the place of another, from its `\begin` to its `\end`.

    Args:
        tokens: the formula.
        at: the `\begin`.
        edits: gets the edits.
        stretch: the value of `\arraystretch` that holds here.
        tagged: whether the formula has a `\tag`.
        rewrite: puts what `@{…}` inserts into the converter's words.

    Returns:
        The last token of the arguments of its `\begin`.
    """
    name, end = tokens.all[at].opened, tokens.closing(at)
    if end is None:
        return at
    start, last, shapes, columns = tokens.all[at].start, at, list[tuple[str, ...]](), ""
    if name in _PLACED and (place := _place(tokens, last)):
        last = place
    if name in words.COUNTED and (count := tokens.argument(last)):
        last = count[1]
        shapes += [] if tagged else [("alignedat",)]
    known = words.ENVIRONMENTS.get(name, name)
    if tagged:
        known = _TAGGED.get(name, known)
    if name in ("eqnarray", "eqnarray*"):
        columns = "{rcl}"
    if name in ("darray", "eqnarray", "eqnarray*"):
        shapes.append(("displaystyle",))
    if name in words.COLUMNS and (found := tokens.argument(last)):
        last = found[1]
        said = _columns(Tokens.of(tokens.inside(*found)), tokens.all[found[0]].start)
        columns = f"{{{said.letters}}}"
        if said.between:
            shapes.append(("columns", *map(str, said.between)))
            _insert(
                tokens, (last, end), edits, {n: rewrite(tex) for n, tex in said.between.items()}
            )
    if name == "smallmatrix":
        shapes.append(("smallmatrix",))
    brackets = words.STARRED.get(name)
    if brackets:
        option = tokens.optional(last)
        side = tokens.inside(*option).strip() if option else "c"
        last = option[1] if option else last
        if side not in ("l", "c", "r"):
            raise FormulaError(r"Columns stand left, right or centred: [l], [r] or [c].", start)
        known = "array"
        columns = f"{{{side * max((len(row) for row in cells(tokens, last, end)), default=1)}}}"
    if stretch and known.strip("pbBvVd*") in _STRETCHED:
        shapes.append(("arraystretch", stretch))
    opening = "".join(edits.shape(*shape) for shape in shapes)
    left, right = (rf"\left{brackets[0]}", rf"\right{brackets[1]}") if brackets else ("", "")
    edits.replace(start, tokens.all[last].end, rf"{opening}{left}\begin{{{known}}}{columns}")
    closing = tokens.all[end]
    edits.replace(closing.start, closing.end, rf"\end{{{known}}}{right}" + "}" * len(shapes))
    return last


def cells(tokens: Tokens, before: int, end: int) -> list[list[tuple[int, int]]]:
    """Give the cells of each row: what stands before the first token, and what after the last."""
    rows, depth, start = [list[tuple[int, int]]()], 0, before
    for at in range(before + 1, end):
        depth += tokens.all[at].level
        if not depth and (tokens.text(at) == "&" or tokens.text(at) in _NEXT_ROW):
            rows[-1].append((start, at))
            start = at
            if tokens.text(at) != "&":
                rows.append([])
    rows[-1].append((start, end))
    return rows


def _place(tokens: Tokens, at: int) -> int | None:
    option = tokens.optional(at)
    place = tokens.inside(*option).strip() if option else ""
    if place in ("t", "b"):
        message = "MathML puts a table about the middle of its line: leave the option out."
        raise FormulaError(message, tokens.all[option[0] if option else at].start)
    return option[1] if option and place == "c" else None


def _columns(tokens: Tokens, start: int) -> Columns:
    """Read what says how columns stand: `l`, `c`, `r`, lines, `@{…}` and `*{3}{c}`."""
    columns, at = Columns(), -1
    while (at := tokens.after(at)) < len(tokens.all):
        letter = tokens.text(at)
        if letter in ("l", "c", "r", "|", ":"):
            columns.letters += letter
        elif letter == "@" and (found := tokens.argument(at)):
            columns.between[columns.edge] = tokens.inside(*found)
            at = found[1]
        elif letter == "*" and (times := tokens.argument(at)) and (of := tokens.argument(times[1])):
            number = tokens.inside(*times).strip()
            part = tokens.inside(*of)
            if not number.isdecimal() or int(number) > _MOST or set(part) - set("lcr|:"):
                raise FormulaError(f"At most {_MOST} columns can be given by a star.", start)
            columns.letters += part * int(number)
            at = of[1]
        else:
            known = "l, c, r, |, :, @{…} and *{3}{c}"
            raise FormulaError(f'"{letter}" says nothing of a column here; {known} do.', start)
    if columns.between and "||" in columns.letters:
        raise FormulaError("Columns have double lines or @{…}, not both.", start)
    return columns


def _insert(tokens: Tokens, body: tuple[int, int], edits: Edits, between: dict[int, str]) -> None:
    """Write what stands at the edges of columns into each row."""
    for row in cells(tokens, *body):
        if len(row) == 1 and not _is_written(tokens, *row[0]):
            continue
        for edge, tex in between.items():
            if not tex.strip() or edge > len(row):
                continue
            if edge:
                edits.close(tokens.all[row[edge - 1][1]].start, 0, f"{{{tex}}}")
            else:
                first = _first(tokens, *row[0])
                edits.insert(tokens.all[first].start, f"{{{tex}}}")


def _first(tokens: Tokens, before: int, end: int) -> int:
    at = tokens.after(before)
    while at < end and tokens.text(at) in _LINES:
        at = tokens.after(at)
    return min(at, end)


def _is_written(tokens: Tokens, before: int, end: int) -> bool:
    return _first(tokens, before, end) < end
